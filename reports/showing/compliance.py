"""The one page that says whether the school does what it has to: met, late, missing (REP-14)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from common.dates import uk_date
from common.duties import Figure, RecurringDuty
from common.pages import page_url
from common.requests import SchoolRequest
from reminders.models import DutyOccurrence
from reminders.queries import last_done, latest_of_each
from reminders.recurring import asked_periods, duties_by_app, recurring_duties
from reminders.school_settings import HOW_OFTEN
from reminders.showing import Shown, shown
from reports.queries.dashboards import oversight_figures, vacancy_figures
from roles.queries import role_labels

AREAS = {"people": "Accounts and machines", "roles": "Roles", "reports": "Reports and meetings"}
BEHIND = ("missed", "not_met", "partly")


@dataclass(frozen=True)
class Line:
    """One recurring duty as the school asks for it: whose, how often, how it stands."""

    duty: RecurringDuty
    whose: str
    how_often: str
    now: Shown | None
    done: str
    url: str

    @property
    def standing(self) -> tuple[str, str, str]:
        """Return how it stands: words, kind of tag, icon."""
        return self.now.standing if self.now else ("Nothing to do so far", "secondary", "clock")

    @property
    def is_behind(self) -> bool:
        """Return whether somebody has to look at it: late, missed, or not wholly met."""
        return bool(self.now and (self.now.overdue or self.now.row.state in BEHIND))


def compliance_of(request: SchoolRequest) -> dict[str, Any]:
    """Return the figures and the duties by area; what is behind stands in a table of its own.

    As many queries for many periods as for one.
    """
    now, school = timezone.now(), request.school
    lines = _lines(request)
    groups = [
        (AREAS.get(label, label.capitalize()), found)
        for label, codes in duties_by_app().items()
        if (found := [line for line in lines if line.duty.code in codes])
    ]
    behind = [line for line in lines if line.is_behind]
    met = sum(bool(line.now and line.now.row.state == "met") for line in lines)
    url = page_url(school, "duty_list")
    figures = [
        Figure(met, "duties met in their latest period", f"{url}?show=all", f"of {len(lines)}"),
        Figure(len(behind), "duties late, missed or not wholly met", "#behind"),
        *vacancy_figures(request, at=now),
        *oversight_figures(request, at=now),
    ]
    return {"figures": figures, "groups": groups, "behind": behind, "off": _off(request)}


def _lines(request: SchoolRequest) -> list[Line]:
    """Return the duties that the school asks for, in the order of the apps."""
    school, today = request.school, timezone.localdate()
    rows = {row.duty: row for row in latest_of_each(school)}
    duties, done, words = recurring_duties(), last_done(school), dict(HOW_OFTEN)
    labels = role_labels(school, {role for duty in duties.values() for role in duty.roles})
    return [
        Line(
            duty=duties[code],
            whose=", ".join(labels[role] for role in duties[code].roles if role in labels),
            how_often=words[kind],
            now=_now(request, rows.get(code), today),
            done=uk_date(done[code]) if code in done else "",
            url=page_url(school, "duty_detail", rows[code].pk) if code in rows else "",
        )
        for code, kind in asked_periods(school).items()
    ]


def _now(request: SchoolRequest, row: DutyOccurrence | None, today: date) -> Shown | None:
    return shown(row, request.person, request.role_codes, today) if row else None


def _off(request: SchoolRequest) -> list[str]:
    """Return the duties that the school has switched off, so that nobody takes them for met."""
    asked = asked_periods(request.school)
    return [duty.label for code, duty in recurring_duties().items() if code not in asked]

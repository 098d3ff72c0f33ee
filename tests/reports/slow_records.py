"""Every record about incidents, read whole, for counting slowly in plain Python."""

from datetime import date, datetime
from typing import Any

from incidents.models import (
    Decision,
    DecisionAnswer,
    Event,
    Feedback,
    Incident,
    Involvement,
    ParentContact,
    Referral,
    Sanction,
)
from people.calendar import LONDON, SchoolCalendar
from people.models import PupilEnrolment, School
from policies.models import LadderInForce, SanctionCategory, SanctionType

Figures = dict[tuple[str, str, str], tuple[float | None, int | None]]


def local(moment: datetime) -> date:
    """Return the day of a moment by the school's clock."""
    return moment.astimezone(LONDON).date()


class SlowRecords:
    """Everything about a school's incidents, read once; what is counted is put into figures."""

    start: date
    end: date
    all: list[Incident]
    shown: list[Incident]
    figures: Figures

    def __init__(self, school: School) -> None:
        self.school = school
        self.incidents = list(Incident.objects.all())
        self.people = list(Involvement.objects.select_related("person"))
        self.places = list(PupilEnrolment.objects.all())
        self.events = sorted(Event.objects.all(), key=lambda one: (one.at, one.pk))
        self.decisions = sorted(Decision.objects.all(), key=lambda one: one.pk)
        self.answers = {one.decision_id: one for one in DecisionAnswer.objects.all()}
        self.feedback = sorted(Feedback.objects.all(), key=lambda one: one.pk)
        self.sanctions = list(Sanction.objects.all())
        self.kinds = {one.pk: one for one in SanctionType.objects.all()}
        self.referrals = list(Referral.objects.select_related("agency"))
        self.contacts = list(ParentContact.objects.all())
        self.categories = {
            one.pk: one for one in SanctionCategory.objects.select_related("version")
        }
        self.ladders = sorted(LadderInForce.objects.all(), key=lambda one: (one.from_date, one.pk))
        self.calendar = SchoolCalendar(school)

    def _put(self, section: str, table: str, counts: dict[str, Any], *, whole: str = "") -> None:
        if whole == "incidents":
            counts = counts | {
                "restricted": len(self.all) - len(self.shown),
                "total": len(self.all),
            }
        elif whole:
            counts = counts | {"total": sum(counts.values())}
        for key, value in counts.items():
            figure = value if isinstance(value, tuple) else (value, None)
            self.figures[section, table, key] = figure

    def _accused(self, incident: Incident) -> set[int]:
        return {
            row.person_id
            for row in self.people
            if row.incident_id == incident.pk
            and row.part == "alleged"
            and row.person
            and row.person.kind == "pupil"
        }

"""Walk reports to governors into every state by the real actions, with figures of a made-up app."""

from datetime import date, datetime
from typing import Any

import pytest

from common.sections import Period, Row, Section, Table
from people.calendar import LONDON
from reports.actions import reports as deeds
from reports.models import GovernorReport
from reports.queries import reports as reads
from tests.cast import Cast

AUTUMN = Period(date(2026, 9, 2), date(2026, 12, 18), "Autumn 2026/27")
AT = datetime(2026, 12, 17, 10, 30, tzinfo=LONDON)
WAYS = {"draft": 0, "submitted": 2, "issued": 3}
LIST = "/oak-hill/incidents/?area=this"


def sections(*, contact: int = 3, late: int = 7, before: int = 12) -> dict[date, list[Section]]:
    """Return what a made-up app tells of this term, and of the days before it."""
    rows = (
        Row("conduct", "Conduct", 30, url=LIST, power="view_all_incidents"),
        Row("contact", "Contact", contact, url=LIST, power="view_all_incidents"),
        Row("content", "Content", 12),
        Row("total", "All", 42 + contact),
    )
    this = Section(
        "incidents",
        "Incidents",
        10,
        "What happened.",
        (
            Table("area", "Most is conduct.", "Area", rows, adds_up=True, chart=True),
            Table(
                "pace",
                "How long it took.",
                "What",
                (Row("open", "Until opened", 7.25, base=40),),
                unit="hours",
            ),
            Table("late", "Reported late.", "What", (Row("late", "Late", late),)),
        ),
    )
    past = Table("area", "", "Area", (Row("conduct", "Conduct", before),), adds_up=True)
    return {
        AUTUMN.start: [this, Section("filtering", "Filtering", 20)],
        date.min: [Section("incidents", "Incidents", 10, "", (past,))],
    }


def tell(monkeypatch: pytest.MonkeyPatch, **figures: int) -> None:
    """Let the apps tell made-up figures from now on."""
    told = sections(**figures)
    monkeypatch.setattr(
        reads, "gather", lambda _school, period: told.get(period.start, told[date.min])
    )


def now(report: GovernorReport) -> GovernorReport:
    """Return a report as it stands in the database."""
    return GovernorReport.objects.select_related("school", "submitted_by").get(pk=report.pk)


def start(cast: Cast, *, period: Period = AUTUMN, by: str = "dora", **given: Any) -> GovernorReport:
    values = {"at": AT, **given}
    return deeds.start_report(school=cast.school, period=period, **values, by=getattr(cast, by))


def act(deed: str, cast: Cast, report: GovernorReport, *, by: str, **values: Any) -> Any:
    """Do a deed on a report as it stands now."""
    given = {"version": now(report).version, "at": AT, **values}
    return getattr(deeds, deed)(report=now(report), **given, by=getattr(cast, by))


def walk(cast: Cast, report: GovernorReport, state: str) -> GovernorReport:
    """Bring a report that is being written into a state."""
    steps: list[tuple[str, str, dict[str, Any]]] = [
        ("comment_report", "dora", {"lead_words": "A calm term."}),
        ("submit_report", "dora", {}),
        ("issue_report", "hana", {"head_words": "Thank you."}),
    ]
    for deed, by, values in steps[: WAYS[state]]:
        act(deed, cast, report, by=by, **values)
    return now(report)


def walk_on(cast: Cast, report: GovernorReport) -> GovernorReport:
    """Let the headteacher issue a report that was submitted."""
    act("issue_report", cast, report, by="hana", head_words="Thank you.")
    return now(report)


def make(cast: Cast, state: str, *, period: Period = AUTUMN) -> GovernorReport:
    """Return a report that was walked into a state."""
    return walk(cast, start(cast, period=period), state)


def revise(cast: Cast, report: GovernorReport, state: str = "draft") -> GovernorReport:
    """Return a new edition of an issued report."""
    new = deeds.revise_report(report=now(report), reason="One more came.", by=cast.dora, at=AT)
    return walk(cast, new, state)

"""Walk weekly reports, checks and reviews by the real actions."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from filtering.actions import checking, monitoring, reviewing, signing_reviews
from filtering.models import (
    CheckPoint,
    FilterCheck,
    MonitoringFinding,
    MonitoringReport,
    Review,
    ReviewAction,
)
from filtering.vocabulary import Capacity, CheckTest, Trigger
from people.calendar import LONDON
from roles.queries import standing_of
from tests.cast import NOW, Cast
from tests.filtering.walk_changes import profile

LAST_WEEK = date(2026, 9, 7)  # its Monday; the cast's day is the Tuesday after
SIGNERS = {
    Capacity.LEADER: "hana",
    Capacity.SAFEGUARDING: "dora",
    Capacity.IT: "tina",
    Capacity.GOVERNOR: "olga",
}
TEXTS = {
    "pupils": "Four to eleven; 12 with special needs; 30 learn English.",
    "devices": "60 tablets, 30 laptops.",
    "ai_use": "None by pupils.",
    "limits": "Apps with their own browser are not seen.",
    "provision": "As in the register.",
    "findings": "The guest network was not filtered.",
}


def request_of(cast: Cast, name: str) -> Any:
    """Return a request as the middleware prepares it for a member of the cast."""
    person = getattr(cast, name)
    standing = standing_of(person, on=NOW.date())
    return SimpleNamespace(
        school=cast.school,
        person=person,
        powers=standing.powers,
        role_codes=standing.codes,
        may=standing.powers.__contains__,
    )


def at(day: date, hour: int = 10) -> datetime:
    """Return a moment of a day by the school's clock."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)


def report(cast: Cast) -> MonitoringReport:
    """Return the report of last week, opened by the sweep."""
    profile(cast)
    monitoring.open_monitoring_reports(school=cast.school, at=NOW)
    return MonitoringReport.objects.get(school=cast.school, week_start=LAST_WEEK)


def deed(act: Callable, record: Any, /, *, by: Any, at: datetime = NOW, **values: Any) -> Any:
    """Do a deed on a report or review as it stands now; return what the action returns."""
    now = type(record).objects.get(pk=record.pk)
    name = "report" if isinstance(record, MonitoringReport) else "review"
    return act(**{name: now}, version=now.version, by=by, at=at, **values)


def noted(cast: Cast) -> MonitoringReport:
    """Return a report IT has looked through."""
    text = "Two tries to reach a proxy."
    return deed(monitoring.note_monitoring, report(cast), text=text, by=cast.tina)


def signed(cast: Cast) -> MonitoringReport:
    """Return a report that is signed off."""
    words = {"breaches": "", "actions": "", "without_look": False}
    return deed(monitoring.sign_monitoring, noted(cast), **words, by=cast.dora)


def finding(cast: Cast, text: str = "A proxy was used.", *, breach: bool = True) -> Any:
    """Return a finding of last week's report."""
    found: MonitoringFinding = deed(
        monitoring.add_finding, report(cast), text=text, breach=breach, by=cast.tina
    )
    return found


def points(cast: Cast, *kinds: str, **chosen: Any) -> list[CheckPoint]:
    """Return places where filtering is checked: tablets on the pupils' network."""
    wanted = {
        "device_kinds": list(kinds) or ["Tablet"],
        "sites": ["Main school"],
        "networks": ["Pupil Wi-Fi"],
        "profiles": [profile(cast)],
    }
    return checking.add_check_points(
        school=cast.school, **wanted | chosen, by=cast.tina, at=NOW - timedelta(days=5)
    )


def point(cast: Cast) -> CheckPoint:
    """Return one place, added when first asked for."""
    return CheckPoint.objects.filter(school=cast.school).first() or points(cast)[0]


def results(**outcomes: str) -> dict[CheckTest, checking.Tried]:
    """Return what the three tests gave: blocked, unless said otherwise."""
    return {test: checking.Tried(outcomes.get(test.value, "blocked")) for test in CheckTest}


def check(cast: Cast, where: CheckPoint | None = None, **changed: Any) -> FilterCheck:
    """Record a check of Dora's and Tina's."""
    told: dict[str, Any] = {
        "point": where or point(cast),
        "submission": uuid4(),
        "checked_date": NOW.date(),
        "safeguarding_by": cast.dora,
        "it_by": cast.tina,
        "device": "Tablet 7",
        "results": results(),
        "by": cast.tina,
        "at": NOW,
    }
    return checking.record_check(**told | changed)


def review(cast: Cast, words: str = "A new filter came in.", **changed: Any) -> Review:
    """Open a review of something that happened."""
    told: dict[str, Any] = {"trigger": Trigger.UPDATE, "trigger_words": words, "at": NOW}
    return reviewing.open_review(school=cast.school, **told | changed, by=cast.dora)


def written(cast: Cast, **changed: Any) -> Review:
    """Return a review with its text and one of each capacity."""
    made = review(cast, **changed)
    deed(reviewing.write_review, made, **TEXTS, by=cast.dora)
    for capacity, name in SIGNERS.items():
        person = getattr(cast, name)
        deed(reviewing.add_participant, made, person=person, capacity=capacity, by=cast.dora)
    return now(made)


def todo(cast: Cast, made: Review) -> ReviewAction:
    """Return an action of a review, for Tina to do by the end of the month."""
    wanted = {"words": "Filter the guest network.", "due_date": date(2026, 9, 30)}
    added: ReviewAction = deed(
        reviewing.add_review_action, made, **wanted, owner=cast.tina, by=cast.dora
    )
    return added


def offered(cast: Cast, **changed: Any) -> Review:
    """Return a review that waits for its signatures."""
    offered: Review = deed(signing_reviews.offer_review, written(cast, **changed), by=cast.dora)
    return offered


def sign(cast: Cast, made: Review, name: str) -> Any:
    """Sign a review as somebody of the cast."""
    seen = now(made).text_hash
    return deed(signing_reviews.sign_review, made, seen_hash=seen, by=getattr(cast, name))


def now(made: Review) -> Review:
    """Return a review as it stands in the database."""
    return Review.objects.get(pk=made.pk)

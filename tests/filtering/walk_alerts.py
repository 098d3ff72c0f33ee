"""Ways through monitoring alerts by the real actions, so that a test starts where it wants to."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from filtering.actions.alerts import open_alert, receive_alert, triage_alert
from filtering.intake.writing import Reported
from filtering.models import Alert
from people.models import Person
from roles.actions import assign_role
from roles.models import Role
from tests.cast import NOW, START, Cast, make_person

LATER = timedelta(minutes=1)
URGENT, HIGH, ROUTINE = 1, 2, 3


def received(
    cast: Cast,
    name: str = "",
    *,
    severity: int = URGENT,
    by: str = "dora",
    at: datetime = NOW,
    **more: Any,
) -> Alert:
    """Return an alert somebody wrote down, about a member of the cast or nobody known."""
    told: dict[str, Any] = {
        "happened_at": at - timedelta(minutes=5),
        "severity": severity,
        "rule": "Bullying",
        "term": "nobody likes you",
        "device": "PC-07",
    }
    return now(
        receive_alert(
            school=cast.school,
            submission=uuid4(),
            reported=Reported(**told | more),
            person=getattr(cast, name) if name else None,
            by=getattr(cast, by),
            at=at,
        )
    )


def now(alert: Alert) -> Alert:
    """Return the alert as it stands in the database."""
    return Alert.objects.select_related("school", "owner", "person").get(pk=alert.pk)


def act(deed: Callable, alert: Alert, /, *, by: Person, at: datetime = NOW, **more: Any) -> Alert:
    """Do a deed on the alert as it stands, at its present version; return it afterwards."""
    standing = now(alert)
    deed(alert=standing, version=standing.version, by=by, at=at, **more)
    return now(alert)


def opened(cast: Cast, name: str = "", *, opener: str = "dora", **more: Any) -> Alert:
    """Return an alert that somebody opened."""
    return act(open_alert, received(cast, name, **more), by=getattr(cast, opener))


def judged(
    cast: Cast, verdict: str = "false", *, judge: str = "dora", at: datetime = NOW, **more: Any
) -> Alert:
    """Return an alert that somebody opened and judged."""
    alert = opened(cast, opener=judge, at=at, **more)
    reason = "A lesson about it."
    return act(triage_alert, alert, verdict=verdict, reason=reason, by=getattr(cast, judge), at=at)


def give(cast: Cast, name: str, code: str) -> None:
    """Let a member of the cast hold one more role."""
    role = Role.objects.get(school=cast.school, code=code)
    assign_role(role=role, person=getattr(cast, name), start_date=START, by="tests", at=NOW)


def deputy(cast: Cast) -> Person:
    """Return Dev, a deputy headteacher who joins the cast."""
    cast.people.dev = make_person(cast.school, "Dev", "Deputy", "staff", "deputy", "staff")
    return cast.people.dev


def history(alert: Alert) -> list[tuple[str, str]]:
    """Return what stands in the history of an alert: kind and words."""
    return list(alert.events.values_list("kind", "text"))

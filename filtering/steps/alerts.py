"""How every deed on an alert begins and ends: locked, checked, written down."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from audit.actions import record
from common.errors import StepRefused
from filtering.conditions.alerts import check_alert_version, check_not_about
from filtering.models import Alert, AlertEvent
from filtering.queries.alerts import sees_alert
from filtering.vocabulary import AlertEventKind
from filtering.workflow import ALERT
from people.models import Person
from roles.queries import powers_of


def begin(step: str, *, alert: Alert, version: int, by: Person, at: datetime) -> Alert:
    """Lock the alert and refuse the step unless state, version, power and conflict allow it.

    Returns the alert as it stands in the database now.
    """
    rows = Alert.objects.select_for_update(of=("self",)).select_related("school", "owner")
    locked = rows.get(pk=alert.pk)
    check_alert_version(locked, version)
    ALERT.check(step, locked.state)
    check_not_about(locked, by)
    powers = powers_of(by, on=localdate(at))
    if ALERT.step(step).needs not in powers or not sees_alert(locked, by, powers):
        raise StepRefused("Your role at this school does not allow this step.")
    return locked


def finish(
    step: str,
    alert: Alert,
    *,
    kind: AlertEventKind,
    text: str = "",
    fields: tuple[str, ...] = (),
    facts: dict[str, Any] | None = None,
    by: Person,
    at: datetime,
) -> None:
    """Move the alert to the step's target, save the named fields, write history and trail.

    A step without a target leaves the state as the action has put it.
    """
    alert.state = ALERT.step(step).target or alert.state
    alert.version += 1
    alert.save(update_fields=["state", "version", *fields])
    verdict = alert.verdict if kind == AlertEventKind.TRIAGED else ""
    add_event(alert, kind, text=text, verdict=verdict, by=by, at=at)
    record(step, alert, by=by, at=at, facts={"state": alert.state, **(facts or {})})


def add_event(
    alert: Alert,
    kind: AlertEventKind,
    *,
    text: str = "",
    verdict: str = "",
    by: Person | None,
    at: datetime,
) -> None:
    """Append one line to the history of an alert."""
    AlertEvent.objects.create(
        school_id=alert.school_id,
        alert=alert,
        kind=kind,
        verdict=verdict,
        text=text[:1_000],
        by=by,
        at=at,
    )

"""Judge several alerts false alarms at once (FIL-15)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from audit.actions import record
from common.errors import Refusal, StaleRecord, StepRefused
from filtering.conditions.alerts import check_alert_version, check_not_about_any, needed
from filtering.models import Alert, AlertEvent
from filtering.queries.alerts import sees_alert
from filtering.vocabulary import AlertEventKind, Severity, Verdict
from filtering.workflow import ALERT, ALERT_OPEN
from people.models import Person, School
from roles.queries import powers_of

MOST_AT_ONCE = 200
WRITTEN = (
    *("state", "version", "owner", "opened_by", "opened_at"),
    *("verdict", "triaged_by", "triaged_at"),
)


@transaction.atomic
def dismiss_alerts(
    *, school: School, versions: Mapping[int, int], reason: str, by: Person, at: datetime
) -> int:
    """Judge several alerts false alarms with one reason for all; returns how many (FIL-15).

    All or nothing; each has it in its own history, and an unopened one that it was opened. Refuses
    none or over 200, urgent ones, one that somebody changed meanwhile, those that have ended, one
    that may not be seen or is about oneself, and a missing reason.
    """
    reason = needed(reason, "Give the reason, so that somebody else can follow it.")
    if not 0 < len(versions) <= MOST_AT_ONCE:
        raise Refusal(f"Choose between 1 and {MOST_AT_ONCE} alerts.")
    rows = Alert.objects.select_for_update(of=("self",)).order_by("pk")
    alerts = list(rows.filter(school=school, pk__in=versions))
    if len(alerts) < len(versions):
        raise Refusal("One of these alerts is not there. Go back and choose again.")
    powers = powers_of(by, on=localdate(at))
    for alert in alerts:
        _check(alert, versions[alert.pk], by, powers)
    check_not_about_any(alerts, by)
    events = []
    for alert in alerts:
        if alert.state == "received":
            alert.owner, alert.opened_by, alert.opened_at = by, by, at
            events.append(_event(alert, AlertEventKind.OPENED, "", by, at))
        events.append(_event(alert, AlertEventKind.TRIAGED, reason, by, at))
        alert.state, alert.version = "false_alarm", alert.version + 1
        alert.verdict, alert.triaged_by, alert.triaged_at = Verdict.FALSE, by, at
    Alert.objects.bulk_update(alerts, WRITTEN)
    AlertEvent.objects.bulk_create(events)
    for alert in alerts:
        facts = {"state": alert.state, "verdict": alert.verdict, "together": len(alerts)}
        record("triage_alert", alert, by=by, at=at, facts=facts)
    return len(alerts)


def _check(alert: Alert, version: int, by: Person, powers: Collection[str]) -> None:
    if alert.severity == Severity.URGENT:
        raise Refusal(f"{alert} is urgent. Urgent alerts are looked at one by one.")
    if alert.state not in ALERT_OPEN:
        raise StaleRecord(f"{alert} was dealt with meanwhile. Go back and choose again.")
    check_alert_version(alert, version)
    needs = ALERT.step("triage_alert").needs
    if needs not in powers or not sees_alert(alert, by, powers):
        raise StepRefused("Your role at this school does not allow this step.")


def _event(alert: Alert, kind: AlertEventKind, text: str, by: Person, at: datetime) -> AlertEvent:
    return AlertEvent(
        school_id=alert.school_id,
        alert=alert,
        kind=kind,
        verdict=Verdict.FALSE if kind == AlertEventKind.TRIAGED else "",
        text=text[:1_000],
        by=by,
        at=at,
    )

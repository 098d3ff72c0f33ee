"""Have false alarms looked at a second time, some each term, by somebody else (FIL-15)."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from audit.actions import record
from common.errors import Conflicted, Refusal
from filtering.conditions.alerts import check_not_about, needed
from filtering.intake.writing import tell_owners
from filtering.models import Alert, AlertSample
from filtering.queries.alert_samples import period_of_sample, to_draw_from
from filtering.queries.alerts import sees_alert
from filtering.steps.alerts import add_event
from filtering.vocabulary import AlertEventKind, Verdict
from filtering.workflow import ALERT
from people.models import Person, School
from roles.queries import powers_of


@transaction.atomic
def draw_sample(*, school: School, by: Person, at: datetime) -> int:
    """Draw by lot some of this term's false alarms that this person may see; returns how many.

    Once a term. Refuses a second time, and a term without false alarms.
    """
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    period, name = period_of_sample(school, localdate(at))
    if AlertSample.objects.filter(school=school, term=name).exists():
        raise Refusal("This term’s sample is drawn already.")
    powers = powers_of(by, on=localdate(at))
    rows = to_draw_from(by, powers, period).order_by("?")
    drawn = [
        AlertSample(school=school, alert=alert, term=name, drawn_by=by, drawn_at=at)
        for alert in rows[: school.setting("alert_sample")]
    ]
    if not drawn:
        raise Refusal("There is no false alarm of this term to draw.")
    AlertSample.objects.bulk_create(drawn)
    facts = {"term": name, "count": len(drawn)}
    record("draw_sample", school, by=by, at=at, facts=facts, school_id=school.pk)
    return len(drawn)


@transaction.atomic
def check_sample(
    *, sample: AlertSample, agrees: bool, note: str = "", by: Person, at: datetime
) -> None:
    """Say whether a false alarm was one; if not, the alert is open again, with its owner.

    Refuses whoever judged it, one that is checked already, one that may not be seen, and a “no”
    without a reason.
    """
    rows = AlertSample.objects.select_for_update(of=("self",))
    sample = rows.get(pk=sample.pk)
    alerts = Alert.objects.select_for_update(of=("self",)).select_related("school", "owner")
    alert = alerts.get(pk=sample.alert_id)
    if sample.checked_at:
        raise Refusal("This one was checked already.")
    if alert.triaged_by_id == by.pk:
        raise Conflicted("You judged this alert yourself. Somebody else has to check it.")
    check_not_about(alert, by)
    if not sees_alert(alert, by, powers_of(by, on=localdate(at))):
        raise Refusal("Your role at this school does not allow this step.")
    if not agrees:
        note = needed(note, "Say why it was not a false alarm.")
    sample.agrees, sample.note = agrees, note.strip()
    sample.checked_by, sample.checked_at = by, at
    sample.save(update_fields=["agrees", "note", "checked_by", "checked_at"])
    found = "It was a false alarm." if agrees else f"It was not a false alarm. {sample.note}"
    add_event(alert, AlertEventKind.SAMPLED, text=found, by=by, at=at)
    reopening = ALERT.step("reopen_alert")
    if not agrees and alert.state in reopening.sources:
        alert.state, alert.verdict = reopening.target, Verdict.UNCLEAR
        alert.version += 1
        alert.save(update_fields=["state", "verdict", "version"])
        tell_owners(alert.school, [alert], at=at)
    record("check_sample", sample, by=by, at=at, facts={"agrees": agrees})

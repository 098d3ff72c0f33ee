"""Receive a monitoring alert by hand, open it, judge it, and send it on (workflows c.8)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from audit.actions import record
from common.errors import Refusal
from filtering.conditions.alerts import check_happened, needed
from filtering.intake.people import about_of
from filtering.intake.routing import CHAINS, Router
from filtering.intake.writing import Reported, tell_owners, tell_urgent, told_words, write_alerts
from filtering.models import Alert
from filtering.steps.alerts import add_event, begin, finish
from filtering.vocabulary import AboutWhom, AlertEventKind, Severity, Verdict
from filtering.workflow import ALERT
from people.models import Person, School

SWEEP = "route_unopened_alerts"


@transaction.atomic
def receive_alert(
    *,
    school: School,
    submission: UUID,
    reported: Reported,
    person: Person | None = None,
    by: Person,
    at: datetime,
) -> Alert:
    """Write down an alert that somebody was told of by telephone or mail (FIL-14).

    The same form sent twice makes one alert. Refuses a moment that has not come yet.
    """
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    if found := Alert.objects.filter(school=school, submission=submission).first():
        return found
    check_happened(reported.happened_at, at)
    alert = Alert(school=school, submission=submission, received_at=at, **vars(reported))
    if person:
        alert.person, alert.about = person, about_of(person, on=localdate(at))
    write_alerts([alert], Router(school, at=at), words="Entered by hand.", by=by)
    tell_owners(school, [alert], at=at)
    record("receive_alert", alert, by=by, at=at, facts={"severity": alert.severity})
    return alert


@transaction.atomic
def open_alert(*, alert: Alert, version: int, by: Person, at: datetime) -> None:
    """Take an alert on: from now on it is with whoever opened it, and climbs no further."""
    alert = begin("open_alert", alert=alert, version=version, by=by, at=at)
    alert.owner, alert.opened_by, alert.opened_at = by, by, at
    minutes = round((at - alert.received_at).total_seconds() / 60)
    finish(
        "open_alert",
        alert,
        kind=AlertEventKind.OPENED,
        fields=("owner", "opened_by", "opened_at"),
        facts={"minutes": minutes},
        by=by,
        at=at,
    )


@transaction.atomic
def identify_user(*, alert: Alert, version: int, person: Person, by: Person, at: datetime) -> None:
    """Say who was signed in; about whom the alert is follows from that (FIL-28).

    When its owner may no longer see it, it goes to the next person, unopened. Refuses the person
    it names already.
    """
    alert = begin("identify_user", alert=alert, version=version, by=by, at=at)
    if alert.person_id == person.pk:
        raise Refusal("That is whom this alert names already.")
    alert.person, alert.about = person, about_of(person, on=localdate(at))
    finish(
        "identify_user",
        alert,
        kind=AlertEventKind.IDENTIFIED,
        text=f"{person} was signed in.",
        fields=("person", "about"),
        facts={"about": alert.about},
        by=by,
        at=at,
    )
    router = Router(alert.school, at=at)
    if alert.owner is None or not router.may_take(alert, alert.owner):
        _pass_on(alert, router, by=by)


@transaction.atomic
def note_action(*, alert: Alert, version: int, text: str, by: Person, at: datetime) -> None:
    """Write down what was done at once: a locked screen, a message, a word with the pupil (FIL-15).

    Refuses an empty text.
    """
    alert = begin("note_action", alert=alert, version=version, by=by, at=at)
    text = needed(text, "Say what was done.")
    finish("note_action", alert, kind=AlertEventKind.ACTION, text=text, by=by, at=at)


@transaction.atomic
def triage_alert(
    *, alert: Alert, version: int, verdict: str, reason: str, by: Person, at: datetime
) -> None:
    """Judge an alert a true concern, a false alarm or not clear yet (FIL-15).

    A false alarm ends it and needs a reason; it can be judged again, then always with a reason.
    Every verdict stays in the history. Refuses a missing reason.
    """
    alert = begin("triage_alert", alert=alert, version=version, by=by, at=at)
    if verdict == Verdict.FALSE or alert.state == "false_alarm":
        reason = needed(reason, "Give the reason, so that somebody else can follow it.")
    _judge(alert, verdict, reason.strip(), by=by, at=at)


@transaction.atomic
def mark_raised(
    *, alert: Alert, version: int, incident_reference: str, by: Person, at: datetime
) -> None:
    """Note on an alert the incident that was raised from it; it is a true concern then (FIL-15).

    Called by the app of incidents, which makes the incident. Refuses a drill.
    """
    alert = begin("raise_alert", alert=alert, version=version, by=by, at=at)
    if alert.drill:
        raise Refusal("This is a drill. No incident comes of it.")
    if alert.opened_at is None:
        alert.owner, alert.opened_by, alert.opened_at = by, by, at
    alert.verdict, alert.triaged_by, alert.triaged_at = Verdict.TRUE, by, at
    alert.incident_reference = incident_reference
    finish(
        "raise_alert",
        alert,
        kind=AlertEventKind.RAISED,
        text=f"Incident {incident_reference}.",
        fields=(
            *("owner", "opened_by", "opened_at", "verdict", "triaged_by", "triaged_at"),
            "incident_reference",
        ),
        facts={"incident": incident_reference},
        by=by,
        at=at,
    )


@transaction.atomic
def read_alert(*, alert: Alert, by: Person, at: datetime) -> None:
    """Record the reading of an alert about staff or the headteacher; others write nothing."""
    if alert.about != AboutWhom.PUPIL:
        record("read_alert", alert, by=by, at=at)


@transaction.atomic
def note_alert_export(
    *, school: School, count: int, filters: Mapping[str, str], by: Person, at: datetime
) -> None:
    """Note that a list of alerts was taken out, how many, and by which filters (REP-15)."""
    facts = {"count": count, "filters": dict(filters)}
    record("export_alerts", school, by=by, at=at, facts=facts, school_id=school.pk)


@transaction.atomic
def route_unopened_alerts(*, school: School, at: datetime) -> int:
    """Tell the next person of each urgent alert that lies unopened; returns how many (FIL-14).

    Day and night. Once for each step of the chain, to its end; may be repeated and run twice at
    once. Whoever was told before keeps it too.
    """
    minutes = timedelta(minutes=school.setting("urgent_minutes"))
    waiting = (
        Alert.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("owner", "person")
        .filter(
            school=school,
            state="received",
            severity=Severity.URGENT,
            due_at__lte=at,
            routed_at__lte=at - minutes,
        )
        .exclude(position__gte=_longest_chain(school))
    )
    router, told = Router(school, at=at), []
    for alert in waiting:
        if alert.position >= len(router.chain(alert)):
            continue
        alert.school = school
        person, alert.position = router.after(alert)
        alert.routed_at = at
        alert.save(update_fields=["position", "routed_at"])
        if person is None:
            text = "Nobody is left in the chain to be told."
        else:
            text = f"{router.role(alert, alert.position)} was told too: {person}."
            told.append((person, alert))
        add_event(alert, AlertEventKind.ROUTED, text=text, by=None, at=at)
        record("route_alert", alert, by=SWEEP, at=at, facts={"position": alert.position})
    tell_urgent(school, told, at=at)
    return len(told)


def _longest_chain(school: School) -> int:
    return max(len(school.setting(name)) for name in CHAINS)


def _judge(alert: Alert, verdict: str, reason: str, *, by: Person, at: datetime) -> None:
    """Write a verdict down and let the state follow it."""
    alert.verdict, alert.triaged_by, alert.triaged_at = Verdict(verdict), by, at
    alert.state = "false_alarm" if verdict == Verdict.FALSE else "opened"
    finish(
        "triage_alert",
        alert,
        kind=AlertEventKind.TRIAGED,
        text=reason,
        fields=("verdict", "triaged_by", "triaged_at"),
        facts={"verdict": verdict},
        by=by,
        at=at,
    )


def _pass_on(alert: Alert, router: Router, *, by: Person) -> None:
    """Send an alert to the first person who may have it, as if it had come in now."""
    alert.owner, alert.position = router.first(alert)
    alert.routed_at, alert.due_at = router.at, router.due_at(alert.severity)
    alert.state = ALERT.step("pass_on_alert").target
    alert.opened_by, alert.opened_at = None, None
    alert.save(
        update_fields=[
            *("owner", "position", "routed_at", "due_at"),
            *("state", "opened_by", "opened_at"),
        ]
    )
    text = told_words(alert, router)
    add_event(alert, AlertEventKind.ROUTED, text=text, by=None, at=router.at)
    record("route_alert", alert, by=by, at=router.at, facts={"about": alert.about})
    tell_owners(alert.school, [alert], at=router.at)

"""Take alerts in: whatever way they come, they are matched, routed, written and told alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from common.pages import page_url
from filtering.intake.people import match_names
from filtering.intake.routing import Router
from filtering.models import Alert, AlertEvent, AlertSource
from filtering.vocabulary import AlertEventKind, Severity
from people.mail import notify
from people.models import Notice, Person, School

BATCH = 500
# Alerts that can wait are told of once an hour at most, however they trickle in.
CALM = timedelta(hours=1)
ROUTINE_MAIL, URGENT_MAIL = "alerts", "urgent_alert"


@dataclass(frozen=True)
class Reported:
    """One alert as a product or a person reported it, read and checked."""

    happened_at: datetime
    severity: int
    external_id: str = ""
    rule: str = ""
    term: str = ""
    address: str = ""
    device: str = ""
    device_ip: str | None = None
    user_name: str = ""
    graphic: bool = False
    note: str = ""


@dataclass
class Taken:
    """What became of some reported alerts: those written, and how many were there already."""

    alerts: list[Alert] = field(default_factory=list)
    known: int = 0


def _nothing(_done: int) -> None:
    pass


def take_in(
    *,
    school: School,
    source: AlertSource,
    reported: Sequence[Reported],
    words: str,
    by: Person | None,
    at: datetime,
    tell: Callable[[int], None] = _nothing,
) -> Taken:
    """Write reported alerts of a source that is locked, some hundred at a time (FIL-14).

    An alert whose number the source has already is not written again. ``words`` say in each
    history how it came; ``tell`` hears how many were looked at.
    """
    router = Router(school, at=at)
    people = match_names(school, {one.user_name for one in reported}, on=localdate(at))
    taken, seen = Taken(), set[str]()
    for start in range(0, len(reported), BATCH):
        part = reported[start : start + BATCH]
        numbers = [one.external_id for one in part]
        there = Alert.objects.filter(source=source, external_id__in=numbers)
        seen |= set(there.values_list("external_id", flat=True))
        alerts = []
        for one in part:
            if one.external_id in seen:
                taken.known += 1
                continue
            seen.add(one.external_id)
            who = people.get(one.user_name)
            alert = Alert(school=school, source=source, received_at=at, **vars(one))
            if who:
                alert.person_id, alert.about = who.pk, who.about
            alerts.append(alert)
        taken.alerts += write_alerts(alerts, router, words=words, by=by)
        tell(start + len(part))
    tell_owners(school, taken.alerts, at=at)
    return taken


def write_alerts(
    alerts: list[Alert], router: Router, *, words: str, by: Person | None
) -> list[Alert]:
    """Route some new alerts and write them with the first lines of their histories."""
    for alert in alerts:
        alert.owner, alert.position = router.first(alert)
        alert.routed_at, alert.due_at = router.at, router.due_at(alert.severity)
    made = Alert.objects.bulk_create(alerts)
    events = [_event(alert, AlertEventKind.RECEIVED, words, by, router.at) for alert in made]
    events += [
        _event(alert, AlertEventKind.ROUTED, told_words(alert, router), None, router.at)
        for alert in made
        if alert.severity == Severity.URGENT
    ]
    AlertEvent.objects.bulk_create(events)
    return made


def told_words(alert: Alert, router: Router) -> str:
    """Return who is told of an alert now, by role and name, or that nobody is left."""
    if alert.position >= len(router.chain(alert)) or alert.owner is None:
        return "Nobody in the chain is free to be told."
    return f"{router.role(alert, alert.position)} was told: {alert.owner}."


def tell_owners(school: School, alerts: Sequence[Alert], *, at: datetime) -> None:
    """Send the owners of new alerts their mails: urgent ones at once, the rest once an hour."""
    urgent = [alert for alert in alerts if alert.severity == Severity.URGENT and alert.owner]
    tell_urgent(school, [(alert.owner, alert) for alert in urgent if alert.owner], at=at)
    others = {alert.owner for alert in alerts if alert.severity != Severity.URGENT and alert.owner}
    if not others:
        return
    lately = Notice.objects.filter(person__in=others, reason=ROUTINE_MAIL, queued_at__gt=at - CALM)
    told = set(lately.values_list("person", flat=True))
    calm = [person for person in others if person.pk not in told]
    notify(calm, reason=ROUTINE_MAIL, path=page_url(school, "alert_list"), at=at)


def tell_urgent(school: School, told: Sequence[tuple[Person, Alert]], *, at: datetime) -> None:
    """Mail everybody once who is told of urgent alerts: to the alert, or to the list of several."""
    by_person: dict[Person, list[Alert]] = {}
    for person, alert in told:
        by_person.setdefault(person, []).append(alert)
    for person, alerts in by_person.items():
        path = f"{page_url(school, 'alert_list')}?severity={Severity.URGENT.value}"
        if len(alerts) == 1:
            path = page_url(school, "alert_detail", alerts[0].pk)
        notify([person], reason=URGENT_MAIL, path=path, at=at)


def _event(
    alert: Alert, kind: AlertEventKind, text: str, by: Person | None, at: datetime
) -> AlertEvent:
    return AlertEvent(
        school_id=alert.school_id, alert=alert, kind=kind, text=text[:1_000], by=by, at=at
    )

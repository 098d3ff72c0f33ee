"""What of alerts needs a person now, falls due and recurs, and figures."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Expression, Min, Q, QuerySet
from django.utils.timezone import localdate

from common.asking import answers, any_of, counts_of
from common.duties import Due, Figure, Need, RecurringDuty
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.models import Alert, AlertSample
from filtering.queries.alert_samples import period_of_sample, samples_visible_to, to_draw_from
from filtering.queries.alerts import SEES, alert_rows, alerts_visible_to, open_alerts
from filtering.queries.evidence import (
    drill_opened,
    drills,
    false_alarms,
    sample_checked,
    samples_checked,
)
from filtering.queries.periods import Period
from filtering.queries.provision import end_of_day
from filtering.vocabulary import Severity, Verdict
from people.calendar import LONDON
from people.models import School
from roles.queries import holders_of_power

MOST = 6
YEAR = timedelta(days=366)
SAMPLE_BEFORE = timedelta(weeks=3)  # before a term ends
REMINDERS = {
    "late_alerts": "Monitoring alerts nobody opened in time",
    "alert_sample": "Second look at false alarms",
}
RECURRING = (
    RecurringDuty(
        code="alert_drill",
        label="Drill of who is told of an urgent alert",
        roles=("dsl", "osl"),
        words="Once a term a drill shows whether an urgent alert reaches somebody in time. This "
        "stops once a drill was started and opened.",
        requirement="FIL-16",
        evidence=drill_opened,
        records=drills,
        page="drill_list",
    ),
    RecurringDuty(
        code="alert_sample",
        label="Second look at false alarms",
        roles=("dsl", "osl", "head", "deputy"),
        words="In a term in which alerts were judged false, some are looked at a second time. This "
        "stops once the sample is drawn and checked.",
        requirement="FIL-15",
        remind_days=(),  # its own reminder comes three weeks before the end, until it is checked
        evidence=sample_checked,
        records=samples_checked,
        about=false_alarms,
        page="sample_list",
    ),
)


def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know of alerts, as far as the person may see them."""
    if request.powers.isdisjoint(SEES.values()):
        return {}
    waiting = Q(state="received") & ~Q(severity=Severity.URGENT)
    mine = Q(state="opened", owner=request.person, drill=False)
    urgent = alerts_visible_to(request.person, request.powers).filter(
        severity=Severity.URGENT, drill=False, happened_at__gte=_midnight(at)
    )
    found = {
        "open": counts_of(
            open_alerts(request.person, request.powers),
            urgent=Count("pk", filter=Q(state="received", severity=Severity.URGENT)),
            waiting=Count("pk", filter=waiting),
            due_at=Min("due_at", filter=waiting),
            judging=Count("pk", filter=mine & ~Q(verdict=Verdict.TRUE)),
            raising=Count("pk", filter=mine & Q(verdict=Verdict.TRUE)),
            unopened=Count("pk", filter=Q(state="received", drill=False)),
        ),
        "today": counts_of(urgent, urgent=Count("pk")),
    }
    if "sample_alerts" in request.powers:
        judged = alerts_visible_to(request.person, request.powers).filter(
            state="false_alarm", drill=False, triaged_at__gte=_midnight(at) - YEAR
        )
        found["judged"] = any_of(judged)
    return found


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return what waits: urgent alerts one by one, the rest counted, then the sample."""
    found = []
    if "triage_alerts" in request.powers and not request.powers.isdisjoint(SEES.values()):
        found = [*_urgent(request, at), *_counted(request, at)]
    if answers(request, asks, at=at).get("judged"):
        found += _sample(request, at)
    return found


def _urgent(request: SchoolRequest, at: datetime) -> Iterator[Need]:
    if not answers(request, asks, at=at)["open"]["urgent"]:
        return
    rows = alert_rows(request.person, request.powers)
    unopened = rows.filter(state="received", severity=Severity.URGENT).order_by("due_at", "pk")
    for alert in unopened[:MOST]:
        yield Need(
            what=f"Urgent · {alert}",
            why="A monitoring alert that nobody has opened",
            url=page_url(request.school, "alert_detail", alert.pk),
            label="Open this alert",
            due_at=alert.due_at,
            late=alert.due_at < at,
        )


def _counted(request: SchoolRequest, at: datetime) -> Iterator[Need]:
    """Yield one line for the unopened, one for those in hand, one for incidents to be raised."""
    counts = answers(request, asks, at=at)["open"]
    listed = page_url(request.school, "alert_list")
    if counts["waiting"]:
        due_at = datetime.fromisoformat(counts["due_at"])
        yield Need(
            what=_alerts(counts["waiting"]),
            why="Nobody has opened them yet",
            url=f"{listed}?state=received",
            label="Look at them",
            due_at=due_at,
            late=due_at < at,
        )
    lines = (
        ("judging", "You opened them and they are not judged", "Judge them"),
        ("raising", "You judged them true concerns. Raise an incident from each", "Look at them"),
    )
    for name, why, label in lines:
        if counts[name]:
            verdict = f"&verdict={Verdict.TRUE}" if name == "raising" else ""
            url = f"{listed}?state=opened&mine=me{verdict}"
            yield Need(what=_alerts(counts[name]), why=why, url=url, label=label)


def _alerts(count: int) -> str:
    return "1 monitoring alert" if count == 1 else f"{count:,} monitoring alerts"


def _sample(request: SchoolRequest, at: datetime) -> Iterator[Need]:
    """Yield what was drawn to be looked at again, or that it is time to draw."""
    person, powers, on = request.person, request.powers, localdate(at)
    period, name = period_of_sample(request.school, on)
    unchecked = Q(checked_at=None) & ~Q(alert__triaged_by=person)
    counts = (
        samples_visible_to(person, powers)
        .filter(term=name)
        .aggregate(drawn=Count("pk"), unchecked=Count("pk", filter=unchecked))
    )
    listed: dict[str, Any] = {
        "url": page_url(request.school, "sample_list"),
        "due_at": period.ends_at - timedelta(minutes=1),
    }
    if count := counts["unchecked"]:
        what = "1 false alarm" if count == 1 else f"{count} false alarms"
        yield Need(what=what, why="Drawn for a second look", label="Check them", **listed)
    elif (
        not counts["drawn"]
        and on >= period.end - SAMPLE_BEFORE
        and to_draw_from(person, powers, period).exists()
    ):
        yield Need(
            what="The term’s sample of false alarms",
            why="Some are looked at a second time each term",
            label="Draw the sample",
            **listed,
        )


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return how many alerts nobody opened, and how many urgent ones came in today."""
    if request.powers.isdisjoint(SEES.values()):
        return []
    told, today = answers(request, asks, at=at), localdate(at)
    listed = page_url(request.school, "alert_list")
    return [
        Figure(
            told["open"]["unopened"],
            "alerts not opened",
            f"{listed}?state=received",
            one="alert not opened",
        ),
        Figure(
            told["today"]["urgent"],
            "urgent alerts today",
            f"{listed}?state=all&severity={Severity.URGENT.value}&since={today.isoformat()}",
            one="urgent alert today",
        ),
    ]


def _midnight(at: datetime) -> datetime:
    return datetime.combine(localdate(at), time(), LONDON)


def may_be_due(*, on: date) -> list[QuerySet[Any, Any]]:
    """Return the rows, of any school, without which there is nothing to remind of."""
    late = Alert.objects.filter(state="received", drill=False, due_at__date__lt=on)
    judged = Alert.objects.filter(state="false_alarm", drill=False)
    return [
        late.filter(owner__isnull=False),
        AlertSample.objects.filter(checked_at=None),
        judged.filter(triaged_at__gte=end_of_day(on - YEAR)),
    ]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield whom to remind: of alerts not opened in time and of the sample."""
    late = Alert.objects.filter(
        school=school, state="received", drill=False, owner__isnull=False, due_at__date__lt=on
    )
    for owner in late.order_by().values_list("owner", flat=True).distinct():
        yield Due(
            duty="late_alerts",
            person_id=owner,
            period=on.isoformat(),
            words="Monitoring alerts wait for you and their time has passed. This stops once you "
            "open them.",
        )
    period, name = period_of_sample(school, on)
    if on >= period.end - SAMPLE_BEFORE and _sample_is_due(school, period, name):
        words = "Some false alarms of this term wait for a second look. This stops once it is done."
        for person in holders_of_power(school, "sample_alerts", on=on).order_by("pk"):
            yield Due(duty="alert_sample", person_id=person.pk, period=name, words=words)


def _sample_is_due(school: School, period: Period, name: str) -> bool:
    """Return whether the term's sample is not checked, or not drawn though it could be."""
    samples = AlertSample.objects.filter(school=school, term=name)
    if samples.exists():
        return samples.filter(checked_at=None).exists()
    judged = Q(triaged_at__range=(period.begins_at, period.ends_at), drill=False)
    return Alert.objects.filter(judged, school=school, state="false_alarm").exists()

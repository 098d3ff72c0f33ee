"""What of the incidents needs a person now or falls due, and the figures of their home page."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import CharField, Count, Exists, Expression, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.timezone import localdate

from common.asking import answers, any_of, counts_of
from common.dates import uk_date
from common.duties import Due, Figure, Need, RecurringDuty
from common.pages import page_url
from common.requests import SchoolRequest
from incidents.clocks import unread_deadline
from incidents.models import Incident, Involvement, Referral, Task
from incidents.next_step import likely_next
from incidents.queries import short_queue_of, tasks_of, visible_to, waits_for
from incidents.vocabulary import Severity, TaskState
from incidents.workflow import OPEN
from people.calendar import LONDON, SchoolCalendar
from people.models import Person, School

MOST = 12
SEES = {"view_all_incidents", "view_assigned_incidents"}
TARGET_HOURS: dict[str, int] = {Severity.CRITICAL: 1, Severity.HIGH: 4}
STILL_DAYS = 2
TARGET_DAYS: dict[str, int] = {Severity.NORMAL: 1, Severity.LOW: 3}
# What is counted, in words, and the part of the list that shows it.
FIGURES = (
    ("unopened", "not opened yet", "?state=reported"),
    ("open", "open", "?open=open"),
    ("confirming", "waiting for confirmation", "?state=confirming"),
    ("month", "reported in the last 30 days", ""),
)
NOT_MADE = Referral.objects.filter(mandatory=True, made_at=None, excused_reason="")
REMINDERS = {"incident_task": "Overdue task about an incident"}
RECURRING = (
    RecurringDuty(
        code="incident_audit",
        label="Audit of the incident record",
        roles=("deputy", "slt"),
        words="Somebody who does not keep the record looks through a sample of it every term. This "
        "stops when you say what you found.",
        requirement="INC-55",
    ),
)


def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know of incidents, as far as the person may see them.

    Tasks and referrals are asked for roughly; which ones the person may see is asked afterwards.
    """
    person, powers = request.person, request.powers
    found: dict[str, Expression] = {
        "tasks": any_of(Task.objects.filter(owner=person, state=TaskState.OPEN))
    }
    if SEES & powers:
        found["counts"] = counts_of(
            visible_to(person, powers),
            queue=Count("pk", filter=waits_for(person, powers)),
            unopened=Count("pk", filter=Q(state="reported")),
            open=Count("pk", filter=Q(state__in=OPEN)),
            confirming=Count("pk", filter=Q(state="confirming")),
            month=Count("pk", filter=Q(reported_at__gte=at - timedelta(days=30))),
        )
        if "refer_incident" in powers:
            found["referrals"] = any_of(NOT_MADE.filter(school=request.school))
    return found


ASKS = (asks,)


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return what waits for the person of the request, soonest first within each kind.

    Reports to open, decisions to confirm, cases in hand with their next step, and tasks: at most
    twelve of each, the queue page holds the rest.
    """
    told = answers(request, asks, at=at)
    found = []
    if told["tasks"]:
        found += [_task(request, task, at) for task in tasks_of(request.person)[:MOST]]
    if told.get("referrals"):
        found += [_referral(request, referral, at) for referral in referrals_due(request)[:MOST]]
    if told.get("counts", {}).get("queue"):
        calendar = SchoolCalendar.of(request.school)
        queue = short_queue_of(request.person, request.powers)[:MOST]
        found += [_incident(request, incident, calendar, at) for incident in queue]
    return found


def _task(request: SchoolRequest, task: Task, at: datetime) -> Need:
    due = datetime.combine(task.due_date, time(16), LONDON) if task.due_date else None
    return Need(
        what=task.label,
        why="A task for you",
        url=page_url(request.school, "task_answer", task.pk),
        label="Answer this task",
        due_at=due,
        late=bool(due and due < at),
    )


def referrals_due(request: SchoolRequest) -> QuerySet[Referral, Referral]:
    """Return the required referrals nobody has made yet, for those who make them (INC-29)."""
    if "refer_incident" not in request.powers:
        return Referral.objects.none()
    return (
        NOT_MADE.filter(
            incident__in=visible_to(request.person, request.powers), incident__state__in=OPEN
        )
        .select_related("incident", "agency")
        .order_by("asked_at")
    )


def _referral(request: SchoolRequest, referral: Referral, at: datetime) -> Need:
    due = referral.due_at or referral.asked_at
    reference = referral.incident.reference
    return Need(
        what=f"{reference} · {referral.agency}",
        why="A required referral has not been made",
        url=page_url(request.school, "referral_answer", reference, referral.pk),
        label="Record this referral",
        due_at=due,
        late=due < at,
    )


def _incident(
    request: SchoolRequest, incident: Incident, calendar: SchoolCalendar, at: datetime
) -> Need:
    step = likely_next(incident, request.powers)
    page = step.page if step else "incident_detail"
    due = due_at(request.school, incident, calendar)
    kind = incident.infringement or next(iter(incident.themes_given), "New report")
    return Need(
        what=f"{incident.reference} · {kind}",
        why=f"{incident.get_state_display()}. Reported {uk_date(incident.reported_at)}",
        url=page_url(request.school, page, incident.reference),
        label=step.label if step else "Look at this incident",
        due_at=due,
        late=bool(due and due < at),
    )


def due_at(school: School, incident: Incident, calendar: SchoolCalendar) -> datetime | None:
    """Return when somebody has to have acted, or None while an outside body is at work.

    A report is opened in time (INC-04) and triaged by its urgency (INC-06); a classified case is
    moved on within two school days (INC-19); after the decision the reporter hears back (INC-38).
    """
    if incident.state == "reported":
        return unread_deadline(school, calendar, incident.routed_at)
    begun = incident.opened_at or incident.reported_at
    if incident.state == "triage":
        hours = TARGET_HOURS.get(incident.severity)
        if hours:
            return begun + timedelta(hours=hours)
        return _end_of(calendar, begun, TARGET_DAYS[incident.severity])
    if incident.state == "investigating":
        return _end_of(calendar, incident.classified_at or begun, STILL_DAYS)
    if incident.state == "actions" and incident.decided_at:
        return _end_of(calendar, incident.decided_at, school.setting("feedback_days"))
    return None


def _end_of(calendar: SchoolCalendar, moment: datetime, school_days: int) -> datetime:
    day = calendar.add_school_days(localdate(moment), school_days)
    return datetime.combine(day, time(16), LONDON)


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return four figures for people who see incidents."""
    counts = answers(request, asks, at=at).get("counts")
    if not counts:
        return []
    listed = page_url(request.school, "incident_list")
    return [
        Figure(counts[name], f"incidents {words}", f"{listed}{query}", one=f"incident {words}")
        for name, words, query in FIGURES
    ]


def may_be_due(*, on: date) -> list[QuerySet[Any, Any]]:
    """Return the rows, of any school, without which there is nothing to remind of."""
    return [Task.objects.filter(state=TaskState.OPEN, owner__isnull=False, due_date__lt=on)]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield a reminder for each task that was due before a day and has no answer (INC-18, SYS-02).

    Once a task: whoever has to do it also finds it on the home page every day. Not to somebody who
    turned out to have a part in the incident: they no longer see the task.
    """
    own_part = Involvement.objects.filter(incident=OuterRef("incident"), person=OuterRef("owner"))
    tasks = Task.objects.filter(
        ~Exists(own_part), school=school, state=TaskState.OPEN, owner__isnull=False, due_date__lt=on
    )
    for pk, owner_id in tasks.values_list("pk", "owner"):
        yield Due(
            duty="incident_task",
            person_id=owner_id,
            period=str(pk),
            words="A task waits for you and its day has passed. This stops once you answer it.",
        )


def hidden_reminders(person: Person, powers: Collection[str]) -> Q:
    """Return the reminders that would tell this person of an incident they may not see (INC-08)."""
    seen = Task.objects.filter(incident__in=visible_to(person, powers))
    numbers = seen.annotate(as_text=Cast("pk", CharField())).order_by().values("as_text")
    return Q(duty="incident_task") & ~Q(period__in=numbers)

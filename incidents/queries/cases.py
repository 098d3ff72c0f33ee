"""One incident, one report, one pupil's history, one person's tasks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from incidents.models import (
    CustodyLine,
    Event,
    Evidence,
    Incident,
    IncidentLink,
    Involvement,
    Task,
)
from incidents.queries.standing import with_standing
from incidents.queries.visible import seen_by, visible_to
from incidents.vocabulary import Part, TaskState
from people.models import Person, PupilEnrolment, School
from people.queries import current_enrolments, term_on
from policies.repetition import Earlier


@dataclass(frozen=True)
class Story:
    """What the page of an incident shows beside the incident itself."""

    events: list[Event]
    links: list[tuple[IncidentLink, Incident | None]]


def incident_or_404(person: Person, powers: Collection[str], reference: str) -> Incident:
    """Return one incident a person may see; any other is not found, not forbidden.

    Read with everything its page and its closing guard ask for: five queries.
    """
    rows = with_standing(Q(seen_by(person, powers), reference=reference))
    incident = next(iter(rows.order_by()[:1]), None)  # one at most: ordering it takes longest
    if incident is None:
        raise Http404("no such incident")
    return incident


def story_of(incident: Incident, person: Person, powers: Collection[str]) -> Story:
    """Return chronology and links; a link to a hidden incident names none (INC-53).

    One query, and two more when there are links. Each line knows the line that amends it.
    """
    events = list(chronology_of(incident))
    by_number = {event.pk: event for event in events}
    for event in events:
        if event.amends_id:
            by_number[event.amends_id].amended_by = event
    links = list(_links_of(incident)) if incident.has_links else []
    others = {_other(link, incident) for link in links}
    seen = {}
    if others:
        seen = {one.pk: one for one in visible_to(person, powers).filter(pk__in=others)}
    return Story(events, [(link, seen.get(_other(link, incident))) for link in links])


def _links_of(incident: Incident) -> QuerySet[IncidentLink, IncidentLink]:
    return IncidentLink.objects.filter(Q(first=incident) | Q(second=incident))


def _other(link: IncidentLink, incident: Incident) -> int:
    return link.second_id if link.first_id == incident.pk else link.first_id


def chronology_of(incident: Incident) -> QuerySet[Event, Event]:
    """Return the chronology in the order it was written. One query."""
    return incident.events.select_related("by").defer("search")


def places_of(incident: Incident) -> dict[int, PupilEnrolment]:
    """Return class and year of the pupils involved, by person. One query when there are any."""
    return current_enrolments([row.person for row in incident.involvements.all() if row.person])


def report_or_404(person: Person, reference: str) -> Incident:
    """Return a person's own report for its receipt page, and no other."""
    incident = (
        Incident.objects.filter(school=person.school_id, reporter=person, reference=reference)
        .prefetch_related("feedback")
        .first()
    )
    if incident is None:
        raise Http404("no such report")
    return incident


def reports_of(person: Person) -> QuerySet[Incident, Incident]:
    """Return what a person reported, newest first: their own words and the state, no case."""
    return Incident.objects.filter(school=person.school_id, reporter=person).order_by(
        "-reported_at"
    )


def look_back_start(school: School, at: datetime) -> date:
    """Return from which day earlier warnings count, as the school has set it (INC-16)."""
    day, span = localdate(at), school.setting("look_back")
    if span == "term":
        term = term_on(school, day)
        return term.start_date if term else day - timedelta(days=120)
    if span == "year":
        return date(day.year if day.month >= 9 else day.year - 1, 9, 1)
    return date(1990, 1, 1)


def earlier_for(
    incident: Incident, person: Person, powers: Collection[str]
) -> list[tuple[Involvement, Earlier]]:
    """Return earlier classified incidents of the same alleged people, newest first (INC-16).

    Only what the reader may see counts and shows; only within the school's look-back.
    """
    alleged = incident.involvements.filter(part=Part.ALLEGED, person__isnull=False).values("person")
    rows = (
        Involvement.objects.filter(
            person__in=alleged,
            part=Part.ALLEGED,
            incident__in=visible_to(person, powers),
            incident__infringement__isnull=False,
            incident__occurred_at__date__gte=look_back_start(incident.school, incident.occurred_at),
            incident__occurred_at__lte=incident.occurred_at,
        )
        .exclude(incident=incident)
        .select_related("person", "incident__infringement", "incident__category")
        .order_by("-incident__occurred_at")[:50]
    )
    return [
        (row, Earlier(key=row.incident.infringement.key, warning_given=row.warned))
        for row in rows
        if row.incident.infringement
    ]


def pupil_or_404(school: School, number: int) -> Person:
    """Return a pupil of the school, also one who has left."""
    pupil = Person.objects.filter(school=school, kind=Person.Kind.PUPIL, pk=number).first()
    if pupil is None:
        raise Http404("no such pupil")
    return pupil


def pupil_chronology(
    pupil: Person, person: Person, powers: Collection[str]
) -> QuerySet[Involvement, Involvement]:
    """Return a pupil's part in every incident the reader may see, latest first."""
    return (
        Involvement.objects.filter(person=pupil, incident__in=visible_to(person, powers))
        .select_related("incident__category", "incident__infringement", "incident__handler")
        .prefetch_related("incident__sanctions__kind", "incident__parent_contacts")
        .order_by("-incident__occurred_at", "-pk")
    )


def tasks_of(person: Person) -> QuerySet[Task, Task]:
    """Return a person's open tasks, soonest first; the words of the task, not the case.

    A task of an incident in which the person had a part, known only later, shows no more.
    """
    return (
        Task.objects.filter(school=person.school_id, owner=person, state=TaskState.OPEN)
        .exclude(incident__in=Involvement.objects.filter(person=person).values("incident"))
        .select_related("incident")
    )


def task_or_404(person: Person, powers: Collection[str], number: int) -> Task:
    """Return a task of one's own, or one of an incident one may see."""
    task = (
        Task.objects.filter(
            Q(owner=person) | Q(incident__in=visible_to(person, powers)),
            school=person.school_id,
            pk=number,
        )
        .exclude(incident__in=Involvement.objects.filter(person=person).values("incident"))
        .select_related("incident", "owner")
        .first()
    )
    if task is None:
        raise Http404("no such task")
    return task


def evidence_of(incident: Incident) -> QuerySet[Evidence, Evidence]:
    """Return the files of an incident, each with its custody. Two queries."""
    custody = CustodyLine.objects.select_related("by")
    return incident.evidence.select_related("added_by").prefetch_related(
        Prefetch("custody", queryset=custody)
    )

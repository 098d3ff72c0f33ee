"""Read meetings on online safety: who sees which, and which took place in a time (REP-04)."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, Prefetch, Q, QuerySet
from django.http import Http404

from people.models import Person, School
from reports.conditions.meetings import kinds_for
from reports.models import GovernorAction, Meeting, MeetingAttendee

Meetings = QuerySet[Meeting, Meeting]


def meeting_rows(person: Person, powers: Collection[str]) -> Meetings:
    """Return the meetings a person sees, with ``todo``: how many of their actions are not done."""
    left = Q(actions__done_at=None, actions__isnull=False)
    rows = Meeting.objects.filter(school=person.school_id, kind__in=kinds_for(powers))
    return rows.annotate(todo=Count("actions", filter=left))


def meeting_or_404(person: Person, powers: Collection[str], number: int) -> Meeting:
    """Return a meeting with ``present`` and ``to_do``, or the page for nothing."""
    to_do = GovernorAction.objects.select_related("owner", "done_by")
    rows = meeting_rows(person, powers).filter(pk=number)
    found = (
        rows.select_related("school", "planned_by", "held_by")
        .prefetch_related(
            Prefetch(
                "attendees", MeetingAttendee.objects.select_related("person"), to_attr="present"
            ),
            Prefetch("actions", to_do, to_attr="to_do"),
        )
        .first()
    )
    if found is None:
        raise Http404("no such meeting")
    return found


def meetings_held(*kinds: str) -> Callable[[date, date], Meetings]:
    """Return what gives the meetings of some kinds that took place in a span of days."""

    def records(start: date, end: date) -> Meetings:
        """Return those meetings, of any school."""
        return Meeting.objects.filter(state="held", kind__in=kinds, on_date__range=(start, end))

    return records


def first_held(*kinds: str) -> Callable[[Any, date, date], datetime | None]:
    """Return what finds when a meeting of some kinds in a span of days was first recorded."""
    records = meetings_held(*kinds)

    def evidence(school: School, start: date, end: date) -> datetime | None:
        """Return when a meeting that took place in a span of days was first recorded."""
        rows = records(start, end).filter(school=school)
        found: datetime | None = rows.aggregate(first=Min("held_at"))["first"]
        return found

    return evidence

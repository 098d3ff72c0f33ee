"""Plan and record meetings on online safety, and what they ask for (REP-04, REP-16, REP-18)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from audit.actions import record
from common.errors import Refusal
from common.pages import page_url
from people.actions.to_do import check_to_do
from people.mail import notify
from people.models import Person, School
from reports.conditions.meetings import check_committee, check_held, check_kind, check_seen
from reports.conditions.reports import check_power
from reports.conditions.reviews import check_takes_part
from reports.models import GovernorAction, Meeting, MeetingAttendee
from reports.workflow import MEETING
from roles.queries import powers_of


@transaction.atomic
def plan_meeting(
    *,
    school: School,
    submission: UUID,
    kind: str,
    committee: str,
    on_date: date,
    by: Person,
    at: datetime,
) -> Meeting:
    """Enter a meeting with its day, to come or past; sent twice it is entered once.

    Refuses a committee without a name, and a kind of meeting that the person does not see.
    """
    check_power(by, "write_meeting", at=at)
    check_kind(kind, powers_of(by, on=localdate(at)))
    check_committee(kind, committee)
    values = {"kind": kind, "committee": committee.strip(), "on_date": on_date}
    meeting, new = Meeting.objects.get_or_create(
        submission=submission,
        school=school,
        defaults={**values, "planned_by": by, "planned_at": at},
    )
    if new:
        record("plan_meeting", meeting, by=by, at=at, facts={"kind": kind, "on": str(on_date)})
    return meeting


@transaction.atomic
def hold_meeting(
    *,
    meeting: Meeting,
    version: int,
    on_date: date,
    attendees: Sequence[Person],
    items: str,
    minute: str,
    by: Person,
    at: datetime,
) -> Meeting:
    """Record who took part and what was talked about; it may be put right later (REP-04).

    Whoever was written down as taking part stays. Refuses a day to come, nobody and nothing.
    """
    meeting = _begin("hold_meeting", meeting, version, by=by, at=at)
    check_held(on_date, at=at)
    check_takes_part(attendees)
    there = set(meeting.attendees.values_list("person_id", flat=True))
    new = {person.pk: person for person in attendees if person.pk not in there}
    if not (there or new):
        raise Refusal("Say who took part.")
    if not items.strip():
        raise Refusal("Say what was talked about.")
    MeetingAttendee.objects.bulk_create(
        MeetingAttendee(school_id=meeting.school_id, meeting=meeting, person=person)
        for person in new.values()
    )
    again = meeting.state == "held"
    meeting.on_date, meeting.items, meeting.minute = on_date, items.strip(), minute.strip()
    meeting.held_by, meeting.held_at = by, at if not again else meeting.held_at
    facts = {"on": str(on_date), "attendees": len(there) + len(new), "again": again}
    fields = ("on_date", "items", "minute", "held_by", "held_at")
    return _finish("hold_meeting", meeting, *fields, by=by, at=at, facts=facts)


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, version: int, by: Person, at: datetime) -> Meeting:
    """Say that a planned meeting did not take place."""
    meeting = _begin("cancel_meeting", meeting, version, by=by, at=at)
    return _finish("cancel_meeting", meeting, by=by, at=at)


@transaction.atomic
def add_meeting_action(
    *,
    meeting: Meeting,
    version: int,
    words: str,
    owner: Person,
    due_date: date,
    by: Person,
    at: datetime,
) -> GovernorAction:
    """Write down what a meeting asks for, of whom and by when; its owner is told (REP-18).

    Refuses empty words, a day that has passed, and an owner who is neither staff nor governor.
    """
    meeting = _begin("add_meeting_action", meeting, version, by=by, at=at)
    check_takes_part([owner])
    action = GovernorAction.objects.create(
        school_id=meeting.school_id,
        meeting=meeting,
        words=check_to_do(words=words, due_date=due_date, at=at),
        owner=owner,
        due_date=due_date,
    )
    _finish("add_meeting_action", meeting, by=by, at=at, facts={"due": str(due_date)})
    if owner.pk != by.pk:
        path = page_url(meeting.school, "governor_action_finish", action.pk)
        notify([owner], reason="governor_action", path=path, at=at)
    return action


def _begin(step: str, meeting: Meeting, version: int, *, by: Person, at: datetime) -> Meeting:
    """Lock the meeting and refuse the step unless state, version, power and kind allow it."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("school")
    locked = rows.get(pk=meeting.pk)
    MEETING.check(step, locked.state)
    check_seen(locked, version)
    check_power(by, MEETING.step(step).needs, at=at)
    check_kind(locked.kind, powers_of(by, on=localdate(at)))
    return locked


def _finish(
    step: str,
    meeting: Meeting,
    *fields: str,
    by: Person,
    at: datetime,
    facts: dict[str, Any] | None = None,
) -> Meeting:
    """Move the meeting to the step's target, save the named fields and write the trail."""
    meeting.state = MEETING.step(step).target or meeting.state
    meeting.version += 1
    meeting.save(update_fields=["state", "version", *fields])
    record(step, meeting, by=by, at=at, facts=facts or {})
    return meeting

"""Restrict a room, and say who may enter it and whose DBS check was seen (AST-21)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from assets.conditions.common import check_power, said
from assets.models import Room, RoomAccess
from assets.queries.room_access import servers_in
from audit.actions import record
from common.errors import Conflicted, Refusal, StepRefused
from people.models import Person


@transaction.atomic
def restrict_room(
    *, room: Room, restricted: bool, secured_by: str = "", by: Person, at: datetime
) -> Room:
    """Say that only those listed go into a room and how it is kept shut, or that all may again.

    Refuses no word on how it is kept shut, and to open a room in which a server stands (AST-21).
    """
    check_power(by, "give_room_access", at)
    room = _locked(room)
    if restricted:
        room.secured_by = said(secured_by, "Say how it is locked, and who keeps the key.", 200)
    elif servers_in(room):
        raise Refusal("A server stands in this room. Move it before everybody may enter.")
    else:
        _end_all(room, by, at)
        room.secured_by = ""
    room.restricted = restricted
    room.save(update_fields=["restricted", "secured_by"])
    record("restrict_room", room, by=by, at=at, facts={"restricted": restricted})
    return room


@dataclass(frozen=True)
class Entrant:
    """Who may enter, why, and when their DBS check was seen."""

    why: str
    dbs_seen_date: date
    person: Person | None = None
    outsider: str = ""


@transaction.atomic
def give_room_access(
    *, room: Room, submission: UUID, entrant: Entrant, by: Person, at: datetime
) -> RoomAccess:
    """Let somebody of the staff, or of a firm, enter a restricted room (AST-21).

    The same ``submission`` sent twice gives the one access. Refuses a room that is not restricted,
    oneself, both or neither of a person and a name, a day of the DBS check to come, and somebody
    who may enter it already.
    """
    check_power(by, "give_room_access", at)
    room = _locked(room)
    made = RoomAccess.objects.filter(submission=submission).first()
    if made:
        return made
    person, outsider = entrant.person, entrant.outsider.strip()[:120]
    if not room.restricted:
        raise StepRefused("This room is not restricted: everybody may enter it.")
    if bool(person) == bool(outsider):
        raise Refusal("Choose somebody of the staff, or write who of which firm.")
    if person and person.pk == by.pk:
        raise Conflicted("Nobody gives themselves access. Ask somebody else to see your check.")
    if entrant.dbs_seen_date > localdate(at):
        raise Refusal("The day on which the DBS check was seen has not come yet.")
    now = room.access.filter(ended_at=None)
    same = now.filter(person=person) if person else now.filter(outsider__iexact=outsider)
    if same.exists():
        raise Refusal("This person may enter already. End that first to write a newer check.")
    made = RoomAccess.objects.create(
        school=room.school,
        room=room,
        submission=submission,
        person=person,
        outsider=outsider,
        why=said(entrant.why, "Say why they have to enter.", 200),
        dbs_seen_date=entrant.dbs_seen_date,
        given_by=by,
        given_at=at,
    )
    facts = {"room": room.pk, "seen": entrant.dbs_seen_date.isoformat()}
    record("give_room_access", made, by=by, at=at, facts=facts)
    return made


@transaction.atomic
def end_room_access(*, access: RoomAccess, by: Person, at: datetime) -> RoomAccess:
    """Write that somebody may no longer enter a room; refuses what was ended before."""
    check_power(by, "give_room_access", at)
    access = RoomAccess.objects.select_for_update(of=("self",)).get(pk=access.pk)
    if access.ended_at:
        raise StepRefused("This access was ended already.")
    return _ended(access, by, at)


def _end_all(room: Room, by: Person, at: datetime) -> None:
    for access in room.access.select_for_update().filter(ended_at=None):
        _ended(access, by, at)


def _ended(access: RoomAccess, by: Person, at: datetime) -> RoomAccess:
    access.ended_by, access.ended_at = by, at
    access.save(update_fields=["ended_by", "ended_at"])
    record("end_room_access", access, by=by, at=at, facts={"room": access.room_id})
    return access


def _locked(room: Room) -> Room:
    rows = Room.objects.select_for_update(of=("self",)).select_related("school")
    return rows.get(pk=room.pk)

"""The rooms in which equipment stands: found by name, made when they are new."""

from assets.models import Room
from common.clean_text import tidy
from people.models import School

# What changes when a room that was no longer used is used again.
REOPENED = ["ended_at", "ended_by", "version"]


def reopen(room: Room) -> Room:
    """Use a room again; the caller saves ``REOPENED``."""
    room.ended_at = room.ended_by = None
    room.version += 1
    return room


def room_called(school: School, name: str) -> Room | None:
    """Return the room of a name, large or small letters alike, made when there is none."""
    wanted = tidy(name)[:60]
    if not wanted:
        return None
    found = Room.objects.filter(school=school, name__iexact=wanted).first()
    if found is None:
        found = Room.objects.create(school=school, name=wanted)
    elif found.ended_at:
        reopen(found)
        found.save(update_fields=REOPENED)
    return found

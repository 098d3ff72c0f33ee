"""Read the rooms in which equipment stands, those that are no longer used too (AST-01)."""

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from assets.models import Asset, Room
from assets.workflow import ASSET_GONE
from people.models import School


def room_rows(school: School) -> QuerySet[Room, Room]:
    """Return every room, each with how many ``devices`` stand in it."""
    here = Q(assets__isnull=False) & ~Q(assets__state__in=ASSET_GONE)
    rows = Room.objects.filter(school=school).select_related("ended_by")
    return rows.annotate(devices=Count("assets", filter=here))


def room_or_404(school: School, pk: int) -> Room:
    """Return one room of a school with its ``devices``."""
    found = room_rows(school).select_related("school").filter(pk=pk).first()
    if found is None:
        raise Http404("no such room")
    return found


def in_room(room: Room) -> QuerySet[Asset, Asset]:
    """Return what stands in a room; what is disposed of stood there last and counts no more."""
    return room.assets.exclude(state__in=ASSET_GONE)

"""Which rooms are restricted, who may enter them, and where servers stand (AST-21)."""

from django.db.models import Count, Min, Q, QuerySet
from django.http import Http404

from assets.models import Asset, Room, RoomAccess
from assets.queries.inventory import assets_here, rooms_of
from assets.vocabulary import AssetKind
from people.models import School


def restricted_rooms(school: School) -> QuerySet[Room, Room]:
    """Return the restricted rooms: how many may enter, and the oldest DBS check among them."""
    now = Q(access__ended_at=None)
    servers = Q(assets__kind=AssetKind.SERVER) & ~Q(assets__state="disposed")
    return (
        rooms_of(school)
        .filter(restricted=True)
        .annotate(
            people=Count("access", filter=now, distinct=True),
            oldest=Min("access__dbs_seen_date", filter=now),
            servers=Count("assets", filter=servers, distinct=True),
        )
    )


def rooms_to_restrict(school: School) -> QuerySet[Room, Room]:
    """Return the rooms that anybody may enter, by name."""
    return rooms_of(school).filter(restricted=False)


def open_servers(school: School) -> list[Asset]:
    """Return the servers that stand in no restricted room, by tag."""
    rows = assets_here(school).filter(kind=AssetKind.SERVER)
    return list(rows.exclude(state__in=("disposing", "lost")).exclude(room__restricted=True))


def restricted_or_404(school: School, pk: int) -> Room:
    """Return one restricted room of a school with its figures."""
    found = restricted_rooms(school).select_related("school").filter(pk=pk).first()
    if found is None:
        raise Http404("no such room")
    return found


def access_to(room: Room) -> QuerySet[RoomAccess, RoomAccess]:
    """Return who may enter a room or might once, those of today first."""
    rows = room.access.select_related("person", "given_by", "ended_by")
    return rows.order_by("ended_at", "-pk").reverse()


def access_or_404(school: School, pk: int) -> RoomAccess:
    """Return one access of a school with its room."""
    rows = RoomAccess.objects.filter(school=school, pk=pk, ended_at=None)
    found = rows.select_related("room", "person").first()
    if found is None:
        raise Http404("no such access")
    return found


def servers_in(room: Room) -> list[Asset]:
    """Return the servers in a room, by tag."""
    rows = room.assets.filter(kind=AssetKind.SERVER).exclude(state="disposed")
    return list(rows.order_by("tag"))

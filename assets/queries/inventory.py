"""Read the register of equipment: its devices, disks, rooms and lives (AST-01)."""

from django.db.models import QuerySet
from django.http import Http404

from assets.models import (
    Asset,
    AssetEvent,
    BatchItem,
    Installation,
    Loan,
    Medium,
    Room,
    Upkeep,
)
from assets.workflow import ASSET_GONE
from people.models import School

MOST = 20


def assets_of(school: School) -> QuerySet[Asset, Asset]:
    """Return the devices of a school with room and holder, those disposed of too."""
    return Asset.objects.filter(school=school).select_related("school", "room", "holder")


def assets_here(school: School) -> QuerySet[Asset, Asset]:
    """Return the devices of a school that are not disposed of."""
    return assets_of(school).exclude(state__in=ASSET_GONE)


def asset_by_tag(school: School, tag: str) -> Asset | None:
    """Return the device of a tag, in large or small letters, or None."""
    return assets_of(school).filter(tag__iexact=tag.strip()).first()


def asset_or_404(school: School, pk: int) -> Asset:
    """Return one device of a school with room and holder."""
    found = assets_of(school).filter(pk=pk).first()
    if found is None:
        raise Http404("no such device")
    return found


def media_of(asset: Asset) -> list[Medium]:
    """Return the disks of a device, those in it first."""
    media = list(asset.media.all())
    return sorted(media, key=lambda medium: (medium.removed_at is not None, medium.pk))


def medium_or_404(school: School, pk: int) -> Medium:
    """Return one disk of a school with its device."""
    rows = Medium.objects.filter(school=school).select_related("asset__school")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404("no such medium")
    return found


def life_of(asset: Asset, most: int) -> list[AssetEvent]:
    """Return the latest lines of a device's life, newest first."""
    return list(asset.events.select_related("by")[:most])


def rooms_of(school: School) -> QuerySet[Room, Room]:
    """Return the rooms in which equipment may stand, by name."""
    return Room.objects.filter(school=school, ended_at=None)


def loans_of(asset: Asset) -> list[Loan]:
    """Return the latest loans of a device, newest first."""
    return list(asset.loans.select_related("borrower")[:MOST])


def upkeep_of(asset: Asset) -> list[Upkeep]:
    """Return the latest repairs and checks of a device, newest first."""
    return list(asset.upkeep.all()[:MOST])


def programs_on(asset: Asset) -> list[Installation]:
    """Return the programs that are on a device, by title."""
    rows = asset.installations.filter(removed_date=None).select_related("software")
    return list(rows.order_by("software__title", "pk"))


def disposal_of(asset: Asset) -> BatchItem | None:
    """Return the place of a device in a disposal it was not taken out of, with the disposal."""
    return asset.disposals.filter(removed_at=None).select_related("batch").first()

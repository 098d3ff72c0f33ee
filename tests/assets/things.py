"""Equipment for tests, made by the real actions."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from assets.actions import inventory
from assets.actions.inventory import AssetDetails, MediumDetails
from assets.models import Asset, Medium
from tests.cast import NOW, Cast

MODELS = {
    "laptop": ("Lenovo", "ThinkPad L13"),
    "server": ("Dell", "PowerEdge T360"),
    "phone": ("Samsung", "Galaxy A15"),
    "display": ("Promethean", "ActivPanel 9"),
}


def add(cast: Cast, tag: str, kind: str = "laptop", *, at: datetime = NOW, **details: Any) -> Asset:
    """Enter a device, as Tina does; one that keeps data unless it is a screen."""
    make, model = MODELS.get(kind, ("Acme", "One"))
    values = {"make": make, "model": model, "keeps_data": kind != "display", **details}
    return inventory.add_asset(
        school=cast.school,
        submission=uuid4(),
        details=AssetDetails(tag=tag, kind=kind, **values),
        by=cast.tina,
        at=at,
    )


def in_service(cast: Cast, tag: str, kind: str = "laptop", **details: Any) -> Asset:
    """Enter a device and put it in service, encrypted and protected if it keeps data."""
    return start(cast, add(cast, tag, kind, **details))


def start(cast: Cast, asset: Asset, *, at: datetime = NOW) -> Asset:
    """Put a device in service."""
    return inventory.put_in_service(
        asset=asset,
        encryption="yes" if asset.keeps_data else "not_needed",
        antivirus="Defender" if asset.keeps_data else "",
        version=asset.version,
        by=cast.tina,
        at=at,
    )


def medium(cast: Cast, asset: Asset, serial: str, kind: str = "ssd") -> Medium:
    """Note a disk of a device; read the device again afterwards."""
    details = MediumDetails(kind=kind, serial=serial, gigabytes=512)
    return inventory.add_medium(asset=asset, details=details, by=cast.tina, at=NOW)


def server(cast: Cast, tag: str, *serials: str) -> Asset:
    """Enter a server in service with its disks."""
    asset = in_service(cast, tag, "server")
    for serial in serials:
        medium(cast, asset, serial, "hdd")
    return again(asset)


def redundant(cast: Cast, asset: Asset, *, at: datetime = NOW) -> Asset:
    """Say that a device is no longer wanted."""
    asset = again(asset)
    return inventory.make_redundant(
        asset=asset, reason="Too old.", version=asset.version, by=cast.tina, at=at
    )


def again(asset: Asset) -> Asset:
    """Return a device as it stands now."""
    return Asset.objects.select_related("school", "room", "holder").get(pk=asset.pk)

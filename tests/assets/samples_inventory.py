"""Records for the pages of the register, software and stock-takes, and rows for their lists."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from assets.actions import inventory_imports as imports
from assets.actions import software as programs
from assets.actions import stock
from assets.models import Asset, AssetImport, Installation, Medium, Room, Software, StockTake
from assets.queries.stock import open_take
from tests.assets import things
from tests.cast import NOW, Cast
from tests.list_page import ListPage


def asset(cast: Cast) -> Asset:
    """Return a device that is being set up."""
    return things.add(cast, "S-001", room_name="Office")


def room(cast: Cast) -> Room:
    """Return a room in which nothing stands."""
    return Room.objects.create(school=cast.school, name="Cupboard")


def medium(cast: Cast) -> Medium:
    """Return a disk that is in a device."""
    return things.medium(cast, things.in_service(cast, "S-002", "server"), "DISK-1", "hdd")


def program(cast: Cast, title: str = "Scratch") -> Software:
    """Enter a program that nobody counts."""
    details = programs.SoftwareDetails(title=title, licence_kind="site")
    return programs.add_software(
        school=cast.school, submission=uuid4(), details=details, by=cast.tina, at=NOW
    )


def installation(cast: Cast) -> Installation:
    """Return a program on a device."""
    made = program(cast, "Python")
    things.in_service(cast, "S-003")
    programs.add_installations(software=made, tags=["S-003"], by=cast.tina, at=NOW)
    return made.installations.get()


def take(cast: Cast) -> StockTake:
    """Return the stock-take that is open, with one device marked as missing."""
    made = stock.open_stock_take(school=cast.school, name="Autumn", by=cast.tina, at=NOW)
    stock.mark_missing(take=made, asset=things.add(cast, "S-004"), by=cast.tina, at=NOW)
    return made


def upload(cast: Cast, number: int = 0) -> AssetImport:
    """Return an import of equipment whose columns were chosen."""
    made = imports.open_asset_import(
        school=cast.school,
        name=f"list-{number}.csv",
        content=b"Tag,Kind,Make,Model\nU-1,laptop,Dell,3420\n",
        by=cast.tina,
        at=NOW,
    )
    columns = {"tag": "Tag", "kind": "Kind", "make": "Make", "model": "Model"}
    imports.choose_asset_columns(upload=made, columns=columns, by=cast.tina, at=NOW)
    return made


def _closed(cast: Cast, number: int) -> None:
    made = open_take(cast.school) or stock.open_stock_take(
        school=cast.school, name=str(number), by=cast.tina, at=NOW
    )
    lost = things.add(cast, f"C-{number}")
    stock.mark_missing(take=made, asset=lost, by=cast.tina, at=NOW)
    stock.close_stock_take(take=made, version=made.version, by=cast.tina, at=NOW)


BY_PAGE: dict[str, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys(
        ("asset_detail", "asset_edit", "asset_put_in_service", "asset_redundant", "medium_add"),
        lambda made: {"pk": made.once(asset).pk},
    ),
    **dict.fromkeys(
        (
            "asset_import_apply",
            "asset_import_cancel",
            "asset_import_mapping",
            "asset_import_preview",
        ),
        lambda made: {"pk": made.once(upload).pk},
    ),
    **dict.fromkeys(("room_end", "room_rename"), lambda made: {"pk": made.once(room).pk}),
    "medium_remove": lambda made: {"pk": made.once(medium).pk},
    "asset_scan": lambda made: {"tag": made.once(asset).tag},
    **dict.fromkeys(
        ("software_detail", "software_edit", "software_end", "installation_add"),
        lambda made: {"pk": made.once(program).pk},
    ),
    "incident_from_installation": lambda made: {"pk": made.once(installation).pk},
    "installation_remove": lambda made: {"pk": made.once(installation).pk},
    **dict.fromkeys(
        ("stock_take_detail", "stock_take_close"),
        lambda made: {"pk": made.once(take).pk},
    ),
    "stock_take_room": lambda made: {"pk": made.once(take).pk, "room": 0},
}

LISTS: dict[str, ListPage] = {
    "asset_list": ListPage(
        lambda cast, number: things.add(
            cast, f"L-{number}", room_name=f"Room {number}", holder=cast.tom
        )
    ),
    "room_list": ListPage(
        lambda cast, number: things.add(cast, f"R-{number}", room_name=str(number))
    ),
    "asset_import_list": ListPage(upload, who="tina"),
    "software_list": ListPage(lambda cast, number: program(cast, f"Program {number}")),
    "stock_take_list": ListPage(_closed),
}

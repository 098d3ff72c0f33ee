"""A school with as much equipment as a large one has, and the pages of it that are measured."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from assets.models import Asset, AssetEvent, Medium, Room
from assets.vocabulary import KEEPS_DATA
from common.scope import school_scope
from people.models import Person, School
from safeguard.bench.timing import analyze

MOST = 20_000
ROOMS = 120
KINDS = (*("laptop",) * 8, *("tablet",) * 5, *("desktop",) * 3, "display", "printer", "phone")
STATES = (*("in_service",) * 90, *("registered",) * 4, "redundant", "lost", *("disposed",) * 4)
ENCRYPTIONS = (*("yes",) * 7, "no", "unknown")
MODELS = (("Lenovo", "ThinkPad L13"), ("Dell", "Latitude 3420"), ("Apple", "iPad 10"))
RARE_MODEL = "Chinchilla 3000"
LINES = 8

Page = Callable[..., Callable[[], Any]]


def write_equipment(school: School, rows: int, now: datetime) -> None:
    """Write so many devices, at most 20,000, with rooms, disks and lives, unless they are there."""
    with school_scope(school.pk):
        if Asset.objects.exists():
            return
        random = Random(school.slug)  # noqa: S311  no secrets
        staff = list(Person.objects.filter(school=school, kind="staff"))
        rooms = Room.objects.bulk_create(
            Room(school=school, name=f"Room {n}") for n in range(ROOMS)
        )
        made = Asset.objects.bulk_create(
            _assets(school, rooms, staff, random, min(rows, MOST), now), batch_size=2000
        )
        Medium.objects.bulk_create(_media(made, now), batch_size=5000)
        AssetEvent.objects.bulk_create(_events(made, now), batch_size=5000)
    for table in ("asset", "medium", "assetevent", "room"):
        analyze(f"assets_{table}")


def equipment_pages(school: School, role: str, page: Page) -> dict[str, Callable[[], Any]]:
    """Return the pages of equipment of a role by name; a class teacher sees none of them."""
    if role != "dsl":
        return {}
    with school_scope(school.pk):
        held = Asset.objects.filter(school=school, keeps_data=True).order_by("tag")
        asset = held[held.count() // 2]
    return {
        "asset_list": page("asset_list"),
        "asset_list_filtered": page("asset_list", kind="laptop", encryption="no", sort="-tag"),
        "asset_search": page("asset_list", q=RARE_MODEL),
        "asset_detail": page("asset_detail", asset.pk),
    }


def _assets(
    school: School,
    rooms: list[Room],
    staff: list[Person],
    random: Random,
    count: int,
    now: datetime,
) -> Iterator[Asset]:
    for n in range(count):
        kind, state = random.choice(KINDS), random.choice(STATES)
        make, model = random.choice(MODELS)
        yield Asset(
            school=school,
            tag=f"B-{n:05}",
            submission=UUID(int=random.getrandbits(128), version=4),
            state=state,
            kind=kind,
            make=make,
            model=RARE_MODEL if n % 997 == 0 else model,
            serial=f"{random.getrandbits(40):010X}",
            room=random.choice(rooms),
            holder=random.choice(staff) if n % 3 == 0 else None,
            bought_date=now.date() - timedelta(days=random.randrange(2_500)),
            support_until=now.date() + timedelta(days=random.randrange(-300, 1_500)),
            encryption=random.choice(ENCRYPTIONS),
            antivirus="Defender",
            keeps_data=kind in KEEPS_DATA,
            added_by=staff[0],
            added_at=now - timedelta(days=400),
            disposed_at=now if state == "disposed" else None,
        )


def _media(made: list[Asset], now: datetime) -> Iterator[Medium]:
    for asset in made:
        if asset.keeps_data:
            yield Medium(
                school=asset.school,
                asset=asset,
                kind="ssd",
                serial=f"D{asset.serial}",
                gigabytes=256,
                added_at=now,
            )


def _events(made: list[Asset], now: datetime) -> Iterator[AssetEvent]:
    for asset in made:
        for n in range(LINES):
            yield AssetEvent(
                school=asset.school,
                asset=asset,
                step="edit_asset" if n else "add_asset",
                after=asset.state,
                text="Room: Room 1 → Room 2",
                by=asset.added_by,
                at=now - timedelta(days=LINES - n),
            )

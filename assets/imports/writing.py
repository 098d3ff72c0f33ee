"""Write a plan of equipment in few statements: devices, rooms that are new, and their lives."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from assets.imports.plan import OWN, Register, ready
from assets.models import Asset, AssetEvent, Room
from assets.steps.rooms import REOPENED, reopen
from people.imports.plan import Entry, Plan
from people.imports.rows import Values
from people.imports.writing import batches, rewrite
from people.models import Person

Tell = Callable[[int], None]


def write_plan(register: Register, plan: Plan, *, by: Person, at: datetime, tell: Tell) -> None:
    """Write what is new and what changed; ``tell`` is told how many rows are written."""
    rooms = _rooms(register, [*plan.added, *plan.changed])
    for batch in batches(plan.added):
        _write_new(register, rooms, batch, by, at)
        tell(len(batch))
    for batch in batches(plan.changed):
        _write_changed(register, rooms, batch, by, at)
        tell(len(batch))


def _rooms(register: Register, entries: Iterable[Entry]) -> dict[str, Room]:
    """Return the rooms by name in small letters; new ones are made, ended ones used again."""
    school = register.school
    rooms = {room.name.casefold(): room for room in Room.objects.filter(school=school)}
    named: dict[str, str] = {}
    for entry in entries:
        named.setdefault(entry.after["room_name"].casefold(), entry.after["room_name"])
    wanted = {key: name for key, name in named.items() if name and key not in rooms}
    ended = [reopen(rooms[key]) for key in named if key in rooms and rooms[key].ended_at]
    Room.objects.bulk_update(ended, REOPENED)
    made = Room.objects.bulk_create(Room(school=school, name=name) for name in wanted.values())
    return rooms | {room.name.casefold(): room for room in made}


def _fields(register: Register, rooms: dict[str, Room], after: Values) -> dict[str, object]:
    people = register.people.get(after["holder_email"], [])
    return {
        **{name: after[name] for name in OWN},
        "room": rooms.get(after["room_name"].casefold()),
        "holder_id": people[0] if people else None,
    }


def _write_new(
    register: Register,
    rooms: dict[str, Room],
    entries: Sequence[Entry],
    by: Person,
    at: datetime,
) -> None:
    """Write new devices: in service where all is said that has to be, else being set up."""
    made = Asset.objects.bulk_create(
        Asset(
            school=register.school,
            submission=uuid4(),
            state="in_service" if ready(entry.after) else "registered",
            added_by=by,
            added_at=at,
            **_fields(register, rooms, entry.after),
        )
        for entry in entries
    )
    AssetEvent.objects.bulk_create(_line(asset, "import_asset", "", by, at) for asset in made)


def _write_changed(
    register: Register,
    rooms: dict[str, Room],
    entries: Sequence[Entry],
    by: Person,
    at: datetime,
) -> None:
    """Write what changed of devices, each with its line; who holds a lent one is left alone."""
    rows = Asset.objects.select_for_update(of=("self",)).in_bulk(
        [entry.after["pk"] for entry in entries]
    )
    lines = []
    for entry in entries:
        asset = rows[entry.after["pk"]]
        fields = _fields(register, rooms, entry.after)
        if entry.after["holder_email"] == entry.before["holder_email"]:
            del fields["holder_id"]
        for name, value in fields.items():
            setattr(asset, name, value)
        asset.version += 1
        words = "; ".join(f"{one.label}: {one.before} → {one.after}" for one in entry.changes)
        lines.append(_line(asset, "edit_asset", f"From a file. {words}"[:500], by, at))
    rewrite(list(rows.values()), [*OWN, "room", "holder", "version"])
    AssetEvent.objects.bulk_create(lines)


def _line(asset: Asset, step: str, text: str, by: Person, at: datetime) -> AssetEvent:
    return AssetEvent(
        school_id=asset.school_id,
        asset=asset,
        step=step,
        before="" if step == "import_asset" else asset.state,
        after=asset.state,
        text=text,
        by=by,
        at=at,
    )

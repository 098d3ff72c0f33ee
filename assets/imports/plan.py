"""Compare a file of equipment with the register. Writes nothing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from assets.imports.columns import FIELDS
from assets.models import Asset, Medium
from assets.showing.asset_words import FIELDS as LABELS
from assets.showing.asset_words import in_words
from assets.vocabulary import KEEPS_DATA, AssetKind, Encryption
from people.imports.plan import Change, Entry, Plan
from people.imports.reading import Table
from people.imports.rows import BadRow, Row, Values, clean_rows, refuse_twice, typed_keys
from people.models import School
from people.queries import current_people

NAMES = [one.name for one in FIELDS]
OWN = [name for name in NAMES if name not in {"room_name", "holder_email"}]
BLANK: Values = {
    **dict.fromkeys(NAMES, ""),
    **dict.fromkeys(("bought_date", "cost", "warranty_until", "review_date", "support_until")),
    "encryption": str(Encryption.UNKNOWN),
    "keeps_data": False,
    "hazardous": False,
}
WAITS = "It waits to be put in service: encryption or antivirus is not said."


class Register:
    """What the register holds now, by tag in capitals. Four queries whatever its size."""

    def __init__(self, school: School, today: date) -> None:
        self.school = school
        rows = Asset.objects.filter(school=school).values(
            "pk", "state", "protected_data", "room__name", "holder__email", *OWN
        )
        self.assets: dict[str, Values] = {}
        for row in rows:
            row["room_name"] = row.pop("room__name") or ""
            row["holder_email"] = (row.pop("holder__email") or "").lower()
            self.assets[row["tag"].upper()] = row
        inside = Medium.objects.filter(school=school, removed_at=None)
        self.with_disks = set(inside.values_list("asset_id", flat=True))
        self.people: dict[str, list[int]] = {}
        for pk, email in current_people(school, on=today).values_list("pk", "email"):
            if email:
                self.people.setdefault(email.lower(), []).append(pk)


def plan_rows(register: Register, table: Table, columns: Mapping[str, str], today: date) -> Plan:
    """Return what a file would do to the register: new, changed, unchanged, and bad rows with why.

    An empty cell leaves what is known as it is. Refuses as a whole a file with one tag twice.
    Nothing is ever deleted.
    """
    typed = typed_keys(("tag",), table, columns)
    refuse_twice([(number, (tag.upper(),)) for number, (tag,) in typed])
    tags = {number: tag for number, (tag,) in typed}
    rows, bad = clean_rows(FIELDS, ("tag",), table, columns, today)
    plan = Plan(bad=[replace(row, name=tags.get(row.number, "")) for row in bad])
    for row in rows:
        _place(plan, register, row)
    plan.bad.sort(key=lambda row: row.number)
    return plan


def _place(plan: Plan, register: Register, row: Row) -> None:
    before = register.assets.get(row.key[0].upper())
    after = _merged(before, row.values)
    reasons = _reasons(register, before, after)
    if reasons:
        plan.bad.append(BadRow(row.number, row.key[0], tuple(reasons)))
        return
    entry = Entry(
        row=row.number,
        key=row.key,
        name=row.key[0],
        detail=f"{_label('kind', after['kind'])}, {after['make']} {after['model']}",
        before={name: before[name] for name in NAMES} | {"pk": before["pk"]} if before else {},
        after=after | ({"pk": before["pk"]} if before else {}),
        changes=_changes(before, after) if before else (),
        note="" if before or ready(after) else WAITS,
    )
    if before is None:
        plan.added.append(entry)
    elif entry.changes:
        plan.changed.append(entry)
    else:
        plan.unchanged += 1


def _merged(before: Values | None, values: Values) -> Values:
    """Return what would hold after a row; a new device of a usual kind keeps data unless said."""
    said = {name: value for name, value in values.items() if value not in ("", None)}
    if before is None:
        return {**BLANK, "keeps_data": values.get("kind") in KEEPS_DATA, **said}
    after = {**{name: before[name] for name in NAMES}, **said, "tag": before["tag"]}
    if after["room_name"].casefold() == before["room_name"].casefold():
        after["room_name"] = before["room_name"]
    return after


def _reasons(register: Register, before: Values | None, after: Values) -> list[str]:
    """Return why a row cannot be taken although each of its cells is good."""
    found = []
    if before is None:
        missing = [LABELS[name] for name in ("kind", "make", "model") if not after[name]]
        if missing:
            found.append(f"A new device needs: {', '.join(missing)}.")
    elif before["state"] == "disposed":
        found.append("This device is disposed of. What is known of it stays as it is.")
    held = before["holder_email"] if before else ""
    if after["holder_email"] != held:
        found += _holder(register, before, after["holder_email"])
    return found + _data(register, before, after)


def _holder(register: Register, before: Values | None, email: str) -> list[str]:
    if before and before["state"] == "on_loan":
        return ["This device is lent. Take it back before somebody else holds it."]
    people = register.people.get(email, [])
    if len(people) == 1:
        return []
    who = "Nobody" if not people else "More than one person"
    return [f"{who} at the school has the e-mail address “{email}”."]


def _data(register: Register, before: Values | None, after: Values) -> list[str]:
    if after["keeps_data"]:
        wrong = after["encryption"] == Encryption.NOT_NEEDED
        return ["It keeps data, so encryption cannot be “not needed”."] if wrong else []
    if before and (before["protected_data"] or before["pk"] in register.with_disks):
        return ["Protected data or disks are in it, so it counts as keeping data."]
    return []


def _changes(before: Values, after: Values) -> tuple[Change, ...]:
    return tuple(
        Change(one.label, _label(one.name, before[one.name]), _label(one.name, after[one.name]))
        for one in FIELDS
        if before[one.name] != after[one.name]
    )


def _label(name: str, value: Any) -> str:
    return in_words(name, AssetKind(value).label if name == "kind" and value else value)


def ready(values: Values) -> bool:
    """Return whether a new device may be in service at once (AST-17, AST-18)."""
    said = values["encryption"] in {Encryption.YES, Encryption.NO} and values["antivirus"]
    return bool(said) or not values["keeps_data"]

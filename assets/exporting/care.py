"""Declarations of personal use and mobile devices as sheets: their columns, and their rows."""

from collections.abc import Sequence
from typing import Any

from assets.exporting.own_devices import day
from assets.exporting.taken import yes
from assets.models import UseDeclaration
from assets.queries.declarations import declaration_rows
from assets.queries.device_checks import mobile_devices, with_checks
from people.models import School

DECLARED = (
    *("Person", "Tax year from", "Tax year until", "Significant use", "From", "Until", "What for"),
    *("Declared", "Payroll told", "By"),
)
MOBILE = (
    *("Tag", "Device", "Serial number", "Held by", "Room", "Checked", "Encrypted", "Locked"),
    *("Protected", "Nothing personal", "Last wiped", "Account", "Knows the PIN", "Note"),
)


def declaration_cells(school: School, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return the rows of some declarations in the order of ``keys``. One query."""
    found = declaration_rows(school).in_bulk(list(keys))
    return [_declared(found[key]) for key in keys if key in found]


def mobile_cells(school: School, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return the rows of some mobile devices in the order of ``keys``. Two queries."""
    found = {one.pk: one for one in with_checks(list(mobile_devices(school).filter(pk__in=keys)))}
    return [_mobile(found[key]) for key in keys if key in found]


def _declared(one: UseDeclaration) -> tuple[Any, ...]:
    return (
        one.person,
        day(one.from_date),
        day(one.until_date),
        yes(one.significant),
        day(one.used_from),
        day(one.used_until),
        one.words,
        day(one.declared_at),
        day(one.passed_at),
        one.passed_by or "",
    )


def _mobile(asset: Any) -> tuple[Any, ...]:
    known = (asset.tag, asset.name, asset.serial, asset.holder or "", asset.room or "")
    check = asset.latest
    if check is None:
        return (*known, *[""] * (len(MOBILE) - len(known)))
    return (
        *known,
        day(check.at),
        yes(check.encrypted),
        yes(check.locked),
        yes(check.protected),
        yes(check.impersonal),
        day(check.wiped_date),
        check.account,
        check.custodian or "",
        check.note,
    )

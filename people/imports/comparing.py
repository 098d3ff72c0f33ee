"""Compare the rows of a file with the register. Writes nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from common.dates import uk_date
from people.imports.importer import Importer
from people.imports.plan import Change, Entry, Plan
from people.imports.reading import Table
from people.imports.rows import (
    BadRow,
    Row,
    Values,
    clean_rows,
    name_of,
    refuse_twice,
    typed_keys,
)


def make_plan(importer: Importer, table: Table, columns: Mapping[str, str]) -> Plan:
    """Return what a file would do to the register.

    Refuses as a whole a file with one number twice, or in which people care for each other in a
    circle. A bad row is kept aside with its reasons.
    """
    keys = typed_keys(importer.key_fields, table, columns)
    refuse_twice(keys)
    importer.check_file(keys)
    rows, bad = clean_rows(importer.fields, importer.key_fields, table, columns, importer.today)
    plan = Plan(bad=bad)
    for row in rows:
        reasons = importer.check_row(row)
        if reasons:
            plan.bad.append(BadRow(row.number, name_of(row.values), tuple(reasons)))
        else:
            _place(plan, importer, row)
    plan.bad.sort(key=lambda row: row.number)
    plan.leavers = importer.leavers({key for _, key in keys})  # a bad row has not left
    return plan


def _place(plan: Plan, importer: Importer, row: Row) -> None:
    before = importer.before(row.key)
    after = importer.merge(row.key, before or {}, row.values)
    if before is None and after["left_date"] and after["left_date"] < importer.today:
        plan.left_before += 1
        return
    changes = _changes(importer, before, after) if before is not None else ()
    note = importer.note(before, after)
    entry = Entry(
        row.number,
        row.key,
        name_of(after),
        importer.detail(after),
        before or {},
        after,
        changes,
        note,
    )
    if before is None:
        plan.added.append(entry)
    elif changes:
        plan.changed.append(entry)
    else:
        plan.unchanged += 1


def _changes(importer: Importer, before: Values, after: Values) -> tuple[Change, ...]:
    return tuple(
        Change(label, _shown(before.get(name)), _shown(after.get(name)))
        for name, label in importer.compared
        if before.get(name) != after.get(name)
    )


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return uk_date(value)
    return str(value) if value else "nothing"

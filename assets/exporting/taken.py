"""Items taken and searches as sheets: their columns, and their rows; no incident's number."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from assets.models import Confiscation, SearchRecord
from assets.queries.taken import item_rows, sees_suspicion
from assets.queries.taken_searches import search_rows
from people.models import Person

ITEM_HEADING = (
    *("Number", "State", "Pupil", "Class", "What", "Looks like", "Label", "Condition", "Why"),
    *("Taken", "Taken by", "Kept", "Collect by", "Parent told", "Suspected images"),
    *("Given back", "To", "Condition then"),
)
SEARCH_HEADING = (
    *("Number", "Pupil", "Class", "Searched", "When", "Where", "For", "Why", "Agreed"),
    *("By", "Authorised by", "Witness", "Confirmed", "Others there", "Police", "Found", "What"),
    *("Suspected images", "On the device", "Follow-up", "Parents told", "Recorded by"),
)


def item_cells(person: Person, powers: Collection[str], keys: Sequence[int]) -> list[tuple]:
    """Return the rows of some items in the order of ``keys``; hidden ones are left out."""
    found = {one.pk: one for one in item_rows(person, powers).filter(pk__in=keys)}
    return [_item(found[key], person, powers) for key in keys if key in found]


def search_cells(person: Person, powers: Collection[str], keys: Sequence[int]) -> list[tuple]:
    """Return the rows of some searches in the order of ``keys``; hidden ones are left out."""
    found = {one.pk: one for one in search_rows(person, powers).filter(pk__in=keys)}
    return [_search(found[key]) for key in keys if key in found]


def _item(item: Confiscation, person: Person, powers: Collection[str]) -> tuple[Any, ...]:
    suspected = item.suspected and sees_suspicion(item, person, powers)
    return (
        item.reference,
        item.get_state_display(),
        item.pupil,
        item.class_name or "",  # type: ignore[attr-defined]
        item.get_kind_display(),
        item.item,
        item.item_tag,
        item.get_condition_display(),
        item.get_rule_display(),
        moment(item.taken_at),
        item.taken_by,
        item.stored_where,
        item.due_date.isoformat(),
        moment(item.parent_told_at),
        yes(suspected),
        moment(item.returned_at),
        item.returned_to or "",
        item.get_returned_condition_display(),
    )


def _search(search: SearchRecord) -> tuple[Any, ...]:
    return (
        search.reference,
        search.pupil,
        search.class_name or "",  # type: ignore[attr-defined]
        search.get_kind_display(),
        moment(search.searched_at),
        search.place,
        search.get_sought_display(),
        search.reason,
        yes(search.agreed),
        search.searched_by,
        search.authorised_by,
        search.witness or search.no_witness_reason,
        moment(search.witness_confirmed_at),
        search.others_present,
        search.police_reference or yes(search.by_police),
        yes(search.found),
        search.found_what,
        yes(search.suspected),
        search.get_deletion_display(),
        search.follow_up,
        moment(search.parents_told_at),
        search.recorded_by,
    )


def yes(value: bool) -> str:
    """Return whether something is so, in a word."""
    return "Yes" if value else "No"


def moment(value: datetime | None) -> str:
    """Return a moment as a sheet sorts it."""
    return f"{localtime(value):%Y-%m-%d %H:%M}" if value else ""

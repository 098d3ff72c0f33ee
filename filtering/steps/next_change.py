"""Which steps of a filter change a person may take now, and whom it waits for."""

from collections.abc import Collection
from datetime import date

from common.workflow import Step
from filtering.conditions.changes import ALWAYS_APART, conflict_of
from filtering.models import ChangeRequest
from filtering.workflow import CHANGE
from people.models import Person

# What the page of a step asks of the record itself.
PARTS = {"approve_change": "decide", "make_change": "make"}
APART = {"test_change": "test", "check_put_back": "check"}
OWN = {"edit_change", "withdraw_change"}
FOR_A_TIME = {"revoke_change", "extend_change"}
WAITS = {
    "submitted": "It waits for the safeguarding lead to assess the risk.",
    "awaiting": "It waits for the headteacher to decide.",
    "approved": "It waits for whoever manages the filter to make it.",
    "made": "It waits for a second person to test it.",
    "active": "It is open. It ends by itself after its last day.",
    "undo": "It waits for whoever manages the filter to put it back.",
    "put_back": "It waits for a second person to check that it is as it was.",
}


def steps_now(
    change: ChangeRequest,
    person: Person,
    powers: Collection[str],
    *,
    lifted: bool,
    on: date,
) -> list[Step]:
    """Return the steps with a page that a person may take now, the likely one first.

    ``lifted`` says whether the governors' exception is in force. What is left out here is refused
    by the actions in words.
    """
    found = [
        step
        for step in CHANGE.open_to(change.state, powers)
        if step.page and _fits(step.name, change, person, lifted=lifted, on=on)
    ]
    return sorted(found, key=lambda step: not step.main)


def _fits(name: str, change: ChangeRequest, person: Person, *, lifted: bool, on: date) -> bool:
    blocked = change.emergency and change.made_at is not None
    if name in OWN:
        mine = change.asked_by_id == person.pk and not blocked
        fixed = change.extends_id or change.emergency
        return mine and not (name == "edit_change" and fixed)
    if name in FOR_A_TIME:
        return change.until_date is not None and (name != "extend_change" or change.state != "made")
    if name in APART:
        return getattr(change, ALWAYS_APART[APART[name]][0]) != person.pk
    if name == "make_change" and change.from_date and change.from_date > on:
        return False
    return name not in PARTS or lifted or not conflict_of(change, PARTS[name], person)


def waits_words(change: ChangeRequest, person: Person, powers: Collection[str]) -> str:
    """Return why there is nothing for a person to do: their own part, or whom it waits for."""
    for step in CHANGE.open_to(change.state, powers):
        why = conflict_of(change, PARTS.get(step.name, ""), person)
        own = ALWAYS_APART.get(APART.get(step.name, ""))
        if own and getattr(change, own[0]) == person.pk:
            why = own[1]
        if why:
            return why
    return WAITS.get(change.state, "This request has ended.")

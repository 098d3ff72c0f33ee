"""Which entries of the trail a person may read: the trail is no side door to a restricted case.

An app whose records may be restricted has a module ``trail_visibility`` with
``hidden_entries(person, powers) -> Q``, which names the entries this person may not read.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from audit.models import Entry
from common.discovery import discover


def hidden_entries(person: Any, powers: Collection[str]) -> Q:
    """Return the entries that some app keeps from a person (INC-08, INC-09, ROL-31)."""
    hidden = Q(pk__in=[])
    for _, module in discover("trail_visibility"):
        hidden |= module.hidden_entries(person, powers)
    return hidden


def visible_trail(person: Any, powers: Collection[str]) -> QuerySet[Entry, Entry]:
    """Return the entries of a person's school that they may read, newest first (SYS-03).

    Lists, counts and searches of the trail all start here.
    """
    entries = Entry.objects.filter(school_id=person.school_id)
    return entries.exclude(hidden_entries(person, powers)).order_by("-sequence")

"""Whose user name an alert bears, and about whom it therefore is (FIL-28, workflows c.8)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Lower

from filtering.vocabulary import AboutWhom
from people.models import Person, School
from roles.queries import assignments_on

# What a person may be known as to a monitoring product, surest first.
KEYS = ("address_key", "local_key", "number_key")


@dataclass(frozen=True)
class Known:
    """A person whom a user name means, and about whom an alert of theirs is."""

    pk: int
    about: str


def account_of(user_name: str) -> str:
    """Return a user name without its domain in front and in small letters."""
    return user_name.rsplit("\\", 1)[-1].strip().lower()


def match_names(school: School, user_names: Iterable[str], *, on: date) -> dict[str, Known]:
    """Return whom each user name means: by e-mail, by its part before the @, or by their number.

    A name that means two people equally well means nobody. Two queries for all of them.
    """
    accounts = {name: account_of(name) for name in user_names}
    wanted = {account for account in accounts.values() if account}
    if not wanted:
        return {}
    local: Any = Func(
        Lower("email"), Value("@"), Value(1), function="split_part", output_field=TextField()
    )
    keyed = Person.objects.filter(school=school).annotate(
        address_key=Lower("email"), local_key=local, number_key=Lower("external_id")
    )
    fits = Q()
    for key in KEYS:
        fits |= Q(**{f"{key}__in": wanted})
    found: dict[str, dict[str, set[tuple[int, str]]]] = {key: defaultdict(set) for key in KEYS}
    for pk, kind, *values in keyed.filter(fits).values_list("pk", "kind", *map(F, KEYS)):
        for key, value in zip(KEYS, values, strict=True):
            found[key][value].add((pk, kind))
    heads = _heads(school, on)
    known = {}
    for name, account in accounts.items():
        best = next((found[key][account] for key in KEYS if account and found[key][account]), set())
        if len(best) == 1:
            ((pk, kind),) = best
            known[name] = Known(pk, _about(pk, kind, heads))
    return known


def about_of(person: Person, *, on: date) -> str:
    """Return about whom an alert of this person is: a pupil, staff or the headteacher."""
    return _about(person.pk, person.kind, _heads(person.school, on))


def _about(pk: int, kind: str, heads: set[int]) -> str:
    if pk in heads:
        return AboutWhom.HEAD
    return AboutWhom.PUPIL if kind == Person.Kind.PUPIL else AboutWhom.STAFF


def _heads(school: School, on: date) -> set[int]:
    held = assignments_on(school, on).filter(role__code="head")
    return set(held.values_list("person", flat=True))

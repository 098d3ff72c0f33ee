"""Write people in few statements, and end what a leaving date ends."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Model, Q

from people.imports.importer import Importer, Tell
from people.imports.plan import Entry, Leaver
from people.models import CarerLink, Person, PupilEnrolment, School

BATCH = 500
T = TypeVar("T")
M = TypeVar("M", bound=Model)


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """Yield items in lists of a size that the database takes well."""
    left = iter(items)
    while batch := list(islice(left, BATCH)):
        yield batch


def rewrite(objects: Sequence[M], fields: Sequence[str]) -> None:
    """Write some fields of many rows that exist, in one statement a batch.

    Several times as fast as ``bulk_update``, which sends one CASE branch for each row and field.
    """
    for batch in batches(objects):
        type(batch[0])._default_manager.bulk_create(
            batch, update_conflicts=True, unique_fields=["id"], update_fields=fields
        )


def person_values(importer: Importer, after: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a row that is kept with the person."""
    names = [one.name for one in importer.fields if one.of_person]
    return {name: after[name] for name in (*names, "left_date") if name in after}


def add_people(importer: Importer, entries: Sequence[Entry], tell: Tell) -> dict[str, Person]:
    """Write new people, each once, without a user account; returns them by their numbers."""
    added: dict[str, Person] = {}
    for entry in entries:
        if entry.key[0] not in added:
            values = person_values(importer, entry.after) | {"external_id": entry.key[0]}
            added[entry.key[0]] = Person(
                school=importer.school, kind=importer.person_kind, **values
            )
    for batch in batches(added.values()):
        Person.objects.bulk_create(batch)
        tell(len(batch))
    return added


def change_people(importer: Importer, entries: Sequence[Entry], tell: Tell) -> dict[str, Person]:
    """Write what changed of people in the register; returns all people of the entries."""
    wanted = {entry.key[0]: person_values(importer, entry.after) for entry in entries}
    found: dict[str, Person] = {}
    for numbers in batches(wanted):
        people = Person.objects.filter(
            school=importer.school, kind=importer.person_kind, external_id__in=numbers
        )
        touched: set[str] = set()
        for person in people:
            found[person.external_id] = person
            for name, value in wanted[person.external_id].items():
                if getattr(person, name) != value:
                    setattr(person, name, value)
                    touched.add(name)
        if touched:
            rewrite([found[number] for number in numbers], sorted(touched))
        tell(len(numbers))
    return found


def mark_left(leavers: Sequence[Leaver], today: date) -> date:
    """Give yesterday as last day to people whom the file no longer names; returns it (ROL-29)."""
    last_day = today - timedelta(days=1)
    ids = [leaver.person_id for leaver in leavers if leaver.link_id is None]
    Person.objects.filter(pk__in=ids).update(left_date=last_day)
    return last_day


def close_places(*, school: School, on: date) -> int:
    """End the places and carer links of people whose last day lies before a day; may be repeated.

    Access needs no ending: whoever has left is refused by date alone (ROL-29).
    """
    gone = Person.objects.filter(school=school, left_date__lt=on)
    last_days = dict(gone.values_list("pk", "left_date"))
    # Plain lists: joining tables that this transaction has just filled can take minutes.
    ids = list(last_days)
    places = list(PupilEnrolment.objects.filter(pupil__in=ids, end_date=None))
    for place in places:
        place.end_date = last_days[place.pupil_id]
    links = list(CarerLink.objects.filter(Q(pupil__in=ids) | Q(carer__in=ids), end_date=None))
    for link in links:
        days = (last_days.get(link.pupil_id), last_days.get(link.carer_id))
        link.end_date = min(day for day in days if day)
    rewrite(places, ["end_date"])
    rewrite(links, ["end_date"])
    return len(places) + len(links)

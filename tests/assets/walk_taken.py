"""Walk items taken from pupils and records of searches by the real actions."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from assets.actions import taken, taken_searches, taken_steps
from assets.models import Confiscation, SearchRecord
from people.models import Person
from roles.actions import assign_role
from roles.models import Role, RoleAssignment
from tests.cast import NOW, START, Cast, make_person

LATER = timedelta(minutes=5)
DAY = timedelta(days=1)
BESIDE = ("submission", "exempt_known", "incident_reference")


def office(cast: Cast) -> Any:
    """Return Iris, who manages the office, made when first asked for."""
    if not hasattr(cast.people, "iris"):
        made = Person.objects.filter(school=cast.school, given_name="Iris").first()
        cast.people.iris = made or make_person(
            cast.school, "Iris", "Inkwell", "staff", "office_mgr", "staff"
        )
    return cast.people.iris


def pastoral(cast: Cast) -> Any:
    """Return Tess, who looks after pupils and so may search, but may not see every search."""
    role = Role.objects.get(school=cast.school, code="pastoral")
    if not RoleAssignment.objects.filter(role=role, person=cast.tess).exists():
        assign_role(role=role, person=cast.tess, start_date=START, by="tests", at=NOW)
    return cast.tess


def take(
    cast: Cast, pupil: str = "pia", *, who: str = "tom", at: Any = NOW, **more: Any
) -> Confiscation:
    """Take a phone from a pupil in a lesson."""
    told: dict[str, Any] = {
        "pupil": getattr(cast, pupil),
        "item": "Black Nokia",
        "rule": "lesson",
        "taken_at": at - LATER,
        "stored_where": "Office, drawer 2",
    }
    beside = {"submission": uuid4(), "school": cast.school}
    beside |= {name: more.pop(name) for name in BESIDE if name in more}
    taking = taken.Taking(**told | more)
    return taken.take_item(taking=taking, **beside, by=getattr(cast, who), at=at)


def now(item: Confiscation) -> Confiscation:
    """Return an item as it stands in the database."""
    return Confiscation.objects.select_related("school", "pupil").get(pk=item.pk)


def act(deed: str, cast: Cast, item: Confiscation, *, who: str = "hana", **values: Any) -> Any:
    """Do a deed on an item as it stands now, five minutes after it was taken."""
    values = {"version": now(item).version, "at": NOW + LATER, **values}
    return getattr(taken_steps, deed)(item=item, **values, by=getattr(cast, who))


def give_back(cast: Cast, item: Confiscation, to: str = "paul", **more: Any) -> Confiscation:
    """Give an item back to its pupil's father, who signs."""
    values = {"signed_name": "Paul Pease", "condition": "good", **more}
    return act("return_confiscated", cast, item, returned_to=getattr(cast, to), **values)


def search(cast: Cast, pupil: str = "pia", *, who: str = "dora", **more: Any) -> SearchRecord:
    """Record a search of a pupil's bag, at which nothing was found."""
    told: dict[str, Any] = {
        "kind": "person",
        "pupil": getattr(cast, pupil),
        "searched_at": NOW - LATER,
        "place": "Medical room",
        "searched_by": getattr(cast, who),
        "authorised_by": cast.hana,
        "witness": cast.tom,
        "sought": "tobacco",
        "reason": "A smell of smoke.",
        "found": False,
    }
    beside = {"submission": uuid4(), "school": cast.school, "at": NOW}
    beside |= {name: more.pop(name) for name in (*BESIDE, "at") if name in more}
    details = taken_searches.SearchDetails(**told | more)
    return taken_searches.record_search(details=details, **beside, by=getattr(cast, who))


def again(record: SearchRecord) -> SearchRecord:
    """Return a record as it stands in the database."""
    return SearchRecord.objects.select_related("school", "pupil").get(pk=record.pk)

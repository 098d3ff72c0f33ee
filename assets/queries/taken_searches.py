"""Read records of searches: who may see which, and what was added to each (R-SSC-1, MOB-10)."""

from collections.abc import Collection
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from assets.models import Confiscation, ItemEvent, SearchRecord
from people.models import Person, PupilEnrolment, School
from roles.queries import holders_of_power

PEOPLE = (
    *("pupil", "searched_by", "authorised_by", "witness"),
    *("recorded_by", "parents_told_by", "confiscation"),
)


def searches_visible_to(
    person: Person, powers: Collection[str]
) -> QuerySet[SearchRecord, SearchRecord]:
    """Return the searches a person may see: all by their power, else those they had a part in.

    Nobody sees the record of a search of themselves (ROL-31).
    """
    rows = SearchRecord.objects.filter(school=person.school_id).exclude(pupil=person)
    if "view_searches" in powers:
        return rows
    if "record_search" not in powers:
        return rows.none()
    return rows.filter(
        Q(recorded_by=person) | Q(searched_by=person) | Q(authorised_by=person) | Q(witness=person)
    )


def search_or_404(person: Person, powers: Collection[str], reference: str) -> SearchRecord:
    """Return one record with its people if the person may see it."""
    rows = searches_visible_to(person, powers).select_related("school", *PEOPLE)
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404("no such record")
    return found


def search_rows(person: Person, powers: Collection[str]) -> QuerySet[SearchRecord, SearchRecord]:
    """Return the searches a person may see, ready for a list, each with its pupil's class."""
    place = PupilEnrolment.objects.filter(pupil=OuterRef("pupil"), end_date=None)
    rows = searches_visible_to(person, powers).select_related(*PEOPLE)
    return rows.annotate(class_name=Subquery(place.values("school_class__name")[:1]))


def notes_of(search: SearchRecord) -> list[ItemEvent]:
    """Return what was added to a record after it was saved, the latest first."""
    return list(search.events.select_related("by"))


def searches_of_item(
    item: Confiscation, person: Person, powers: Collection[str]
) -> list[SearchRecord]:
    """Return the searches that go with an item, as far as the person may see them."""
    return list(searches_visible_to(person, powers).filter(confiscation=item).order_by("pk"))


def authorisers(school: School, *, on: date) -> QuerySet[Person, Person]:
    """Return who may authorise a search on a day, by name."""
    return holders_of_power(school, "authorise_search", on=on).order_by("family_name", "pk")

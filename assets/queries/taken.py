"""Read items taken from pupils: who may see which, who may fetch them, and their story (MOB-04)."""

from collections.abc import Collection
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from assets.models import Confiscation, Exemption, ItemEvent
from people.models import Person, PupilEnrolment, School, SchoolClass
from people.queries import carers_of, current_people
from roles.queries import current_holders, holders_of_power

HELD = ("held", "with_lead", "with_police")
PEOPLE = ("pupil", "taken_by", "held_by", "returned_to", "returned_by", "parent_told_by")


def items_visible_to(
    person: Person, powers: Collection[str]
) -> QuerySet[Confiscation, Confiscation]:
    """Return the items a person may see: all by their power, else what they took or hold."""
    rows = Confiscation.objects.filter(school=person.school_id).exclude(pupil=person)
    if "view_confiscations" in powers:
        return rows
    return rows.filter(Q(taken_by=person) | Q(held_by=person))


def item_or_404(person: Person, powers: Collection[str], reference: str) -> Confiscation:
    """Return one item with its people if the person may see it."""
    rows = items_visible_to(person, powers).select_related("school", *PEOPLE)
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404("no such item")
    return found


def item_rows(person: Person, powers: Collection[str]) -> QuerySet[Confiscation, Confiscation]:
    """Return the items a person may see, ready for a list, each with its ``class_name``."""
    place = PupilEnrolment.objects.filter(pupil=OuterRef("pupil"), end_date=None)
    rows = items_visible_to(person, powers).select_related("pupil", "taken_by", "returned_to")
    return rows.annotate(class_name=Subquery(place.values("school_class__name")[:1]))


def sees_suspicion(item: Confiscation, person: Person, powers: Collection[str]) -> bool:
    """Return whether a person may know that indecent images are suspected: lead, head, taker."""
    return "decide_confiscated" in powers or person.pk == item.taken_by_id


def lines_of(item: Confiscation) -> list[ItemEvent]:
    """Return what became of an item, the latest first."""
    return list(item.events.select_related("by"))


def fetchers_of(item: Confiscation) -> list[Person]:
    """Return to whom an item may be given: its pupil's carers with contact, and maybe the pupil.

    The pupil where the item was taken for the day, or where the school lets pupils fetch (INC-20).
    """
    links = carers_of([item.pupil])[item.pupil_id]
    people = [link.carer for link in links if not link.no_contact]
    if item.same_day or not item.school.setting("returned_to_parent"):
        people.append(item.pupil)
    return people


def exemption_of(pupil: Person, *, on: date) -> Exemption | None:
    """Return why a pupil may keep a device by them on a day, or None (R-SSC-4)."""
    rows = Exemption.objects.filter(pupil=pupil, from_date__lte=on, until_date__gte=on)
    return rows.filter(ended_at=None).first()


def leads_on(school: School, *, on: date) -> list[Person]:
    """Return who takes suspected items: the safeguarding lead, else whoever may decide on them."""
    return current_holders(school, "dsl", on=on) or list(
        holders_of_power(school, "decide_confiscated", on=on)
    )


def classes_of(school: School) -> QuerySet[SchoolClass, SchoolClass]:
    """Return the classes of a school by name."""
    return SchoolClass.objects.filter(school=school)


def pupil_of(school: School, number: str, *, on: date) -> Person | None:
    """Return a pupil by the number in an address, or None."""
    if not number.isdecimal():
        return None
    rows = current_people(school, on=on).filter(kind=Person.Kind.PUPIL)
    return rows.filter(pk=int(number)).first()

"""Read a school's people."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from common.scope import own_rows_scope
from people.models import CarerLink, Person, PupilEnrolment, School, SchoolSetting, Term, User


def schools_of(user: User) -> list[School]:
    """Return the schools a user belongs to today, by name."""
    today = timezone.localdate()
    with own_rows_scope(user.pk):
        ids = list(
            Person.objects.filter(
                Q(left_date=None) | Q(left_date__gte=today), user=user
            ).values_list("school_id", flat=True)
        )
    return list(School.objects.filter(pk__in=ids))


def current_people(school: School, *, on: date) -> QuerySet[Person, Person]:
    """Return the people who belong to a school on a day."""
    return Person.objects.filter(Q(left_date=None) | Q(left_date__gte=on), school=school)


def find_people(
    school: School, text: str, *, on: date, kinds: tuple[str, ...] = (), limit: int = 12
) -> list[dict[str, Any]]:
    """Return people whose names contain every word, each with class or role beside the name.

    For type-ahead; refuses to answer fewer than two letters with anything. Two queries.
    """
    words = text.split()[:4]
    if len("".join(words)) < 2:
        return []
    found = current_people(school, on=on)
    if kinds:
        found = found.filter(kind__in=kinds)
    for word in words:
        found = found.filter(
            Q(given_name__icontains=word)
            | Q(family_name__icontains=word)
            | Q(known_as__icontains=word)
        )
    people = list(found.select_related("staff")[:limit])
    enrolments = current_enrolments(people)
    return [
        {"id": person.pk, "name": person.full_name, "hint": _hint(person, enrolments)}
        for person in people
    ]


def current_enrolments(people: list[Person]) -> dict[int, PupilEnrolment]:
    """Return the open enrolment of each pupil among people, by person id. One query."""
    ids = [person.pk for person in people if person.kind == Person.Kind.PUPIL]
    if not ids:
        return {}
    rows = PupilEnrolment.objects.filter(pupil__in=ids, end_date=None)
    return {row.pupil_id: row for row in rows.select_related("school_class__teacher")}


def _hint(person: Person, enrolments: dict[int, PupilEnrolment]) -> str:
    enrolment = enrolments.get(person.pk)
    if enrolment:
        group = enrolment.school_class.name if enrolment.school_class else ""
        return ", ".join(part for part in (group, f"Year {enrolment.year_group}") if part)
    if person.kind == Person.Kind.STAFF and hasattr(person, "staff"):
        return person.staff.job_title or person.get_kind_display()
    return person.get_kind_display()


def carers_of(pupils: list[Person]) -> dict[int, list[CarerLink]]:
    """Return the carer links now in force of each pupil, by pupil id. One query."""
    found: dict[int, list[CarerLink]] = {pupil.pk: [] for pupil in pupils}
    links = CarerLink.objects.filter(pupil__in=list(found), end_date=None)
    for link in links.select_related("carer"):
        found[link.pupil_id].append(link)
    return found


def setting_history(school: School, name: str) -> QuerySet[SchoolSetting, SchoolSetting]:
    """Return every value a setting ever had, newest first."""
    return SchoolSetting.objects.filter(school=school, name=name).select_related("set_by")


def term_on(school: School, day: date) -> Term | None:
    """Return the term a day lies in, or None in the holidays."""
    return Term.objects.filter(school=school, start_date__lte=day, end_date__gte=day).first()

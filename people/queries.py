"""Read a school's people."""

from collections.abc import Collection
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from common.person_picker import PeopleSource
from common.scope import own_rows_scope
from people.models import (
    AcademicYear,
    CarerLink,
    Closure,
    Notice,
    Person,
    PupilEnrolment,
    School,
    SchoolSetting,
    Term,
    User,
)

# Roles that give no sight of the register: with only these a person finds their own family.
FAMILY_ROLES = frozenset({"parent", "pupil", "volunteer", "external", "msp"})


def persons_of(user: User) -> list[Person]:
    """Return who a user is today at each school they belong to, by the schools' names."""
    today = timezone.localdate()
    with own_rows_scope(user.pk):
        found = Person.objects.filter(Q(left_date=None) | Q(left_date__gte=today), user=user)
        return list(found.select_related("school").order_by("school__name"))


def schools_of(user: User) -> list[School]:
    """Return the schools a user belongs to today, by name."""
    return [person.school for person in persons_of(user)]


def current_people(school: School, *, on: date) -> QuerySet[Person, Person]:
    """Return the people who belong to a school on a day."""
    return Person.objects.filter(Q(left_date=None) | Q(left_date__gte=on), school=school)


def findable_by(finder: Person, role_codes: frozenset[str], *, on: date) -> QuerySet[Person]:
    """Return whom a person may look up by name: staff and governors everybody, others only family.

    Nobody can read out the school's register through a type-ahead (INC-03, domain 2.9 R-DP-4).
    """
    people = current_people(finder.school, on=on)
    if role_codes <= FAMILY_ROLES:
        return people.filter(
            carer_links__carer=finder, carer_links__end_date=None, carer_links__no_contact=False
        )
    return people


def people_source(
    finder: Person, role_codes: frozenset[str], *, url: str, on: date, kinds: tuple[str, ...] = ()
) -> PeopleSource:
    """Return where a person picker of this person finds people, with class or role beside names."""
    allowed = findable_by(finder, role_codes, on=on)
    if kinds:
        allowed = allowed.filter(kind__in=kinds)

    def find(number: str) -> Person | None:
        return allowed.filter(pk=int(number)).first() if number.isdecimal() else None

    def search(text: str) -> list[Person]:
        return add_hints(list(named(allowed, text).select_related("staff")[:12]))

    return PeopleSource(
        url=url, find=find, search=search, detail=lambda person: getattr(person, "hint", "")
    )


def named(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Narrow people to names with every word of a text, accents or not; no text finds nobody."""
    words = text.split()[:4]
    if not words:
        return people.none()
    for word in words:
        people = people.filter(
            Q(given_name__unaccent__icontains=word)
            | Q(family_name__unaccent__icontains=word)
            | Q(known_as__unaccent__icontains=word)
        )
    return people


def current_enrolments(people: list[Person]) -> dict[int, PupilEnrolment]:
    """Return the open enrolment of each pupil among people, by person id. One query."""
    ids = [person.pk for person in people if person.kind == Person.Kind.PUPIL]
    if not ids:
        return {}
    rows = PupilEnrolment.objects.filter(pupil__in=ids, end_date=None)
    return {row.pupil_id: row for row in rows.select_related("school_class__teacher")}


def add_hints(people: list[Person]) -> list[Person]:
    """Put into each person's ``hint`` their class or role. One query when a pupil is among them."""
    enrolments = current_enrolments(people)
    for person in people:
        person.hint = hint_of(person, enrolments)  # type: ignore[attr-defined]
    return people


def hint_of(person: Person, enrolments: dict[int, PupilEnrolment]) -> str:
    """Return what tells two people of one name apart: class and year, or role."""
    enrolment = enrolments.get(person.pk)
    if enrolment:
        group = enrolment.school_class.name if enrolment.school_class else ""
        return ", ".join(dict.fromkeys(part for part in (group, str(enrolment)) if part))
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


def register(school: School) -> QuerySet[Person, Person]:
    """Return everybody a school ever knew, with ``class_name`` of the pupils who are here."""
    place = PupilEnrolment.objects.filter(pupil=OuterRef("pk"), end_date=None)
    return (
        Person.objects.filter(school=school)
        .select_related("staff", "governor")
        .annotate(class_name=Subquery(place.values("school_class__name")[:1]))
    )


def places_of(pupil: Person) -> list[PupilEnrolment]:
    """Return a pupil's places in classes, the latest first."""
    places = PupilEnrolment.objects.filter(pupil=pupil).select_related("school_class__teacher")
    return list(places.order_by("-start_date", "-pk"))


def carer_links(*, pupil: Person | None = None, carer: Person | None = None) -> list[CarerLink]:
    """Return the links now in force of a pupil, or of a carer, in the order of the names."""
    links = CarerLink.objects.filter(end_date=None).select_related("pupil", "carer")
    if pupil is not None:
        return list(links.filter(pupil=pupil).order_by("carer__family_name", "pk"))
    return list(links.filter(carer=carer).order_by("pupil__given_name", "pk"))


def mail_refusals(people: Collection[Person]) -> dict[int, Notice]:
    """Return the last mail of each person whose address the mail server refused. One query.

    An address that has been changed since, or has taken a mail since, is not among them (SYS-04).
    """
    settled = Notice.objects.exclude(sent_at=None, failed_at=None).filter(person__in=people)
    latest = settled.order_by("person_id", "-queued_at", "-pk").distinct("person_id")
    addresses = {person.pk: person.email for person in people}
    return {
        notice.person_id: notice
        for notice in latest
        if notice.refused_address and notice.refused_address == addresses[notice.person_id]
    }


def setting_history(school: School, name: str) -> QuerySet[SchoolSetting, SchoolSetting]:
    """Return every value a setting ever had, newest first."""
    return SchoolSetting.objects.filter(school=school, name=name).select_related("set_by")


def term_on(school: School, day: date) -> Term | None:
    """Return the term a day lies in, or None in the holidays."""
    return Term.objects.filter(school=school, start_date__lte=day, end_date__gte=day).first()


def settings_in_force(school: School) -> dict[str, SchoolSetting]:
    """Return the settings a school has changed, with who did it and when. One query."""
    rows = SchoolSetting.objects.filter(school=school, superseded_at=None)
    return {row.name: row for row in rows.select_related("set_by")}


def period_of(model: type[Term] | type[Closure], school: School, pk: int) -> Term | Closure | None:
    """Return one term or closure of a school, or None."""
    return model.objects.filter(school=school, pk=pk).first()


def calendar_of(school: School) -> tuple[list[AcademicYear], list[Closure]]:
    """Return a school's years with their terms, latest first, and its closures. Three queries."""
    years = AcademicYear.objects.filter(school=school).prefetch_related("terms")
    closures = Closure.objects.filter(school=school).order_by("-start_date")
    return list(years.order_by("-start_date")), list(closures)


def threshold_of(school: School) -> int:
    """Return the smallest number of people that governors are shown; 0 where all is (REP-17)."""
    return school.setting("small_number") if school.setting("withhold_small_numbers") else 0

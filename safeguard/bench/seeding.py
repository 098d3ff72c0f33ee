"""Fill a database with schools, incidents and agreements, the same rows on every machine."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from common.scope import school_scope
from people.actions.schools import add_year, create_school
from people.calendar import LONDON
from people.models import (
    CarerLink,
    Person,
    PupilEnrolment,
    School,
    SchoolClass,
    StaffDetails,
    User,
)
from policies.actions import load_policy, put_in_force
from roles.actions import assign_role, set_up_roles
from roles.models import Role
from safeguard.bench.cases import Cases, write_cases
from safeguard.bench.copying import copy_school
from safeguard.bench.signing import Signing, write_agreements
from safeguard.bench.timing import analyze
from safeguard.demo.names import FAMILY, GIVEN
from safeguard.demo.years import closures_of, first_day_of_year, name_of, terms_of, years_around

TEMPLATE = "bench-000"
EACH = 500
PUPILS = 210
CLASSES = 7
STAFF = ("head", "dsl", "osl", "deputy", "teacher", "teacher.2", "teacher.3", "tech", "office_mgr")
GOVERNORS = ("os_gov",)


def seed(rows: int, tell: Callable[[str], None]) -> None:
    """Make so many incidents in schools of ``EACH``, unless they were made by an earlier bench."""
    wanted, made = rows // EACH, School.objects.count()
    if made >= wanted:
        return
    tell(f"Seeding {wanted} schools of {EACH} incidents each; the next bench finds them here.")
    if not made:
        make_template(EACH)
        made = 1
    copy_school(first_school(), range(made, wanted))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def middle_school() -> School:
    """Return the school whose pages are measured: neither the first nor the last."""
    schools = School.objects.order_by("pk")
    return schools[schools.count() // 2]


def first_school() -> School:
    """Return the school that the others were copied from, to which measuring may write."""
    return School.objects.get(slug=TEMPLATE)


def make_template(incidents: int) -> None:
    """Make the school that the others are copied from, by the product's own actions and in bulk."""
    random = Random(TEMPLATE)  # noqa: S311  no secrets
    password = make_password(settings.DEMO_PASSWORD)
    now = timezone.now()
    today = now.astimezone(LONDON).date()
    begins = first_day_of_year(today)
    at = datetime.combine(begins.replace(year=begins.year - 1), datetime.min.time(), LONDON)
    school = create_school(slug=TEMPLATE, name="Bench School 0", at=at)
    with school_scope(school.pk):
        set_up_roles(school=school, by="bench", at=at)
        staff = _employ(school, password, at)
        for year in years_around(today):
            add_year(
                school=school,
                name=name_of(year),
                terms=terms_of(year),
                closures=closures_of(year),
                by="bench",
                at=at,
            )
        version = load_policy(school=school, data_name="abcd", by=staff["head"], at=at)
        put_in_force(school=school, version=version, from_date=at.date(), by=staff["head"], at=at)
        pupils = _enrol(school, staff, random, at.date())
        write_cases(Cases(school, version, staff, pupils, random, now), incidents)
        analyze()
        write_agreements(Signing(school, staff, random, now))


def _employ(school: School, password: str, at: datetime) -> dict[str, Person]:
    codes = (*STAFF, *GOVERNORS)
    users = User.objects.bulk_create(
        User(email=f"{code}@{school.slug}.example", password=password) for code in codes
    )
    people = Person.objects.bulk_create(
        Person(
            school=school,
            user=user,
            kind=Person.Kind.GOVERNOR if code in GOVERNORS else Person.Kind.STAFF,
            given_name=code.title(),
            family_name=FAMILY[number],
            email=user.email,
        )
        for number, (code, user) in enumerate(zip(codes, users, strict=True))
    )
    StaffDetails.objects.bulk_create(
        StaffDetails(school=school, person=one) for one in people[: len(STAFF)]
    )
    roles = {role.code: role for role in Role.objects.filter(school=school)}
    staff = dict(zip(codes, people, strict=True))
    for code, person in staff.items():
        role = roles[code.partition(".")[0]]
        assign_role(role=role, person=person, start_date=at.date(), by="bench", at=at)
    return staff


def _enrol(school: School, staff: dict[str, Person], random: Random, since: date) -> list[Person]:
    groups = SchoolClass.objects.bulk_create(
        SchoolClass(school=school, name=f"Class {n}", year_group=str(n), teacher=staff["teacher"])
        for n in range(1, CLASSES)
    )
    pupils = Person.objects.bulk_create(_children(school, random, "pupil"))
    carers = Person.objects.bulk_create(_children(school, random, "carer"))
    PupilEnrolment.objects.bulk_create(
        PupilEnrolment(
            school=school,
            pupil=pupil,
            school_class=groups[n % len(groups)],
            year_group=groups[n % len(groups)].year_group,
            key_stage="KS2",
            start_date=since,
        )
        for n, pupil in enumerate(pupils)
    )
    CarerLink.objects.bulk_create(
        CarerLink(school=school, pupil=pupil, carer=carer, relation="Parent")
        for pupil, carer in zip(pupils, carers, strict=True)
    )
    return pupils


def _children(school: School, random: Random, kind: str) -> Iterator[Person]:
    for n in range(PUPILS):
        yield Person(
            school=school,
            kind=kind,
            given_name=random.choice(GIVEN),
            family_name=random.choice(FAMILY),
            external_id=f"{kind}{n}",
        )

"""Time what workers do with agreements: one certificate, and asking a very large school."""

from dataclasses import asdict
from functools import partial
from random import Random
from statistics import median
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from agreements.actions.issuing import issue_obligations
from agreements.certificates import certificate_pdf
from agreements.models import Signature
from agreements.queries.signatures import signature_by_number
from common.scope import school_scope
from people.actions.schools import create_school
from people.models import CarerLink, Person, PupilEnrolment, School, SchoolClass, User
from roles.actions import assign_role, set_up_roles
from roles.models import Role
from safeguard.bench.pages import signed_in
from safeguard.bench.signing import publish
from safeguard.bench.timing import Figure, analyze, counting, milliseconds, timed
from safeguard.demo.names import FAMILY, GIVEN

CERTIFICATES = 9
BIG = "bench-big"
PUPILS = 50_000  # with a parent for each these are 100,000 people
CLASSES = 60
AT_ONCE = 5_000


def measure_certificate(school: School, rows: int) -> list[dict[str, Any]]:
    """Time making a certificate, as a worker does that has made one before."""
    with school_scope(school.pk):
        numbers = list(Signature.objects.values_list("pk", flat=True)[:CERTIFICATES])
        _make_certificate(numbers[0])
        times = [milliseconds(partial(_make_certificate, number)) for number in numbers]
        with counting() as asked:
            _make_certificate(numbers[0])
    figure = Figure("certificate_pdf", "worker", rows, round(median(times), 1), len(asked))
    return [asdict(figure)]


def measure_big_school(pupils: int = PUPILS) -> list[dict[str, Any]]:
    """Time asking everybody of one school, two for each pupil, and who has answered there.

    All of it is rolled back.
    """
    with transaction.atomic():
        school = create_school(slug=BIG, name="Bench School", at=timezone.now())
        with school_scope(school.pk):
            _fill(school, pupils)
            figures = [_time_issuing(school)]
        figures += _time_registers(school, figures[0].rows)
        transaction.set_rollback(True)
    return [asdict(one) for one in figures]


def _make_certificate(number: int) -> None:
    certificate_pdf(signature_by_number(number), at=timezone.now())


def _time_issuing(school: School) -> Figure:
    """Time asking everybody for the first time."""
    issued = []
    with counting() as asked:
        spent = milliseconds(
            lambda: issued.append(issue_obligations(school=school, by="bench", at=timezone.now()))
        )
    return Figure("issue_obligations", "worker", issued[0].asked, round(spent, 1), len(asked))


def _time_registers(school: School, rows: int) -> list[Figure]:
    analyze("agreements_obligation")
    client = signed_in(school, "dsl")
    pages = {
        "one_school_coverage": reverse("coverage_detail", args=[school.slug]),
        "one_school_outstanding": reverse("obligation_list", args=[school.slug]) + "?show=waiting",
    }
    return [timed(name, "dsl", rows, partial(client.get, url)) for name, url in pages.items()]


def _fill(school: School, pupils: int) -> None:
    """Give a school pupils with a parent each, and two published agreements nobody has signed."""
    at = timezone.now()
    set_up_roles(school=school, by="bench", at=at)
    head, lead = (_employ(school, code) for code in ("head", "dsl"))
    groups = SchoolClass.objects.bulk_create(
        SchoolClass(school=school, name=f"Class {n}", year_group=str(3 + n % 4))
        for n in range(CLASSES)
    )
    random = Random(BIG)  # noqa: S311  no secrets
    for start in range(0, pupils, AT_ONCE):
        _enrol(school, groups, random, min(AT_ONCE, pupils - start))
    for name in ("pupil_ks2", "parent"):
        publish(school, name, writer=lead, head=head, at=at)
    analyze()


def _employ(school: School, code: str) -> Person:
    user = User.objects.create(email=f"{code}@{school.slug}.example")
    person = Person.objects.create(
        school=school, user=user, kind=Person.Kind.STAFF, given_name=code, family_name="Bench"
    )
    role = Role.objects.get(school=school, code=code)
    now = timezone.now()
    assign_role(role=role, person=person, start_date=now.date(), by="bench", at=now)
    return person


def _enrol(school: School, groups: list[SchoolClass], random: Random, count: int) -> None:
    pupils, carers = (
        Person.objects.bulk_create(
            Person(
                school=school,
                kind=kind,
                given_name=random.choice(GIVEN),
                family_name=random.choice(FAMILY),
            )
            for _ in range(count)
        )
        for kind in (Person.Kind.PUPIL, Person.Kind.CARER)
    )
    PupilEnrolment.objects.bulk_create(
        PupilEnrolment(
            school=school,
            pupil=pupil,
            school_class=group,
            year_group=group.year_group,
            key_stage="KS2",
            start_date=school.created_at.date(),
        )
        for pupil in pupils
        for group in [random.choice(groups)]
    )
    CarerLink.objects.bulk_create(
        CarerLink(school=school, pupil=pupil, carer=carer, relation="Parent")
        for pupil, carer in zip(pupils, carers, strict=True)
    )

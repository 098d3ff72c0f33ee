"""Time the sweep that opens duties and reminds people, over every school of a database."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate, now

from agreements.actions.issuing import issue_obligations
from agreements.models import Obligation
from common.scope import school_scope
from people.actions.schools import add_year, create_school
from people.calendar import LONDON, SchoolCalendar
from people.models import Person, School, User
from reminders.actions import open_occurrences
from reminders.models import Digest, DutyOccurrence
from reminders.rounds import make_round
from roles.actions import assign_role, set_up_roles
from roles.models import Role
from safeguard.bench.copying import copy_school
from safeguard.bench.pages import cold, signed_in
from safeguard.bench.seeding import TEMPLATE
from safeguard.bench.signing import publish
from safeguard.bench.timing import Figure, analyze, counting, milliseconds, timed
from safeguard.demo.names import FAMILY, GIVEN
from safeguard.demo.years import closures_of, name_of, terms_of, years_around

SCHOOLS = 1_000
STAFF = 76  # each has an agreement to sign; with the recurring duties that is 100 duties a school
TEN_MINUTES = timedelta(minutes=10)
HOLDERS = (
    *("head", "deputy", "dsl", "osl", "chair", "os_gov", "tech", "filt_mgr", "siro"),
    *("office_mgr", "data_mgr"),
)


def seed_schools(schools: int = SCHOOLS) -> None:
    """Make so many schools with open duties, unless an earlier bench made them."""
    made = School.objects.count()
    if not made:
        _make_template()
        made = 1
    if made < schools:
        template = School.objects.get(slug=TEMPLATE)
        copy_school(template, range(made, schools))
        analyze()


def measure_sweeps() -> list[dict[str, Any]]:
    """Time the first sweep of a day, in which people are reminded, and the next, over all schools.

    One process, one school after the other; in service several workers share them. What the sweeps
    write is rolled back.
    """
    at = _moment()
    cache.clear()  # what an earlier bench remembers was rolled back
    with transaction.atomic():
        rows = sum(_open_duties(school) for school in School.objects.all())
        first = _sweep("first_sweep_of_a_day", rows, at)
        for school in School.objects.all():
            _take_mail(school, at)
        next_one = _sweep("sweep_of_all_schools", rows, at + TEN_MINUTES)
        transaction.set_rollback(True)
    cache.clear()
    return [asdict(first), asdict(next_one)]


def measure_home() -> list[dict[str, Any]]:
    """Time the headteacher's home page beside the open duties of all schools, kept and cold."""
    school = School.objects.order_by("pk")[School.objects.count() // 2]
    rows = sum(_open_duties(one) for one in School.objects.all())
    client, url = signed_in(school, "head.0"), reverse("home", args=[school.slug])
    ask = partial(client.get, url)
    pages: dict[str, Callable[[], Any]] = {
        "home_many_schools": ask,
        "home_many_schools_cold": cold(ask),
    }
    return [asdict(timed(name, "head", rows, do)) for name, do in pages.items()]


def _sweep(name: str, rows: int, at: datetime) -> Figure:
    """Sweep every school; the queries are those of one school."""
    schools = list(School.objects.values_list("pk", flat=True))
    spent = milliseconds(lambda: [make_round(school_id=pk, at=at) for pk in schools[1:]])
    with counting() as asked:
        make_round(school_id=schools[0], at=at)
    return Figure(name, "worker", rows, round(spent, 1), len(asked))


def _take_mail(school: School, at: datetime) -> None:
    """Let the mail of a school be sent, as workers do within seconds."""
    with school_scope(school.pk):
        Digest.objects.filter(sent_at=None).update(sent_at=at)


def _open_duties(school: School) -> int:
    with school_scope(school.pk):
        duties = DutyOccurrence.objects.filter(state="open").count()
        return duties + Obligation.objects.filter(state="due").count()


def _moment() -> datetime:
    """Return a school day on which people are reminded: three school days before a term ends."""
    school = School.objects.get(slug=TEMPLATE)
    with school_scope(school.pk):
        calendar, today = SchoolCalendar(school), localdate()
        ends = next(term.end_date for term in calendar.terms if term.end_date > today)
    day = ends
    while calendar.school_days_between(day, ends) < 3 or not calendar.is_school_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(10), LONDON)


def _make_template() -> None:
    """Make the school the others are copied from, with people who have not signed and duties."""
    at, random = now(), Random(TEMPLATE)  # noqa: S311  no secrets
    school = create_school(slug=TEMPLATE, name="Bench School 0", at=at)
    with school_scope(school.pk):
        set_up_roles(school=school, by="bench", at=at)
        for year in years_around(localdate(at)):
            add_year(
                school=school,
                name=name_of(year),
                terms=terms_of(year),
                closures=closures_of(year),
                by="bench",
                at=at,
            )
        staff = _employ(school, random, localdate(at) - timedelta(days=400), at)
        publish(school, "staff", writer=staff["dsl"], head=staff["head"], at=at)
        issue_obligations(school=school, by="bench", at=at)
        open_occurrences(school=school, at=at)


def _employ(school: School, random: Random, since: date, at: datetime) -> dict[str, Person]:
    codes = [*HOLDERS, *["teacher"] * (STAFF - len(HOLDERS))]
    roles = {role.code: role for role in Role.objects.filter(school=school)}
    staff: dict[str, Person] = {}
    for number, code in enumerate(codes):
        user = User.objects.create(email=f"{code}.{number}@{school.slug}.example")
        person = Person.objects.create(
            school=school,
            user=user,
            kind=Person.Kind.STAFF,
            given_name=random.choice(GIVEN),
            family_name=random.choice(FAMILY),
            email=user.email,
            joined_date=since,
        )
        assign_role(role=roles[code], person=person, start_date=since, by="bench", at=at)
        staff.setdefault(code, person)
    return staff

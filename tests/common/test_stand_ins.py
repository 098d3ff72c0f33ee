"""What the home page asks is put into words for a stand-in; everybody asks as they would alone."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db.models import Value
from django.db.models.expressions import RawSQL

from common.asking import any_of
from common.discovery import discover
from common.requests import SchoolRequest
from common.stand_ins import Asks, questions_of
from people.actions.settings import change_setting
from people.models import Person
from roles.queries import standing_of
from tests.cast import NOW, Cast

EVERYBODY = ("hana", "dora", "cara", "olga", "tom", "tess", "tina", "paul", "pia")
PARTS = tuple(part for _, module in discover("duties") for part in getattr(module, "ASKS", ()))


def request_of(cast: Cast, name: str) -> SchoolRequest:
    person = getattr(cast, name)
    standing = standing_of(person, on=NOW.date())
    request = SchoolRequest()
    request.school, request.person = cast.school, person
    request.powers, request.role_codes = standing.powers, standing.codes
    request.may = lambda power: power in standing.powers
    return request


def words(asked) -> list[tuple[Asks, str, object]]:
    return [(part, name, _plain(ask)) for part, name, ask in asked]


def _plain(ask: RawSQL | Value) -> object:
    return (ask.sql, list(ask.params)) if isinstance(ask, RawSQL) else ask.value


def alone(request: SchoolRequest, at) -> Iterator[tuple[Asks, str, object]]:
    for part in PARTS:
        for name, ask in part(request, at=at).items():
            yield part, name, ask


def test_everybody_asks_what_they_would_ask_alone(cast):
    for later in (timedelta(0), timedelta(hours=7, microseconds=5)):
        for name in EVERYBODY:
            request, at = request_of(cast, name), NOW + later
            assert words(questions_of(request, PARTS, at=at)) == words(alone(request, at)), name

    for setting, value in (("same_day_deletion", False), ("loan_remind_days", 9)):
        change_setting(school=cast.school, name=setting, value=value, by=cast.hana, at=NOW)
    for name in ("hana", "tom"):
        request = request_of(cast, name)
        assert words(questions_of(request, PARTS, at=NOW)) == words(alone(request, NOW)), name


def test_questions_are_put_together_once_for_people_alike(cast):
    asked = []

    def part(request, *, at):
        asked.append(request.person.pk)
        return {"same": any_of(Person.objects.filter(pk=request.person.pk))}

    names = ("tom", "tess", "dora")
    found = [
        ask.params[1]
        for name in names
        for _, _, ask in questions_of(request_of(cast, name), (part,), at=NOW)
    ]

    assert found == [getattr(cast, name).pk for name in names]
    assert len(asked) == 2  # the two teachers may do the same, the lead may do other things
    assert {cast.tom.pk, cast.tess.pk, cast.dora.pk}.isdisjoint(asked)


def reads_the_database(request, *, at):
    return {"seen": any_of(Person.objects.filter(pk__in=list(Person.objects.all())))}


def reads_the_person(request, *, at):
    return {"named": any_of(Person.objects.filter(given_name=request.person.given_name))}


def writes_a_number(request, *, at):
    return {"text": any_of(Person.objects.filter(external_id=f"a{request.person.pk}"))}


def reads_a_setting(request, *, at):
    return {"set": any_of(Person.objects.filter(title=request.school.setting("systems")))}


@pytest.mark.parametrize(
    ("part", "refused"),
    [
        (reads_the_database, RuntimeError),
        (reads_the_person, RuntimeError),
        (writes_a_number, ValueError),
        (reads_a_setting, KeyError),
    ],
)
def test_a_part_that_asks_by_more_than_the_likeness_is_refused(cast, part, refused):
    with pytest.raises(refused):
        list(questions_of(request_of(cast, "tom"), (part,), at=NOW))

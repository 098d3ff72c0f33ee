"""Two people at the same moment, on two real connections: one wins, the other is told in words."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from audit.models import Entry
from audit.queries import chain_faults
from common.errors import Refusal, StaleRecord
from common.scope import school_scope
from roles.actions import (
    accept_responsibilities,
    arrange_cover,
    assign_role,
    close_role,
    edit_role,
    end_role,
    override_matrix,
    revise_responsibility,
)
from roles.models import MatrixOverride, Role, RoleAssignment
from roles.queries import (
    current_holders,
    granted_cells,
    statements_of,
    statements_to_accept,
    version_of,
)
from tests.cast import NOW, make_cast
from tests.incidents.throwaway import at_once, throwaway_database

TODAY = NOW.date()
TRIES = range(3)  # a race is lost by chance


@pytest.fixture(scope="module")
def committed(django_db_setup, django_db_blocker):
    """Give a cast that other connections see, in a database of its own."""
    with django_db_blocker.unblock(), throwaway_database():
        yield make_cast()


@pytest.fixture
def scope(committed):
    """Open the school's scope to look at what is committed; the caller closes it."""
    return lambda: school_scope(committed.school.pk)


def both(cast, *deeds: Callable) -> list[str]:
    """Do deeds at once; return the words of those that were refused, and nothing else fails."""
    results = at_once(cast.school.pk, *deeds)
    failed = [one for one in results if isinstance(one, Exception)]
    assert [one for one in failed if not isinstance(one, Refusal)] == []
    return [str(one) for one in failed]


def role(cast, code: str) -> Role:
    return Role.objects.get(school=cast.school, code=code)


def day(_try: int) -> date:
    """Return a day of each try's own, so that tries do not meet."""
    return TODAY + timedelta(days=40 * (_try + 1))


@pytest.mark.parametrize("_try", TRIES)
def test_of_two_sole_holders_at_once_one_is_refused(committed, scope, _try):
    cast, start = committed, day(_try)

    def give(person):
        return lambda: assign_role(
            role=role(cast, "osl"),
            person=person,
            start_date=start,
            end_date=start + timedelta(days=9),
            by=cast.hana,
            at=NOW,
        )

    refused = both(cast, give(cast.tom), give(cast.tess), give(cast.tina))
    words = "Online safety lead already has a holder in that time. End that first, or add this"
    assert [text.startswith(words) for text in refused] == [True, True]
    with scope():
        assert len(current_holders(cast.school, "osl", on=start)) == 1


@pytest.mark.parametrize("_try", TRIES)
def test_same_role_given_twice_at_once_is_given_once(committed, scope, _try):
    cast, start = committed, day(_try)

    def give():
        return assign_role(
            role=role(cast, "clerk"),
            person=cast.tom,
            start_date=start,
            end_date=start,
            by=cast.hana,
            at=NOW,
        )

    assert both(cast, give, give) == ["Tom Teale already holds Clerk to governors in that time."]


@pytest.mark.parametrize("_try", TRIES)
def test_of_two_covers_at_once_one_is_refused(committed, scope, _try):
    cast, start = committed, day(_try)

    def cover(person):
        return lambda: arrange_cover(
            assignment=RoleAssignment.objects.get(role__code="dsl", person=cast.dora),
            person=person,
            start_date=start,
            end_date=start,
            by=cast.hana,
            at=NOW,
        )

    (words,) = both(cast, cover(cast.tom), cover(cast.tess))
    assert words.endswith("covers in that time already. End that first.")


def test_role_is_not_given_and_closed_at_once(committed, scope):
    cast = committed

    def give():
        return assign_role(
            role=role(cast, "bursar"), person=cast.tom, start_date=TODAY, by=cast.hana, at=NOW
        )

    def close():
        return close_role(role=role(cast, "bursar"), by=cast.hana, at=NOW)

    assert len(both(cast, give, close)) == 1
    with scope():
        bursar = role(cast, "bursar")
        assert bursar.active is bool(current_holders(cast.school, "bursar", on=TODAY))


def test_role_ends_once(committed, scope):
    cast = committed

    def end():
        return end_role(
            assignment=RoleAssignment.objects.get(role__code="tech", person=cast.tina),
            end_date=TODAY,
            by=cast.hana,
            at=NOW,
        )

    assert both(cast, end, end) == ["This role ends already, on 15 September 2026."]


def test_of_two_names_at_once_one_is_refused(committed, scope):
    cast = committed
    with scope():
        seen = version_of(role(cast, "pastoral"))

    def name(label):
        return lambda: edit_role(
            role=role(cast, "pastoral"), label=label, aliases="", seen=seen, by=cast.hana, at=NOW
        )

    (words,) = both(cast, name("Care team"), name("Pastoral team"))
    assert words.startswith("Somebody else has changed ")


def test_of_two_overrides_of_one_cell_at_once_one_is_refused(committed, scope):
    cast = committed

    def allow(person):
        return lambda: override_matrix(
            role=role(cast, "siro"),
            power="view_people",
            granted=True,
            reason="Agreed",
            by=person,
            at=NOW,
        )

    assert len(both(cast, allow(cast.hana), allow(cast.dora))) == 1
    with scope():
        assert MatrixOverride.objects.filter(power="view_people", ended_at=None).count() == 1
        assert ("siro", "view_people") in granted_cells(cast.school)


def test_two_overrides_of_two_cells_at_once_both_count(committed, scope):
    cast = committed

    def allow(code):
        return lambda: override_matrix(
            role=role(cast, code),
            power="edit_calendar",
            granted=True,
            reason="Agreed",
            by=cast.hana,
            at=NOW,
        )

    assert both(cast, allow("bursar"), allow("iao")) == []
    with scope():
        assert {("bursar", "edit_calendar"), ("iao", "edit_calendar")} <= granted_cells(cast.school)


def test_statement_is_revised_by_one_of_two(committed, scope):
    cast = committed
    with scope():
        row = statements_of(role(cast, "dsl"))[0]

    def revise(words):
        return lambda: revise_responsibility(
            responsibility=row,
            statement=words,
            source="",
            evidence="none",
            frequency="always",
            by=cast.hana,
            at=NOW,
        )

    assert both(cast, revise("One."), revise("Two.")) == [
        "Somebody else has changed this statement since you opened this page."
    ]


def test_statements_are_accepted_once(committed, scope):
    cast = committed
    with scope():
        ids = [row.pk for row in statements_to_accept(cast.tess, on=TODAY)]

    def accept():
        return accept_responsibilities(ids=ids, by=cast.tess, at=NOW)

    results = at_once(cast.school.pk, accept, accept)
    assert [type(one) for one in results if isinstance(one, Exception)] == [StaleRecord]


def test_trail_is_whole_after_all_that(committed, scope):
    with scope():
        assert chain_faults(committed.school.pk) == []
        numbers = list(Entry.objects.order_by("sequence").values_list("sequence", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))

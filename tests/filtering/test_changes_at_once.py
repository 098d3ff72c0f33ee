"""Two people at the same moment, on two real connections: one wins, the other is told in words."""

from uuid import uuid4

import pytest

from audit.queries import chain_faults
from common.errors import Refusal, StaleRecord
from common.scope import school_scope
from filtering.actions import change_decisions
from filtering.actions.change_sweeps import expire_blocks, expire_changes
from filtering.models import ChangeRequest, LogEntry
from roles.actions import assign_role
from roles.models import Role
from tests.cast import NOW, START, make_cast
from tests.filtering import walk_changes as walk
from tests.filtering.staff import give_status
from tests.incidents.throwaway import at_once, throwaway_database


@pytest.fixture(autouse=True)
def filtering_status():
    """Leave the status to the database of this file."""


@pytest.fixture(scope="module")
def committed(django_db_setup, django_db_blocker):
    """Give a cast that other connections see; Dora approves as deputy of the head."""
    with django_db_blocker.unblock(), throwaway_database():
        cast = make_cast()
        with school_scope(cast.school.pk):
            give_status(cast)
            head = Role.objects.get(school=cast.school, code="head")
            assign_role(
                role=head,
                person=cast.dora,
                start_date=START,
                deputy=True,
                by="tests",
                at=NOW,
            )
            walk.profile(cast)
        yield cast


def refusals(results):
    return [type(one) for one in results if isinstance(one, Exception)]


def test_deeds_at_once_are_done_once(committed):
    cast = committed
    with school_scope(cast.school.pk):
        change = walk.bring(cast, "awaiting", walk.ask(cast))

    def approve(person):
        return lambda: change_decisions.approve_change(
            change=change, version=change.version, by=person, at=NOW
        )

    results = at_once(cast.school.pk, approve(cast.hana), approve(cast.dora))
    assert refusals(results) == [StaleRecord]

    form = uuid4()

    def send(**changed):
        return lambda: walk.ask(cast, addresses="twice.example", **changed).reference

    results = at_once(cast.school.pk, send(submission=form), send(submission=form))
    assert len(set(results)) == 1
    twin = at_once(
        cast.school.pk,
        lambda: walk.ask(cast, addresses="twin.example"),
        lambda: walk.ask(cast, addresses="twin.example", by="tess"),
    )
    assert refusals(twin) == [Refusal]

    with school_scope(cast.school.pk):
        active = walk.bring(cast, "active", walk.study(cast, addresses="study.example"))
        block = walk.block(cast)
    sweep = [
        lambda: expire_changes(school=cast.school, at=walk.MIDNIGHT),
        lambda: expire_blocks(school=cast.school, at=walk.MIDNIGHT),
    ]
    results = at_once(cast.school.pk, *sweep, *sweep)
    assert refusals(results) == []
    assert sum(results) == 2
    with school_scope(cast.school.pk):
        ended = LogEntry.objects.filter(kind__in=["expired", "unapproved"])
        assert {entry.change_id for entry in ended} == {active.pk, block.pk}
        assert ended.count() == 2
        assert ChangeRequest.objects.filter(targets__target="twin.example").count() == 1
        assert chain_faults(cast.school.pk) == []

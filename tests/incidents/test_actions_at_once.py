"""Two people at the same moment, on two real connections: one wins, the other is told in words."""

from datetime import timedelta
from uuid import uuid4

import pytest

from audit.queries import chain_faults
from common.errors import Refusal, StaleRecord
from common.scope import school_scope
from incidents import actions
from incidents.models import Event, Evidence, Incident, ParentContact
from policies.actions import load_policy, put_in_force
from tests.cast import NOW, START, make_cast
from tests.incidents import steps, walk
from tests.incidents.throwaway import at_once, throwaway_database

TRIES = range(3)  # a race is lost by chance


@pytest.fixture(scope="module")
def committed(django_db_setup, django_db_blocker):
    """Give a cast and a ladder that other connections see, in a database of its own."""
    with django_db_blocker.unblock(), throwaway_database():
        cast = make_cast()
        with school_scope(cast.school.pk):
            version = load_policy(school=cast.school, data_name="abcd", by=cast.hana, at=NOW)
            put_in_force(
                school=cast.school,
                version=version,
                from_date=START,
                by=cast.hana,
                at=NOW,
                reason="Since September.",
            )
        yield cast


@pytest.fixture
def scope(committed):
    """Open the school's scope to look at what is committed; the caller closes it."""
    return lambda: school_scope(committed.school.pk)


def in_parallel(cast, *deeds):
    return at_once(cast.school.pk, *deeds)


def refusals(results):
    return [type(one) for one in results if isinstance(one, Exception)]


@pytest.mark.parametrize("_try", TRIES)
def test_of_two_who_decide_at_once_one_decides_and_the_other_is_told(committed, scope, _try):
    cast = committed
    with scope():
        incident = walk.classify(cast, walk.opened(cast), "PA1")

    def decide(person, reason):
        return lambda: actions.decide_incident(
            incident=walk.now(incident),
            version=incident.version,
            reason=reason,
            by=person,
            at=NOW,
        )

    results = in_parallel(cast, decide(cast.dora, "First."), decide(cast.hana, "Second."))
    assert refusals(results) == [StaleRecord]
    with scope():
        assert (incident.decisions.count(), walk.now(incident).version) == (1, incident.version + 1)


@pytest.mark.parametrize("_try", TRIES)
def test_form_sent_twice_at_once_makes_one_incident(committed, scope, _try):
    cast, form = committed, uuid4()

    def send():
        return walk.report(cast, "pia", submission=form).reference

    results = in_parallel(cast, send, send)
    assert len(set(results)) == 1
    with scope():
        incident = Incident.objects.get(submission=form)
        assert (incident.reference, incident.involvements.count()) == (results[0], 1)
        kinds = [event.kind for event in incident.events.all()]
        assert kinds == ["reported", "routed"]


@pytest.mark.parametrize("_try", TRIES)
def test_reports_at_once_get_numbers_that_follow_without_a_gap(committed, scope, _try):
    cast = committed

    def send():
        return walk.report(cast, "pia").reference

    with scope():
        before = Incident.objects.count()
    results = in_parallel(cast, *[send] * 4)
    with scope():
        everything = sorted(Incident.objects.values_list("reference", flat=True))
    assert everything == [f"2026-{number:04}" for number in range(1, before + 5)]
    assert sorted(results) == everything[before:]


def test_first_report_of_a_year_may_come_twice_at_once(committed, scope):
    cast, january = committed, NOW.replace(year=2027, month=1, day=12)

    def send():
        return walk.report(cast, "pia", at=january).reference

    assert sorted(in_parallel(cast, send, send)) == ["2027-0001", "2027-0002"]


@pytest.mark.parametrize("_try", TRIES)
def test_two_sweeps_at_once_send_a_report_on_once(committed, scope, _try):
    cast = committed
    with scope():
        incident = walk.report(cast, "pia", at=NOW - timedelta(days=1))

    def sweep():
        return actions.route_unread(school=cast.school, at=NOW)

    results = in_parallel(cast, sweep, sweep)
    assert refusals(results) == []
    with scope():
        routed = Event.objects.filter(incident=incident, kind="routed")
        assert [event.text for event in routed] == [
            "Sent to Dora Dale.",
            "Sent to Hana Headley.",
        ]
        assert actions.route_unread(school=cast.school, at=NOW) == 0


@pytest.mark.parametrize("_try", TRIES)
def test_of_two_who_open_at_once_one_takes_it_on(committed, scope, _try):
    cast = committed
    with scope():
        incident = walk.report(cast, "pia")

    def take(person):
        return lambda: actions.open_incident(
            incident=incident, version=incident.version, by=person, at=NOW
        )

    results = in_parallel(cast, take(cast.dora), take(cast.hana))
    assert refusals(results) == [StaleRecord]
    (winner,) = [one for one in results if not isinstance(one, Exception)]
    with scope():
        assert walk.now(incident).handler == winner.handler


def test_same_file_attached_twice_at_once_is_kept_once(committed, scope, own_files):
    cast = committed
    with scope():
        incident = walk.opened(cast)

    def attach():
        return actions.attach_evidence(
            incident=incident,
            version=incident.version,
            upload=walk.upload(),
            by=cast.dora,
            at=NOW,
        )

    results = in_parallel(cast, attach, attach)
    assert refusals(results) == [StaleRecord]
    with scope():
        assert Evidence.objects.filter(incident=incident).count() == 1
    assert len([path for path in own_files.rglob("*") if path.is_file()]) == 1


def test_closing_and_adding_a_task_at_once_never_closes_over_an_open_task(committed, scope):
    cast = committed
    for _ in TRIES:
        with scope():
            incident = walk.ready_to_close(cast, walk.make(cast, "actions"))

        def close(incident=incident):
            return actions.close_incident(
                incident=incident, version=incident.version, **walk.CLOSING, by=cast.dora, at=NOW
            )

        def add(incident=incident):
            return actions.add_task(
                incident=incident,
                version=incident.version,
                label="Call",
                owner=cast.tess,
                due_date=NOW.date(),
                by=cast.hana,
                at=NOW,
            )

        assert refusals(in_parallel(cast, close, add)) == [StaleRecord]
        with scope():
            closed = walk.now(incident).state == "closed"
            assert incident.tasks.filter(state="open").exists() is not closed


def test_task_answered_twice_at_once_is_answered_once(committed, scope):
    cast = committed
    with scope():
        task = steps.step(cast, "add_task", walk.opened(cast))

    def answer(state, words):
        return lambda: actions.answer_task(
            task=task, state=state, answer=words, by=cast.tess, at=NOW
        )

    results = in_parallel(cast, answer("done", "Done."), answer("not_needed", "She left."))
    assert refusals(results) == [Refusal]


def test_parents_recorded_twice_at_once_stand_once(committed, scope):
    cast = committed
    with scope():
        incident = walk.opened(cast)

    def tell():
        return actions.inform_parents(
            incident=incident,
            version=incident.version,
            pupil=cast.pia,
            informed=True,
            informed_at=NOW,
            how="phone",
            by=cast.dora,
            at=NOW,
        )

    assert refusals(in_parallel(cast, tell, tell)) == [StaleRecord]
    with scope():
        assert ParentContact.objects.filter(incident=incident).count() == 1


def test_trail_is_whole_after_all_of_it(committed, scope):
    with scope():
        assert chain_faults(committed.school.pk) == []

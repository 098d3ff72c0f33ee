"""Following up: parents for each pupil, referrals with their answer, tasks with an owner."""

from datetime import timedelta

import pytest

from audit.queries import trail
from common.errors import Conflicted, Refusal, StepRefused
from incidents import actions
from incidents.models import ParentContact, Referral, Task
from incidents.queries import agency_of, task_or_404, tasks_of
from roles.queries import powers_of
from tests.cast import NOW
from tests.incidents import walk
from tests.incidents.office import give, told

TODAY = NOW.date()
SOON = NOW + timedelta(minutes=1)


@pytest.fixture
def incident(cast):
    """Give an open incident of Pia with Quin harmed."""
    return walk.opened(cast, "pia", harmed=("quin",))


def verbs(cast):
    return [entry.verb for entry in trail(cast.school.pk)]


# Parents ----------------------------------------------------------------------------------------


def test_parents_told_say_when_how_and_what_they_answered(cast, incident):
    earlier = NOW - timedelta(hours=1)
    contact = walk.act(
        actions.inform_parents,
        incident,
        by=cast.dora,
        pupil=cast.quin,
        informed=True,
        informed_at=earlier,
        how="phone",
        response="Thankful.",
        excused_reason="Left over from the form",
    )
    assert (contact.pupil, contact.informed_at, contact.how, contact.excused_reason) == (
        cast.quin,
        earlier,
        "phone",
        "",
    )
    line = incident.events.get(kind="parents")
    assert (line.text, line.occurred_at, line.at) == (
        "Parents of Quin Pease told by phone. Thankful.",
        earlier,
        NOW,
    )


def test_parents_not_told_say_why(cast, incident):
    said = {"pupil": cast.pia, "informed": False}
    with pytest.raises(Refusal, match="Say why the parents were not told"):
        walk.act(actions.inform_parents, incident, by=cast.dora, **said, excused_reason=" ")
    contact = walk.act(
        actions.inform_parents,
        incident,
        by=cast.dora,
        **said,
        excused_reason="It would put her at risk.",
        informed_at=NOW,
        how="phone",
    )
    assert (contact.informed, contact.informed_at, contact.how) == (False, None, "")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"informed_at": None}, "Say when and how"),
        ({"how": ""}, "Say when and how"),
        ({"informed_at": SOON}, "cannot be in the future"),
        ({"pupil": "paul"}, "Choose a pupil involved"),
        ({"pupil": "tess"}, "Choose a pupil involved"),
    ],
)
def test_entry_that_says_too_little_is_refused(cast, incident, said, words):
    whole = {"pupil": "pia", "informed": True, "informed_at": NOW, "how": "phone"} | said
    whole["pupil"] = getattr(cast, whole["pupil"])
    with pytest.raises(Refusal, match=words):
        walk.act(actions.inform_parents, incident, by=cast.dora, **whole)
    assert ParentContact.objects.count() == 0


def test_pupil_of_another_school_has_no_entry(cast, other, incident):
    with pytest.raises(Refusal, match="Choose a pupil involved"):
        walk.tell_parents(cast, incident, other.zara)


# Referrals --------------------------------------------------------------------------------------


def refer(cast, incident, **said):
    usual = {"agency": agency_of(cast.school, "social_care"), "purpose": "Advice"}
    return walk.act(actions.refer_incident, incident, by=cast.dora, **usual | said)


def answer(cast, referral, action, **said):
    version = walk.now(referral.incident).version
    return action(referral=referral, version=version, by=cast.dora, at=NOW, **said)


def test_referral_still_to_be_made_takes_no_reference(cast, incident):
    referral = refer(cast, incident, reference="LA-1")
    assert (referral.made_at, referral.made_by, referral.reference, referral.mandatory) == (
        None,
        None,
        "",
        False,
    )
    assert incident.events.get(kind="referred").text == (
        "To be referred to Children's social care: Advice"
    )


def test_referral_runs_from_asked_to_answered(cast, incident):
    referral = refer(cast, incident)
    answer(cast, referral, actions.make_referral, made_at=NOW, reference="LA-1")
    answer(cast, referral, actions.answer_referral, response="They will call.")
    referral.refresh_from_db()
    assert (referral.made_by, referral.reference, referral.response, referral.responded_at) == (
        cast.dora,
        "LA-1",
        "They will call.",
        NOW,
    )
    assert verbs(cast)[:3] == ["refer_incident"] * 3


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"purpose": " "}, "Say what the referral is for"),
        ({"made_at": SOON}, "cannot have been made in the future"),
    ],
)
def test_referral_that_says_too_little_is_refused(cast, incident, said, words):
    with pytest.raises(Refusal, match=words):
        refer(cast, incident, **said)
    assert Referral.objects.count() == 0


def test_referral_is_answered_once(cast, incident):
    referral = refer(cast, incident)
    with pytest.raises(Refusal, match="was not made yet"):
        answer(cast, referral, actions.answer_referral, response="Too early.")
    with pytest.raises(Refusal, match="cannot have been made in the future"):
        answer(cast, referral, actions.make_referral, made_at=SOON)
    with pytest.raises(Refusal, match="Say why the referral is not needed"):
        answer(cast, referral, actions.excuse_referral, reason="")
    answer(cast, referral, actions.excuse_referral, reason="They knew already.")
    with pytest.raises(Refusal, match="was answered already"):
        answer(cast, referral, actions.make_referral, made_at=NOW)
    with pytest.raises(Refusal, match="was answered already"):
        answer(cast, referral, actions.excuse_referral, reason="Again.")


def test_answer_without_words_is_refused(cast, incident):
    referral = refer(cast, incident, made_at=NOW)
    with pytest.raises(Refusal, match="Write down what they answered"):
        answer(cast, referral, actions.answer_referral, response=" ")


def test_required_referral_of_something_illegal_is_never_excused(cast, ladder):
    incident = walk.make(cast, "referred")
    for referral in incident.referrals.all():
        with pytest.raises(Refusal, match="this referral has to be made"):
            answer(cast, referral, actions.excuse_referral, reason="Not needed, surely.")
    assert [referral.answered for referral in incident.referrals.all()] == [False, False]


def test_chair_may_excuse_the_designated_officer_with_a_reason(cast, ladder):
    incident = walk.opened(cast, "hana", opener="cara")
    referral = incident.referrals.get()
    assert (referral.agency.code, referral.mandatory) == ("lado", True)
    actions.excuse_referral(
        referral=referral,
        version=walk.now(incident).version,
        reason="No child was concerned.",
        by=cast.cara,
        at=NOW,
    )
    assert incident.referrals.get().answered is True


# Tasks ------------------------------------------------------------------------------------------


def add(cast, incident, owner, **said):
    usual = {"label": "Talk to the class", "due_date": TODAY}
    return walk.act(actions.add_task, incident, by=cast.dora, owner=owner, **usual | said)


def test_owner_of_a_task_is_told_and_sees_its_words(cast, incident):
    task = add(cast, incident, cast.tess)
    assert (told("task"), list(tasks_of(cast.tess))) == ([cast.tess], [task])
    assert task_or_404(cast.tess, powers_of(cast.tess, on=TODAY), task.pk) == task


def test_own_task_sends_no_mail(cast, incident):
    add(cast, incident, cast.dora)
    assert told("task") == []


def test_task_goes_to_nobody_involved_and_nobody_elsewhere(cast, other, incident):
    with pytest.raises(Refusal, match="is involved in this incident"):
        add(cast, incident, cast.pia)
    with pytest.raises(Refusal, match="somebody of your own school"):
        add(cast, incident, other.oscar)
    assert Task.objects.count() == 0


def test_owner_answers_a_task_once(cast, incident):
    task = add(cast, incident, cast.tess)
    actions.answer_task(task=task, state="done", answer="Done today.", by=cast.tess, at=NOW)
    task.refresh_from_db()
    assert (task.state, task.answered_by, task.answered_at) == ("done", cast.tess, NOW)
    assert verbs(cast)[0] == "answer_task"
    with pytest.raises(Refusal, match="was answered already"):
        actions.answer_task(task=task, state="done", by=cast.tess, at=NOW)


def test_task_that_is_not_needed_says_why(cast, incident):
    task = add(cast, incident, cast.tess)
    with pytest.raises(Refusal, match="Say why the task is not needed"):
        actions.answer_task(task=task, state="not_needed", answer=" ", by=cast.tess, at=NOW)
    actions.answer_task(task=task, state="not_needed", answer="She left.", by=cast.tess, at=NOW)
    assert incident.events.last().text == "Not needed: Talk to the class. She left."


def test_task_of_somebody_else_is_not_answered_by_anybody(cast, incident):
    task = add(cast, incident, cast.tess)
    with pytest.raises(StepRefused, match="somebody else’s to answer"):
        actions.answer_task(task=task, state="done", by=cast.tina, at=NOW)
    actions.answer_task(task=task, state="done", by=cast.dora, at=NOW)
    assert Task.objects.get().answered_by == cast.dora


def test_owner_who_turns_out_to_be_involved_neither_sees_nor_answers(cast, incident):
    task = add(cast, incident, cast.tess)
    witness = walk.Involved(part="witness", person=cast.tess)
    walk.act(actions.involve_person, incident, by=cast.dora, involved=witness)
    assert list(tasks_of(cast.tess)) == []
    with pytest.raises(Conflicted, match="You are involved"):
        actions.answer_task(task=task, state="done", by=cast.tess, at=NOW)


def test_tasks_the_ladder_asks_for_belong_to_the_handler(cast, ladder, incident):
    give(cast, "osl", "tess")
    walk.classify(cast, incident, "PD4")
    walk.act(actions.hand_over_incident, incident, by=cast.dora, to=cast.tess, reason="Away.")
    walk.decide(cast, incident, by="hana")
    assert {task.owner for task in incident.tasks.all()} == {cast.tess}

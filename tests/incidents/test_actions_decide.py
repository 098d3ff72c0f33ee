"""Deciding: with a reason, as the ladder suggests or saying why not, and by two where it says."""

from datetime import timedelta

import pytest

from common.errors import Conflicted, Refusal
from incidents.actions import confirm_decision, return_decision
from incidents.actions.deciding import Chosen
from incidents.models import Decision, DecisionAnswer, Sanction
from policies.actions import load_policy
from policies.models import SanctionType
from tests.cast import NOW
from tests.incidents import walk
from tests.incidents.office import give, told

TODAY = NOW.date()
WEEK = timedelta(days=7)


@pytest.fixture
def light(cast, ladder):
    """Give an incident of category A, classified."""
    return walk.classify(cast, walk.opened(cast), "PA1")


@pytest.fixture
def grave(cast, ladder):
    """Give an incident of category C, classified: its decision needs the headteacher."""
    return walk.classify(cast, walk.opened(cast), "PC1")


def choose(cast, code, name="pia", **more):
    return Chosen(
        kind=walk.sanction(cast, code), person=getattr(cast, name), start_date=TODAY, **more
    )


def test_decision_as_suggested_needs_no_further_reason(cast, light):
    decision = walk.decide(cast, light)
    assert (decision.suggested, decision.chosen, decision.needs_confirmation) == ([], [], False)
    assert (decision.decided_by, decision.category.code) == (cast.dora, "A")
    assert walk.now(light).state == "actions"


def test_empty_reason_is_refused(cast, light):
    with pytest.raises(Refusal, match="Give the reason"):
        walk.decide(cast, light, reason=" ")
    assert Decision.objects.count() == 0


@pytest.mark.parametrize("codes", [["phone_kept"], ["equipment_removed", "interview"]])
def test_departure_from_the_ladder_needs_its_reason(cast, light, codes):
    chosen = [choose(cast, code) for code in codes]
    with pytest.raises(Refusal, match="differs from what the ladder suggests"):
        walk.decide(cast, light, chosen=chosen)
    decision = walk.decide(cast, light, chosen=chosen, departure_reason="It hurt somebody.")
    assert decision.departure_reason == "It hurt somebody."
    assert {str(row) for row in Sanction.objects.all()} == {str(one.kind) for one in chosen}


def test_leaving_out_what_the_ladder_suggests_needs_its_reason_too(cast, grave):
    with pytest.raises(Refusal, match="differs from what the ladder suggests"):
        walk.decide(cast, grave, chosen=[])


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"code": "access_removed"}, "needs a date on which it ends"),
        ({"code": "access_removed", "end_date": TODAY - WEEK}, "ends before it starts"),
        (
            {"code": "access_removed", "end_date": TODAY + WEEK, "scope": "phone"},
            "does not cover that",
        ),
        ({"code": "warning", "name": "quin"}, "somebody said to have done it"),
        ({"code": "warning", "name": "tess"}, "somebody said to have done it"),
    ],
)
def test_sanction_that_does_not_fit_is_refused(cast, light, chosen, words):
    with pytest.raises(Refusal, match=words):
        walk.decide(cast, light, chosen=[choose(cast, **chosen)], departure_reason="Because.")
    assert (Sanction.objects.count(), walk.now(light).state) == (0, "investigating")


def test_talk_and_warning_go_with_any_decision(cast, light):
    chosen = [choose(cast, "warning"), choose(cast, "interview")]
    walk.decide(cast, light, chosen=chosen)
    assert (walk.now(light).state, Sanction.objects.count()) == ("actions", 2)
    assert [(row.person, row.warned) for row in light.involvements.all()] == [(cast.pia, True)]


def test_proposed_warning_counts_only_once_it_is_confirmed(cast, grave):
    chosen = [*walk.chosen_as_suggested(cast, grave), choose(cast, "warning")]
    walk.decide(cast, grave, chosen=chosen)
    assert grave.involvements.get().warned is False
    walk.act(confirm_decision, grave, by=cast.hana)
    assert grave.involvements.get().warned is True


def test_sanction_of_another_version_is_refused(cast, light):
    newer = load_policy(school=cast.school, data_name="abcd_interviews", by=cast.hana, at=NOW)
    theirs = SanctionType.objects.get(version=newer, code="warning")
    with pytest.raises(Refusal, match="in force when it happened"):
        walk.decide(
            cast,
            light,
            chosen=[Chosen(kind=theirs, person=cast.pia, start_date=TODAY)],
            departure_reason="Because.",
        )


def test_removal_of_access_gives_the_technician_both_tasks_without_the_reason(cast, light):
    chosen = [choose(cast, "access_removed", end_date=TODAY + WEEK, scope="internet")]
    walk.decide(cast, light, chosen=chosen, departure_reason="It went on for hours.")
    sanction = Sanction.objects.get()
    assert (sanction.start_date, sanction.end_date, sanction.scope) == (
        TODAY,
        TODAY + WEEK,
        "internet",
    )
    assert [(task.label, task.due_date, task.owner) for task in light.tasks.order_by("pk")] == [
        ("Remove internet access of Pia Pease", TODAY, cast.tina),
        ("Restore internet access of Pia Pease", TODAY + WEEK, cast.tina),
    ]
    assert told("task") == [cast.tina]


def test_decision_that_the_ladder_wants_confirmed_is_only_proposed(cast, grave):
    decision = walk.decide(cast, grave)
    assert (walk.now(grave).state, decision.needs_confirmation) == ("confirming", True)
    assert (Sanction.objects.count(), grave.tasks.count()) == (0, 0)
    assert told("to_confirm") == [cast.hana]


def test_headteacher_decides_alone(cast, grave):
    decision = walk.decide(cast, grave, by="hana")
    assert (walk.now(grave).state, decision.needs_confirmation) == ("actions", False)
    assert Sanction.objects.count() == 1


def test_confirmed_decision_starts_what_was_chosen_and_what_the_ladder_asks(cast, grave):
    walk.decide(cast, grave)
    walk.act(confirm_decision, grave, by=cast.hana, note="Agreed.")
    answer = DecisionAnswer.objects.get()
    assert (answer.confirmed, answer.answered_by, answer.reason) == (True, cast.hana, "Agreed.")
    sanction = Sanction.objects.get()
    assert (sanction.person, sanction.kind.code, sanction.end_date, sanction.given_by) == (
        cast.pia,
        "access_removed",
        TODAY + WEEK,
        cast.dora,
    )
    assert [(task.label, task.owner) for task in grave.tasks.order_by("pk")] == [
        ("Remove access of Pia Pease", cast.tina),
        ("Restore access of Pia Pease", cast.tina),
        ("Technical support blocks the site (Unsuitable web material was reached)", cast.dora),
    ]
    assert (walk.now(grave).state, told("confirmed")) == ("actions", [cast.dora])


def test_returned_decision_starts_nothing_and_goes_back(cast, grave):
    walk.decide(cast, grave)
    with pytest.raises(Refusal, match="Say why you return"):
        walk.act(return_decision, grave, by=cast.hana, reason="")
    walk.act(return_decision, grave, by=cast.hana, reason="Talk to her first.")
    assert (walk.now(grave).state, told("returned")) == ("investigating", [cast.dora])
    assert (Sanction.objects.count(), grave.tasks.count()) == (0, 0)
    assert DecisionAnswer.objects.get().confirmed is False


def test_second_decision_leaves_the_first_on_record(cast, grave):
    walk.decide(cast, grave)
    walk.act(return_decision, grave, by=cast.hana, reason="Talk to her first.")
    walk.decide(cast, grave, reason="She was asked.")
    walk.act(confirm_decision, grave, by=cast.hana)
    assert [
        (decision.reason, decision.answer.confirmed) for decision in grave.decisions.order_by("pk")
    ] == [("It was the first time.", False), ("She was asked.", True)]


@pytest.mark.parametrize("answer", [confirm_decision, return_decision])
def test_nobody_answers_their_own_decision(cast, ladder, grave, answer):
    give(cast, "head", "dora", deputy=True)
    walk.decide(cast, grave, by="hana")
    assert walk.now(grave).state == "actions"  # whoever may confirm decides alone
    other = walk.classify(cast, walk.opened(cast, "quin"), "PC1")
    Decision.objects.create(
        school=cast.school,
        incident=other,
        category=other.category,
        reason="Walked round the rule.",
        needs_confirmation=True,
        decided_by=cast.hana,
        decided_at=NOW,
    )
    said = {"reason": "Mine."} if answer is return_decision else {}
    with pytest.raises(Conflicted, match="You made this decision yourself"):
        walk.act(answer, other, by=cast.hana, **said)


def test_role_the_category_does_not_name_is_refused(cast, ladder):
    incident = walk.opened(cast, "tess", opener="hana")
    walk.classify(cast, incident, "SA1", by="hana", subject="staff")
    walk.act(
        walk.actions.share_incident, incident, by=cast.hana, person=cast.dora, reason="To help."
    )
    with pytest.raises(Refusal, match="is not decided by your role"):
        walk.decide(cast, incident, by="dora")


def test_conflicted_person_neither_decides_nor_confirms(cast, ladder):
    incident = walk.classify(cast, walk.opened(cast, witness=("hana",)), "PC1")
    with pytest.raises(Conflicted, match="You are involved"):
        walk.decide(cast, incident, by="hana")
    walk.decide(cast, incident)
    with pytest.raises(Conflicted, match="You are involved"):
        walk.act(confirm_decision, incident, by=cast.hana)


def test_repeated_confirmation_is_refused(cast, grave):
    walk.decide(cast, grave)
    walk.act(confirm_decision, grave, by=cast.hana)
    with pytest.raises(Refusal, match="cannot be done now"):
        walk.act(confirm_decision, grave, by=cast.hana)
    assert (DecisionAnswer.objects.count(), Sanction.objects.count()) == (1, 1)


def test_category_d_opens_its_referrals_only_where_something_illegal_is_suspected(cast, ladder):
    plain = walk.classify(cast, walk.opened(cast), "PD4")
    walk.decide(cast, plain, by="hana")
    assert plain.referrals.count() == 0
    illegal = walk.classify(cast, walk.opened(cast, "quin"), "PD4", illegal_suspected=True)
    walk.make_referrals(illegal, by=cast.dora)
    walk.act(walk.actions.resume_incident, illegal, by=cast.dora, said="PC Green, today.")
    walk.decide(cast, illegal, by="hana")
    assert [
        (referral.agency.code, referral.mandatory) for referral in illegal.referrals.order_by("pk")
    ] == [("police", True), ("local_authority", True), ("ceop", True)]
    assert [task.creates for task in illegal.tasks.order_by("pk")] == [
        "evidence_hold",
        "provider_contact",
        "takedown_request",
    ]

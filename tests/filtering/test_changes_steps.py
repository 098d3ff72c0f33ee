"""A filter change from asking to closing, step by step, and every refusal on the way (c.5, c.6)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from audit.queries import trail
from common.errors import Conflicted, Refusal, StaleRecord, StepRefused
from filtering.actions import change_decisions, change_making, change_undoing, changing
from filtering.actions.profiles import ProfileDetails, replace_profile
from filtering.models import ChangeRequest, LogEntry
from filtering.trail_words import WORDS
from people.models import Notice
from tests.cast import NOW
from tests.filtering import walk_changes as walk


def verbs(cast):
    return [entry.verb for entry in trail(cast.school.pk).filter(subject_type__endswith="request")][
        ::-1
    ]


def told(reason):
    return set(Notice.objects.filter(reason=reason).values_list("person__given_name", flat=True))


def test_change_takes_five_people_and_leaves_its_log(cast):
    change = walk.bring(cast, "made", walk.ask(cast))
    closed = walk.tried(cast, change)

    assert (closed.state, closed.ended_by, closed.reference) == ("closed", cast.tess, "2026-0001")
    assert walk.log_of(change) == [
        ("asked", "Asked for: Allow for Pupils"),
        ("assessed", "Risk assessed: low"),
        ("approved", "Approved: Allow for Pupils"),
        ("made", "Made for Pupils"),
        ("tested", "Tested by a second person: works"),
        ("closed", "Closed: the change stands"),
    ]
    made = LogEntry.objects.get(kind="made")
    assert (made.before, made.after, made.profiles, made.target, made.cause) == (
        *("Blocked", "Allowed", ["Pupils"]),
        *("www.example.com/war", "Filter change 2026-0001"),
    )
    steps = ["ask_for_change", "assess_change", "approve_change", "make_change", "test_change"]
    assert verbs(cast) == steps
    assert set(steps) <= set(WORDS)
    assert walk.in_force(cast, "www.example.com/war") == ["allow"]


def test_each_state_tells_whom_it_waits_for_and_the_asker(cast):
    walk.bring(cast, "made", walk.ask(cast))

    assert told("change_submitted") == {"Dora"}
    assert told("change_awaiting") == {"Tom", "Hana"}
    assert told("change_approved") == {"Tom", "Tina"}
    assert told("change_made") == {"Tom"}


@pytest.mark.parametrize(
    ("deed", "who", "sentence"),
    [
        ("approve", "tom", "Your role at this school does not allow this step."),
        ("assess", "tom", "Your role at this school does not allow this step."),
        ("make", "hana", "Your role at this school does not allow this step."),
    ],
)
def test_step_without_the_power_is_refused(cast, deed, who, sentence):
    state = {"approve": "awaiting", "assess": "submitted", "make": "approved"}[deed]
    change = walk.bring(cast, state, walk.ask(cast))

    with pytest.raises(StepRefused, match=sentence):
        getattr(walk, deed)(cast, change, by=getattr(cast, who))


def test_nobody_approves_their_own_request(cast):
    change = walk.bring(cast, "awaiting", walk.ask(cast, by="hana"))

    with pytest.raises(Conflicted) as refused:
        walk.approve(cast, change)
    assert str(refused.value) == (
        "You asked for this change, so somebody else has to decide on it."
    )
    assert walk.now(change).state == "awaiting"


def test_nobody_makes_what_they_asked_for(cast):
    change = walk.bring(cast, "approved", walk.ask(cast, by="tina"))

    with pytest.raises(Conflicted, match=r"You asked for this change, so somebody else"):
        walk.make(cast, change)


def test_nobody_tests_what_they_made_or_checks_what_they_put_back(cast):
    change = walk.bring(cast, "made")
    with pytest.raises(Conflicted, match=r"You made this change, so somebody else has to test it."):
        walk.tried(cast, change, by=cast.tina)

    change = walk.put_back(cast, walk.revoke(cast, change))
    with pytest.raises(Conflicted, match=r"You put this back yourself, so somebody else"):
        walk.check(cast, change, by=cast.tina)


def test_unapproved_change_cannot_be_made(cast):
    change = walk.bring(cast, "awaiting", walk.ask(cast))

    with pytest.raises(StepRefused) as refused:
        walk.make(cast, change)
    assert str(refused.value) == (
        "“Make the change” cannot be done now: this filter change is “Waiting for approval”, and "
        "it needs to be “Approved, to be made”."
    )


def test_request_edited_after_it_was_opened_is_not_approved(cast):
    opened = walk.bring(cast, "awaiting", walk.ask(cast))
    other = walk.wanted(cast, addresses="example.com")
    walk.act(changing.edit_change, opened, **other, by=cast.tom)

    with pytest.raises(StaleRecord) as refused:
        change_decisions.approve_change(change=opened, version=opened.version, by=cast.hana, at=NOW)
    assert str(refused.value) == (
        "Filter change 2026-0001 was changed after you opened it. Nothing was saved, and what you "
        "typed is still here. Look again, then send it once more."
    )
    assert walk.now(opened).state == "submitted"


def test_edit_goes_back_to_assessing_and_keeps_what_was_asked_before(cast):
    change = walk.bring(cast, "awaiting", walk.ask(cast))
    staff = walk.profile(cast, "Staff")
    edited = walk.act(
        changing.edit_change,
        change,
        **walk.wanted(cast, addresses="example.com/peace", profiles=[staff]),
        by=cast.tom,
    )

    assert (edited.state, edited.risk, edited.assessed_by) == ("submitted", "", None)
    rows = edited.targets.order_by("pk").values_list("target", "dropped_at")
    assert list(rows) == [("www.example.com/war", NOW), ("example.com/peace", None)]
    assert [str(part) for part in edited.parts.filter(dropped_at=None)] == ["Staff"]
    assert walk.log_of(change)[-1] == ("edited", "Request changed: Allow for Staff")


def test_only_the_asker_edits_and_withdraws(cast):
    change = walk.ask(cast)
    with pytest.raises(Conflicted, match=r"Only the person who asked"):
        walk.act(changing.edit_change, change, **walk.wanted(cast), by=cast.tess)
    with pytest.raises(Conflicted, match=r"Only the person who asked"):
        walk.act(changing.withdraw_change, change, reason="", by=cast.dora)

    ended = walk.act(changing.withdraw_change, change, reason="Found a book.", by=cast.tom)
    assert (ended.state, ended.ended_by) == ("withdrawn", cast.tom)


def test_approved_change_that_nobody_made_can_be_withdrawn(cast):
    change = walk.bring(cast, "approved")
    ended = walk.act(changing.withdraw_change, change, reason="The lesson is over.", by=cast.tom)
    assert ended.state == "withdrawn"


def test_what_was_blocked_at_once_is_neither_edited_nor_withdrawn(cast):
    change = walk.block(cast)
    with pytest.raises(Refusal, match=r"What was blocked at once is not edited"):
        walk.act(changing.edit_change, change, **walk.wanted(cast), by=cast.tina)
    with pytest.raises(Refusal, match=r"This is blocked already"):
        walk.act(changing.withdraw_change, change, reason="", by=cast.tina)
    with pytest.raises(Refusal, match=r"This was blocked at once: approve what was blocked"):
        walk.act(change_decisions.return_change, change, question="Why?", by=cast.hana)


def test_decision_may_be_a_refusal_or_a_question(cast):
    change = walk.bring(cast, "awaiting", walk.ask(cast))
    with pytest.raises(Refusal, match=r"Say what you want to know."):
        walk.act(change_decisions.return_change, change, question=" ", by=cast.hana)
    back = walk.act(change_decisions.return_change, change, question="All week?", by=cast.hana)
    assert (back.state, back.decided_by) == ("submitted", None)

    walk.assess(cast, change)
    with pytest.raises(Refusal, match=r"Say why it is refused."):
        walk.act(change_decisions.reject_change, change, reason="", by=cast.hana)
    ended = walk.act(change_decisions.reject_change, change, reason="Not now.", by=cast.hana)
    assert (ended.state, ended.decided_by, ended.decision_reason) == (
        *("rejected", cast.hana),
        "Not now.",
    )
    assert walk.in_force(cast, "www.example.com/war") == []


def test_second_approval_is_refused(cast):
    change = walk.bring(cast, "awaiting", walk.ask(cast))
    walk.approve(cast, change)

    with pytest.raises(StaleRecord):
        walk.approve(cast, change, version=change.version)
    with pytest.raises(StepRefused, match=r"this filter change is “Approved, to be made”"):
        walk.approve(cast, change)


def test_values_before_and_after_are_needed_for_every_profile(cast):
    staff = walk.profile(cast, "Staff")
    asked = walk.ask(cast, profiles=[walk.profile(cast), staff])
    change = walk.bring(cast, "approved", asked)
    only = {walk.profile(cast).pk: "Set"}

    with pytest.raises(Refusal, match=r"what was set for “Staff” before"):
        walk.make(cast, change, before=only, after=only)
    assert walk.in_force(cast, "www.example.com/war") == []


def test_every_profile_has_to_be_tried_and_a_fault_described(cast):
    change = walk.bring(cast, "made", walk.ask(cast))
    with pytest.raises(Refusal, match=r"Say what you found as “Pupils”. Every profile"):
        walk.tried(cast, change, results={})
    with pytest.raises(Refusal, match=r"Say what is wrong for “Pupils”."):
        walk.tried(cast, change, "wrong", notes={})


def test_wrong_effect_is_put_back_checked_and_taken_up_again(cast):
    change = walk.bring(cast, "made", walk.ask(cast))
    wrong = walk.tried(cast, change, "wrong")
    assert (wrong.state, wrong.undo) == ("undo", "wrong")
    assert wrong.undo_due_at.isoformat() == "2026-09-15T16:00:00+01:00"

    walk.put_back(cast, change)
    again = walk.check(cast, change)
    assert (again.state, again.made_by, again.decided_by, again.undo) == (
        *("submitted", None, None),
        "",
    )
    parts = again.parts.order_by("pk").values_list("before", "dropped_at")
    assert list(parts) == [("Blocked", NOW), ("", None)]
    assert walk.bring(cast, "made", again).state == "made"


def test_check_that_fails_sends_it_back_to_be_put_back(cast):
    change = walk.bring(cast, "put_back")
    still = walk.check(cast, change, "wrong")

    assert still.state == "undo"
    assert walk.log_of(change)[-1] == (
        "faulty",
        "Checked by a second person: not as it was before, to be put back again",
    )


def test_rules_are_ended_not_altered_and_come_back(cast):
    baseline = walk.rule(cast, "games")
    change = walk.bring(cast, "active", walk.study(cast, addresses="", categories=["games"]))
    baseline.refresh_from_db()
    assert walk.in_force(cast, "games") == ["allow"]
    assert (baseline.ended_at, baseline.ended_change) == (NOW, change)

    later = NOW + timedelta(hours=1)
    walk.put_back(cast, walk.revoke(cast, change, at=later), at=later)
    (rule,) = baseline.profile.rules.filter(target="games", ended_at=None)
    assert (rule.direction, rule.change, rule.why) == ("block", None, "Baseline")
    assert change.rules_made.get().ended_change == change


def test_later_decision_stands_when_an_earlier_one_is_put_back(cast):
    walk.rule(cast, "games")
    first = walk.bring(cast, "active", walk.study(cast, addresses="", categories=["games"]))
    later = NOW + timedelta(hours=1)
    second = walk.bring(
        cast, "approved", walk.ask(cast, addresses="", categories=["games"], direction="block")
    )
    walk.make(cast, second, at=later)

    walk.put_back(cast, walk.revoke(cast, first, at=later), at=later)
    assert walk.in_force(cast, "games") == ["block"]
    (rule,) = second.rules_made.all()
    assert rule.ended_at is None


def test_profile_described_anew_keeps_its_changes(cast):
    walk.rule(cast, "games")
    change = walk.bring(cast, "approved", walk.study(cast, addresses="", categories=["games"]))

    def describe(whom, at):
        old = walk.profile(cast)
        details = ProfileDetails("Pupils", whom, old.service, cast.tina)
        return replace_profile(profile=old, details=details, by=cast.tina, at=at)

    described = describe("Years 3 to 6", NOW)
    walk.make(cast, change)
    assert change.rules_made.get().profile == described
    with pytest.raises(Refusal, match=r"This is so already"):
        walk.study(cast, addresses="", categories=["games"])

    later = NOW + timedelta(hours=1)
    newest = describe("Years 2 to 6", later)
    walk.put_back(cast, walk.revoke(cast, change, at=later), at=later)
    assert list(newest.rules.filter(ended_at=None).values_list("direction", flat=True)) == ["block"]


def test_rule_for_one_site_leaves_the_rule_for_all(cast):
    walk.rule(cast, "games")
    asked = walk.ask(cast, addresses="", categories=["games"], sites=["Main school"])
    walk.bring(cast, "made", asked)

    assert sorted(walk.in_force(cast, "games")) == ["allow", "block"]


def test_revoked_unblock_keeps_the_incident_and_the_reason(cast):
    change = walk.bring(cast, "active")
    with pytest.raises(Refusal, match=r"Say why it has to end now."):
        walk.revoke(cast, change, reason=" ")
    ended = walk.revoke(cast, change, incident_reference="2026-0042")

    assert (ended.state, ended.undo, ended.incident_reference) == ("undo", "revoked", "2026-0042")
    assert LogEntry.objects.filter(change=change).first().cause == "Incident 2026-0042"


def test_unblock_that_was_not_tested_yet_can_be_ended(cast):
    assert walk.revoke(cast, walk.bring(cast, "made")).state == "undo"


def test_lasting_change_cannot_be_ended_at_once(cast):
    change = walk.bring(cast, "made", walk.ask(cast))
    with pytest.raises(Refusal, match=r"This does not stand open for a time."):
        walk.revoke(cast, change)


def test_unblock_is_made_from_its_first_day_to_its_last(cast):
    start = date(2026, 9, 21)
    change = walk.bring(cast, "approved", walk.study(cast, from_date=start))
    with pytest.raises(Refusal, match=r"This is approved from Mon 21 Sep 2026. Make it"):
        walk.make(cast, change)
    with pytest.raises(Refusal, match=r"Its last day was Wed 30 Sep 2026"):
        walk.make(cast, change, at=NOW + timedelta(days=16))

    assert walk.make(cast, change, at=NOW + timedelta(days=6)).state == "made"


def test_unblock_whose_last_day_has_passed_is_not_approved(cast):
    change = walk.bring(cast, "awaiting")
    with pytest.raises(Refusal, match=r"The last day asked for was Wed 30 Sep 2026"):
        walk.approve(cast, change, at=NOW + timedelta(days=16))


def test_more_time_is_a_new_request_and_a_new_decision(cast):
    change = walk.bring(cast, "active")
    more = walk.extension(cast, change)
    assert (more.state, more.extends, more.reference) == ("submitted", change, "2026-0002")
    with pytest.raises(Refusal, match=r"Filter change 2026-0002 asks for more time already."):
        walk.extension(cast, change)

    walk.assess(cast, more)
    with pytest.raises(Refusal, match=r"This asks for more time"):
        walk.approve(cast, more)
    granted = walk.act(change_decisions.grant_time, more, by=cast.hana)
    assert granted.state == "closed"
    assert walk.now(change).until_date == date(2026, 10, 7)
    assert walk.log_of(change)[-1] == ("extended", "Open until Wed 7 Oct 2026")
    words = "Approved: More time until Wed 7 Oct 2026 for Pupils"
    assert walk.log_of(more)[-1] == ("approved", words)


def test_more_time_has_its_limits(cast):
    change = walk.bring(cast, "active")
    with pytest.raises(Refusal, match=r"Choose a day after the one until which it is open now."):
        walk.extension(cast, change, until_date=walk.UNTIL)
    with pytest.raises(Refusal, match=r"for at most 6 weeks: until Thu 12 Nov 2026"):
        walk.extension(cast, change, until_date=date(2026, 11, 13))
    with pytest.raises(Refusal, match=r"Say why more time is needed."):
        walk.extension(cast, change, reason=" ")


def test_more_time_is_not_given_to_what_was_ended_meanwhile(cast):
    change = walk.bring(cast, "active")
    more = walk.assess(cast, walk.extension(cast, change))
    walk.revoke(cast, change)

    with pytest.raises(Refusal, match=r"Filter change 2026-0001 is no longer open as it was"):
        walk.act(change_decisions.grant_time, more, by=cast.hana)
    ended = walk.act(change_decisions.reject_change, more, reason="Over.", by=cast.hana)
    assert ended.state == "rejected"


def test_same_form_sent_twice_makes_one_request(cast):
    form = uuid4()
    first, second = walk.ask(cast, submission=form), walk.ask(cast, submission=form)

    assert (first, ChangeRequest.objects.count()) == (second, 1)
    with pytest.raises(Refusal, match=r"This form was used already."):
        walk.ask(cast, by="tess", submission=form, addresses="example.net")


def test_log_lines_name_nobody(cast):
    walk.check(cast, walk.bring(cast, "put_back"))
    walk.block(cast)
    words = " ".join(LogEntry.objects.values_list("words", flat=True))

    assert [name for name in vars(cast.people) if name.title() in words] == []


def test_approved_block_is_tested_by_somebody_else(cast):
    change = walk.block(cast)
    confirmed = walk.act(change_decisions.confirm_block, change, by=cast.hana)
    assert confirmed.state == "made"
    with pytest.raises(Conflicted):
        walk.tried(cast, change, by=cast.tina)
    assert walk.tried(cast, change).state == "closed"


def test_actions_of_changes_are_on_the_trail_in_words(cast):
    modules = (changing, change_decisions, change_making, change_undoing)
    deeds = {
        name
        for module in modules
        for name, value in vars(module).items()
        if getattr(value, "__module__", "") == module.__name__ and not name.startswith("_")
    }
    assert deeds <= set(WORDS)

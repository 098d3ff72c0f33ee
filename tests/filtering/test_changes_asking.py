"""What may be asked for, what is refused before anybody decides (R-FM-4, FIL-06 to FIL-10)."""

from datetime import date, timedelta

import pytest

from common.errors import Refusal, StepRefused
from filtering.conditions.changes import LOCKED
from filtering.models import ChangeRequest, LogEntry
from filtering.queries.overlaps import overlaps_of
from people.actions.settings import change_setting
from tests.cast import NOW
from tests.filtering import walk_changes as walk


def setting(cast, name, value):
    change_setting(school=cast.school, name=name, value=value, by=cast.hana, at=NOW)


def refusal(cast, deed=walk.ask, **changed):
    """Return why something is refused; nothing is written."""
    before = (ChangeRequest.objects.count(), LogEntry.objects.count())
    with pytest.raises(Refusal) as refused:
        deed(cast, **changed)
    assert (ChangeRequest.objects.count(), LogEntry.objects.count()) == before
    return str(refused.value)


@pytest.mark.parametrize("direction", ["allow", "block"])
@pytest.mark.parametrize("code", ["child_abuse", "terrorism", "illegal"])
def test_lists_nobody_can_switch_off_are_refused_with_the_reason(cast, direction, code):
    label = {
        "child_abuse": "Child sexual abuse material",
        "terrorism": "Terrorist content",
        "illegal": "Other illegal content",
    }[code]
    why = refusal(cast, direction=direction, categories=[code])

    assert why == LOCKED.format(label=label)
    assert refusal(cast, walk.block, addresses="", categories=[code]) == why


def test_request_has_to_say_what_for_whom_and_why(cast):
    draft = walk.profile(cast, "Guests", confirmed=False)

    assert refusal(cast, addresses="") == "Say which web address or which category it is about."
    assert refusal(cast, profiles=[]) == (
        "Choose at least one profile: nothing is changed for everybody at once."
    )
    assert refusal(cast, reason=" ") == "Say why it is needed."
    assert refusal(cast, categories=["mine"]) == "“mine” is no category of this school."
    assert refusal(cast, sites=["Moon"]) == "“Moon” is no site of this school."
    assert refusal(cast, profiles=[draft]).startswith("The profile “Guests” has not been confirmed")


def test_profile_that_is_no_longer_in_use_or_of_another_school_is_refused(cast):
    ended = walk.profile(cast, "Guests")
    ended.ended_at, ended.ended_by = NOW, cast.tina
    why = "The profile “Guests” is no longer in use. Choose another one."

    assert refusal(cast, profiles=[ended]) == why


def test_only_staff_ask(cast):
    with pytest.raises(StepRefused):
        walk.ask(cast, by="paul")
    with pytest.raises(StepRefused):
        walk.block(cast, by="tom")


@pytest.mark.parametrize(
    "asked", [{"categories": ["social"]}, {"addresses": "https://www.facebook.com/page"}]
)
def test_social_networks_need_a_purpose_and_an_end_or_stay_shut(cast, asked):
    why = (
        "“Social networks” are opened only for a purpose in teaching and for a time. Say what "
        "for, and until which day."
    )
    assert refusal(cast, **asked) == why
    assert refusal(cast, walk.study, purpose="", **asked) == why
    assert walk.study(cast, **asked).state == "submitted"
    assert walk.ask(cast, direction="block", **asked).state == "submitted"

    setting(cast, "social_networks", "never")
    assert refusal(cast, walk.study, **asked) == "Social networks are never opened at this school."


def test_raw_image_search_is_shut_where_the_school_says_so(cast):
    setting(cast, "image_search", "never")
    why = "Raw image search is never opened at this school."
    assert refusal(cast, categories=["image_search"]) == why


@pytest.mark.parametrize(
    ("code", "label"), {"music": "Music and media", "shopping": "Shopping"}.items()
)
def test_music_and_shopping_need_a_body_that_approves(cast, code, label):
    assert refusal(cast, categories=[code]) == (
        f"“{label}” is opened only if a regional or national body for education approves it. Say "
        "which body did."
    )
    made = walk.ask(cast, categories=[code], approving_body="The regional grid")
    assert made.approving_body == "The regional grid"


def test_unblock_for_study_has_its_limits(cast):
    assert refusal(cast, walk.study, lesson="") == (
        "Say for which lesson or for which class it is opened."
    )
    watch = "Choose the member of staff who watches over it."
    assert refusal(cast, walk.study, supervisor=None) == watch
    assert refusal(cast, walk.study, supervisor=cast.pia) == watch
    assert refusal(cast, walk.study, direction="block") == (
        "Only something that is opened can end by itself."
    )
    assert refusal(cast, walk.study, until_date=date(2026, 10, 28)) == (
        "At this school something is opened for at most 6 weeks: until Tue 27 Oct 2026."
    )
    assert refusal(cast, walk.study, from_date=date(2026, 9, 14)) == (
        "It cannot be opened from a day in the past."
    )
    assert refusal(cast, walk.study, from_date=date(2026, 10, 1)) == (
        "The last day cannot be before the first."
    )
    assert walk.study(cast, until_date=date(2026, 10, 27)).from_date == NOW.date()
    setting(cast, "unblock_allowed", False)
    assert refusal(cast, walk.study) == "At this school nothing is opened for a time only."


def test_same_request_is_refused_with_the_number_of_the_open_one(cast):
    walk.ask(cast)
    again = "https://www.example.com/war/"
    assert refusal(cast, by="tess", addresses=again) == (
        "Filter change 2026-0001 asks for exactly this already: it is “To be assessed”."
    )
    staff = walk.profile(cast, "Staff")
    assert walk.ask(cast, profiles=[staff]).state == "submitted"
    assert walk.ask(cast, direction="block").state == "submitted"
    assert walk.ask(cast, addresses="www.example.com").state == "submitted"


def test_what_is_so_already_is_refused(cast):
    walk.rule(cast, "games")
    said = {"addresses": "", "categories": ["games"], "direction": "block"}
    why = (
        "This is so already, for every profile you chose. If it does not work, report that; if it "
        "is open for a time only, ask for more time."
    )
    assert refusal(cast, **said) == why
    assert refusal(cast, walk.block, addresses="", categories=["games"]) == why
    both = [walk.profile(cast), walk.profile(cast, "Staff")]
    assert walk.ask(cast, **said, profiles=both).state == "submitted"


def test_what_is_open_for_a_time_may_be_asked_for_for_good(cast):
    walk.bring(cast, "active")

    assert refusal(cast, walk.study).startswith("This is so already")
    assert walk.ask(cast).state == "submitted"


def test_overlaps_name_requests_and_rules_and_how_they_stand(cast):
    walk.rule(cast, "games")
    walk.bring(cast, "made", walk.ask(cast, addresses="*.example.com"))
    later = NOW + timedelta(minutes=1)
    walk.ask(cast, addresses="www.example.com/war/1914", direction="block", at=later)
    walk.ask(cast, addresses="example.org")
    change = walk.ask(cast, categories=["games"])

    assert [(one.words, one.relation, one.reference) for one in overlaps_of(change)] == [
        ("Block www.example.com/war/1914: To be assessed", "covers", "2026-0002"),
        ("Allow *.example.com: Made, to be tested", "covered", "2026-0001"),
        ("*.example.com is allowed for Pupils now", "covered", "2026-0001"),
        ("Games is blocked for Pupils now", "same", ""),
    ]


def test_decision_is_due_after_the_school_days_of_the_setting(cast):
    friday = NOW + timedelta(days=3)
    assert walk.ask(cast, at=friday).due_at.isoformat() == "2026-09-22T16:00:00+01:00"
    late = NOW.replace(hour=18)
    assert walk.block(cast, at=late).due_at.isoformat() == "2026-09-16T16:00:00+01:00"

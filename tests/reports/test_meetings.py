"""Meetings on online safety: entered, recorded, followed; leaders' own are not for governors."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from common.errors import Refusal, StaleRecord, StepRefused
from people.models import Notice
from reminders.recurring import recurring_duties
from reports.actions.meetings import cancel_meeting
from reports.models import GovernorAction, Meeting
from reports.queries.reviews import action_rows, actions_for
from reports.showing.review_pack import pack_of
from roles.queries import powers_of
from tests.cast import NOW
from tests.reports import walk_reviews
from tests.reports.samples_meetings import DAY, action, held, hold, plan

TERM = (date(2026, 9, 2), date(2026, 12, 18))


def powers(person):
    return powers_of(person, on=DAY)


def test_meeting_entered_twice_is_one_and_its_record_may_be_put_right(cast):
    meeting = plan(cast)
    assert plan(cast) == meeting
    assert Meeting.objects.count() == 1

    first = hold(cast, meeting)
    again = hold(cast, first, items="And the sample.", attendees=[cast.hana])

    assert (again.state, again.items, again.held_at) == ("held", "And the sample.", NOW)
    assert {one.person for one in again.attendees.all()} == {cast.dora, cast.olga, cast.hana}
    assert walk_reviews.verbs(again) == ["plan_meeting", "hold_meeting", "hold_meeting"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"items": " "}, "Say what was talked about."),
        ({"attendees": []}, "Say who took part."),
        ({"on_date": DAY + timedelta(days=1)}, "cannot have been on a day to come"),
        ({"version": 9}, "Somebody changed this meeting"),
    ],
)
def test_record_says_who_what_and_when(cast, given, words):
    with pytest.raises((Refusal, StaleRecord), match=words):
        hold(cast, plan(cast), **given)
    assert Meeting.objects.get().state == "planned"


def test_only_those_with_the_power_write_and_only_kinds_they_see(cast):
    with pytest.raises(StepRefused):
        hold(cast, plan(cast), by=cast.olga)
    with pytest.raises(Refusal, match="which committee"):
        plan(cast, 2, committee="")
    meeting = cancel_meeting(meeting=plan(cast, 3), version=1, by=cast.dora, at=NOW)
    with pytest.raises(StepRefused):
        hold(cast, meeting)


def test_leaders_meetings_and_their_actions_are_not_for_governors(cast):
    leaders = hold(cast, plan(cast, kind="leaders", committee=""), attendees=[cast.dora, cast.hana])
    own = action(cast, leaders, owner=cast.olga)
    theirs = action(cast, held(cast), words="Look again.")

    def seen(who):
        person = getattr(cast, who)
        return set(action_rows(cast.school, powers(person))) & {own, theirs}

    assert (seen("dora"), seen("olga")) == ({own, theirs}, {theirs})
    assert own in actions_for(cast.olga, powers(cast.olga))
    assert theirs not in actions_for(cast.olga, powers(cast.olga)).filter(review=None)
    client = cast.client("olga")
    assert client.get(cast.url(f"governors/meetings/{leaders.pk}/")).status_code == 404
    page = client.get(cast.url("governors/meetings/")).content.decode()
    assert "Safeguarding committee" in page
    assert "Lead and senior leaders" not in page
    sheet = b"".join(client.get(cast.url("governors/meetings/export/")).streaming_content)
    assert b"Item 6" in sheet
    assert b"Lead and senior leaders" not in sheet


def test_action_of_a_meeting_is_told_followed_and_not_carried_into_reviews(cast):
    made = action(cast, held(cast), words="Bring figures.")
    assert Notice.objects.filter(reason="governor_action", person=cast.tina).count() == 2
    review = walk_reviews.prepare(cast, walk_reviews.plan(cast, at=NOW), at=NOW)
    assert not review.actions.exists()
    assert pack_of(review, at=NOW)["actions_left"] == 0

    walk_reviews.finish(cast, made)

    assert GovernorAction.objects.get(pk=made.pk).done_by == cast.tina


def test_meetings_fulfil_their_duties(cast):
    duties = recurring_duties()
    leaders, committee = duties["leaders_meeting"], duties["committee_meeting"]
    hold(cast, plan(cast))
    assert leaders.evidence(cast.school, *TERM) is None
    assert committee.evidence(cast.school, *TERM) == NOW
    hold(cast, plan(cast, 2, kind="leaders"))
    assert leaders.evidence(cast.school, *TERM) == NOW
    assert leaders.evidence(cast.school, date(2025, 9, 2), date(2025, 12, 18)) is None


def test_meeting_is_entered_recorded_and_followed_from_its_pages(cast):
    client = cast.client("dora")
    page = client.get(cast.url("governors/meetings/new/"))
    sent = {
        "submission": str(UUID(int=1, version=4)),
        "kind": "committee",
        "committee": "Safeguarding committee",
        "on_date": DAY.isoformat(),
    }
    assert b"Name of the committee" in page.content
    response = client.post(cast.url("governors/meetings/new/"), sent)
    meeting = Meeting.objects.get()
    assert response["Location"].endswith(f"/{meeting.pk}/record/")

    record = {
        "version": 1,
        "on_date": DAY.isoformat(),
        "attendees": [cast.dora.pk],
        "items": "The log is complete.",
    }
    path = cast.url(f"governors/meetings/{meeting.pk}/")
    client.post(f"{path}record/", record)
    stale = client.post(f"{path}record/", record | {"items": "Else."}).content.decode()
    assert "Somebody changed this meeting" in stale
    shown = client.get(path).content.decode()
    assert "The log is complete." in shown
    assert "Put the record right" in shown

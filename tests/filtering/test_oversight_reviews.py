"""Reviews: opened, written by several, frozen, signed by four, taken back (R-FM-2, FIL-21)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.queries import trail
from common.errors import Refusal, StaleRecord, StepRefused
from filtering.actions.reviewing import (
    add_participant,
    add_review_action,
    drop_participant,
    drop_review_action,
    finish_review_action,
    write_review,
)
from filtering.actions.signing_reviews import offer_review, sign_review, take_back_review
from filtering.models import Review, ReviewParticipant, ReviewSignature
from filtering.queries.reviews import to_sign_by
from filtering.vocabulary import Capacity, Trigger
from people.models import Notice
from roles.models import RoleAssignment
from tests.cast import NOW
from tests.filtering import walk_alerts
from tests.filtering import walk_oversight as walk
from tests.filtering.walk_oversight import SIGNERS, TEXTS, deed


def sign_all(cast, made) -> Review:
    for name in SIGNERS.values():
        walk.sign(cast, made, name)
    return walk.now(made)


# Opening ------------------------------------------------------------------------------------------


def test_review_of_an_event_is_due_within_the_schools_days(cast):
    made = walk.review(cast, incident_reference="2026-0003")

    assert (made.reference, made.state, made.trigger, made.incident_reference) == (
        "2026-0001",
        "open",
        "update",
        "2026-0003",
    )
    assert (made.year_name, made.opened_by, made.due_date) == (
        "2026/27",
        cast.dora,
        date(2026, 10, 13),
    )


def test_yearly_review_is_due_by_the_end_of_the_year_and_only_one(cast):
    made = walk.review(cast, "", trigger=Trigger.ANNUAL)

    assert made.due_date == date(2027, 7, 21)
    with pytest.raises(Refusal, match="The yearly review of 2026/27 has begun already: 2026-0001"):
        walk.review(cast, "", trigger=Trigger.ANNUAL)


def test_next_year_has_its_own_yearly_review(cast):
    walk.review(cast, "", trigger=Trigger.ANNUAL)
    later = walk.review(cast, "", trigger=Trigger.ANNUAL, at=walk.at(date(2027, 9, 6)))

    assert (later.year_name, later.due_date) == ("2027/28", date(2028, 8, 31))


def test_same_cause_opens_one_review_while_it_is_being_written(cast):
    first = walk.review(cast)

    assert walk.review(cast) == first
    assert walk.review(cast, "Another thing.") != first


def test_same_cause_after_it_was_signed_opens_another(cast):
    sign_all(cast, made := walk.offered(cast))

    assert walk.review(cast) != made


# Writing ------------------------------------------------------------------------------------------


def test_what_is_written_is_kept(cast):
    made = walk.written(cast)

    assert {field: getattr(made, field) for field in TEXTS} == TEXTS
    assert dict(made.participants.values_list("capacity", "person")) == {
        capacity: getattr(cast, name).pk for capacity, name in SIGNERS.items()
    }


def test_two_who_write_at_once_do_not_overwrite_each_other(cast):
    made = walk.review(cast)
    deed(write_review, made, **TEXTS, by=cast.dora)

    with pytest.raises(StaleRecord, match="What you typed is still here"):
        write_review(
            review=made, version=made.version, **TEXTS | {"findings": "Else."}, by=cast.hana, at=NOW
        )
    assert walk.now(made).findings == TEXTS["findings"]


def test_technician_reads_but_does_not_write(cast):
    with pytest.raises(StepRefused, match="Your role"):
        deed(write_review, walk.review(cast), **TEXTS, by=cast.tina)


@pytest.mark.parametrize(
    ("name", "capacity", "words"),
    [
        ("tom", Capacity.IT, "Tom Teale holds no role today in which to sign as “IT”"),
        ("dora", Capacity.LEADER, "Dora Dale holds no role today in which to sign as"),
        ("olga", Capacity.IT, "Olga Overton holds no role today in which to sign as “IT”"),
    ],
)
def test_somebody_takes_part_only_as_what_their_roles_allow(cast, name, capacity, words):
    made = walk.review(cast)
    with pytest.raises(Refusal, match=words):
        deed(add_participant, made, person=getattr(cast, name), capacity=capacity, by=cast.dora)


def test_one_person_takes_part_once(cast):
    made = walk.written(cast)
    walk_alerts.give(cast, "dora", "slt")

    with pytest.raises(Refusal, match="Dora Dale takes part already"):
        deed(add_participant, made, person=cast.dora, capacity=Capacity.LEADER, by=cast.dora)


def test_somebody_entered_by_mistake_is_taken_off_and_may_come_back(cast):
    made = walk.written(cast)
    part = ReviewParticipant.objects.get(person=cast.tina)
    drop_participant(participant=part, version=made.version, by=cast.dora, at=NOW)
    deed(add_participant, made, person=cast.tina, capacity=Capacity.IT, by=cast.dora)

    assert ReviewParticipant.objects.filter(person=cast.tina, dropped_at=None).count() == 1
    with pytest.raises(Refusal, match="taken off already"):
        drop_participant(participant=part, version=walk.now(made).version, by=cast.dora, at=NOW)


# Actions ------------------------------------------------------------------------------------------


def test_owner_says_what_was_done(cast):
    action = walk.todo(cast, walk.review(cast))
    done = finish_review_action(action=action, note="It is filtered.", by=cast.tina, at=NOW)

    assert (done.done_by, done.done_at, done.done_note) == (cast.tina, NOW, "It is filtered.")
    with pytest.raises(Refusal, match="done already"):
        finish_review_action(action=action, note="Again.", by=cast.tina, at=NOW)


def test_action_is_finished_by_its_owner_or_those_who_write_reviews(cast):
    action = walk.todo(cast, walk.review(cast))

    with pytest.raises(StepRefused, match="Your role"):
        finish_review_action(action=action, note="Done.", by=cast.tom, at=NOW)
    with pytest.raises(Refusal, match="Say what was done"):
        finish_review_action(action=action, note=" ", by=cast.dora, at=NOW)
    assert finish_review_action(action=action, note="Done.", by=cast.dora, at=NOW).done_at == NOW


def test_action_of_a_signed_review_can_still_be_finished(cast):
    made = walk.written(cast)
    action = walk.todo(cast, made)
    deed(offer_review, made, by=cast.dora)
    sign_all(cast, made)

    assert finish_review_action(action=action, note="Done.", by=cast.tina, at=NOW).done_at == NOW


def test_action_in_the_past_or_without_words_is_refused(cast):
    made = walk.review(cast)
    told = {"words": "Do it.", "owner": cast.tina, "due_date": NOW.date()}
    for wrong, words in (
        ({"words": " "}, "Say what has to be done"),
        ({"due_date": NOW.date() - timedelta(days=1)}, "a day that has not passed"),
    ):
        with pytest.raises(Refusal, match=words):
            deed(add_review_action, made, **told | wrong, by=cast.dora)


def test_action_is_taken_off_unless_it_is_done(cast):
    made = walk.review(cast)
    first, second = walk.todo(cast, made), walk.todo(cast, made)
    finish_review_action(action=first, note="Done.", by=cast.tina, at=NOW)
    version = walk.now(made).version

    with pytest.raises(Refusal, match="done already, so it stays"):
        drop_review_action(action=first, version=version, by=cast.dora, at=NOW)
    dropped = drop_review_action(action=second, version=version, by=cast.dora, at=NOW)
    assert dropped.dropped_at == NOW


# Offering -----------------------------------------------------------------------------------------


def test_review_is_not_offered_before_it_is_whole(cast):
    with pytest.raises(Refusal) as refused:
        deed(offer_review, walk.review(cast), by=cast.dora)

    assert str(refused.value) == (
        "Each of these is needed first. What is blocked and allowed is described. Findings are "
        "written. Senior leader takes part. Safeguarding lead takes part. IT takes part. Governor "
        "takes part."
    )


def test_offering_freezes_the_text_and_asks_those_who_take_part(cast):
    made = walk.offered(cast)
    asked = set(Notice.objects.filter(reason="review_to_sign").values_list("person", flat=True))

    assert (made.state, len(made.text_hash), made.offered_at) == ("signing", 64, NOW)
    assert asked == {cast.hana.pk, cast.tina.pk, cast.olga.pk}
    with pytest.raises(StepRefused, match="“Write” cannot be done now"):
        deed(write_review, made, **TEXTS, by=cast.dora)


# Signing ------------------------------------------------------------------------------------------


def test_fourth_signature_closes_the_review(cast):
    made = walk.offered(cast)
    states = []
    for name in SIGNERS.values():
        walk.sign(cast, made, name)
        states.append(walk.now(made).state)

    assert states == ["signing", "signing", "signing", "closed"]
    assert walk.now(made).closed_at == NOW
    assert {row.capacity: row.person for row in made.signatures.all()} == {
        capacity: getattr(cast, name) for capacity, name in SIGNERS.items()
    }


def test_whoever_does_not_take_part_cannot_sign(cast):
    made = walk.offered(cast)

    with pytest.raises(StepRefused, match="You do not take part in this review"):
        walk.sign(cast, made, "cara")
    with pytest.raises(StepRefused, match="Your role"):
        walk.sign(cast, made, "tom")


def test_nobody_signs_twice_or_after_another_of_their_capacity(cast):
    made = walk.written(cast)
    deed(add_participant, made, person=cast.cara, capacity=Capacity.GOVERNOR, by=cast.dora)
    deed(offer_review, made, by=cast.dora)
    walk.sign(cast, made, "olga")

    for name in ("olga", "cara"):
        with pytest.raises(StepRefused, match="It is signed as “Governor” already"):
            walk.sign(cast, made, name)
    assert ReviewSignature.objects.count() == 1


def test_role_that_ended_signs_no_more(cast):
    made = walk.offered(cast)
    walk_alerts.give(cast, "tina", "slt")
    RoleAssignment.objects.filter(person=cast.tina, role__code__in=["tech", "filt_mgr"]).update(
        end_date=NOW.date() - timedelta(days=1)
    )
    with pytest.raises(
        Refusal, match="Tina Techworth holds no role today in which to sign as “IT”"
    ):
        walk.sign(cast, made, "tina")


def test_text_other_than_the_one_shown_is_not_signed(cast):
    made = walk.offered(cast)

    with pytest.raises(StaleRecord, match="The text is not the one you were shown"):
        deed(sign_review, made, seen_hash="0" * 64, by=cast.hana)
    with pytest.raises(StaleRecord, match="Somebody changed this after you opened it"):
        sign_review(review=made, version=1, seen_hash=made.text_hash, by=cast.hana, at=NOW)


def test_text_altered_behind_the_products_back_is_not_signed(cast):
    made = walk.offered(cast)
    Review.objects.filter(pk=made.pk).update(findings="All is well.")

    with pytest.raises(StaleRecord, match="The text is not the one you were shown"):
        walk.sign(cast, made, "hana")


def test_signatures_of_a_text_taken_back_stay_and_do_not_count(cast):
    made = walk.offered(cast)
    first = walk.now(made).text_hash
    walk.sign(cast, made, "hana")
    deed(take_back_review, made, by=cast.dora)
    later = NOW + timedelta(minutes=1)
    deed(offer_review, made, by=cast.dora, at=later)
    again = walk.now(made)

    assert again.text_hash != first
    assert [row.text_hash for row in made.signatures.all()] == [first]
    assert sign_all(cast, made).state == "closed"
    assert made.signatures.count() == 5


def test_signed_review_cannot_be_taken_back_or_altered(cast):
    made = sign_all(cast, walk.offered(cast))

    with pytest.raises(StepRefused, match="“Take back to change it” cannot be done now"):
        deed(take_back_review, made, by=cast.dora)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=made.pk).update(findings="All is well.")


def test_new_name_of_somebody_does_not_alter_the_text(cast):
    made = walk.offered(cast)
    cast.tina.family_name = "Newname"
    cast.tina.save(update_fields=["family_name"])

    assert sign_all(cast, made).state == "closed"


def test_review_waits_for_those_who_have_not_signed(cast):
    made = walk.offered(cast)
    walk.sign(cast, made, "hana")

    assert [list(to_sign_by(getattr(cast, name))) for name in ("hana", "tina", "cara")] == [
        [],
        [made],
        [],
    ]


def test_trail_tells_the_whole_story(cast):
    made = sign_all(cast, walk.offered(cast))
    verbs = trail(cast.school.pk).filter(subject_type="filtering.review", subject_id=str(made.pk))

    assert list(reversed(verbs.values_list("verb", flat=True))) == [
        "open_review",
        "write_review",
        *["add_participant"] * 4,
        "offer_review",
        *["sign_review"] * 4,
    ]

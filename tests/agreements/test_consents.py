"""Consents: what counts, who may decide, what follows, and that nothing is ever lost."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from agreements.actions.consents import give_consents, give_individual_consent, record_consent
from agreements.actions.following import finish_follow_up
from agreements.actions.purposes import (
    add_purpose,
    close_purpose,
    edit_purpose,
    reopen_purpose,
    set_up_purposes,
)
from agreements.consent_forms import form_of, ready_made_purposes
from agreements.models import Consent, ConsentPurpose, FollowUp
from agreements.queries.consent_lists import (
    consent_reminders,
    coverage_of_consents,
    no_photo_list,
    not_for,
    photo_list_changed,
    without_internet,
)
from agreements.queries.consents import (
    deciders_of,
    may_be_shown,
    may_decide,
    questions_for,
    standing_of_consents,
)
from agreements.queries.follow_ups import open_follow_ups
from audit.models import Entry
from common.errors import Conflicted, Refusal, StaleRecord
from people.actions.settings import change_setting
from people.models import CarerLink, Notice
from tests.agreements.family import answer, second_parent, set_up
from tests.cast import NOW, make_person

DAY = timedelta(days=1)
ON = NOW.date()


@pytest.fixture
def asked(cast) -> dict[str, ConsentPurpose]:
    return set_up(cast)


@pytest.fixture
def of_age(cast):
    """Make Pia old enough to answer for her own pictures."""
    cast.pia.birth_date = date(ON.year - 13, ON.month, ON.day)
    cast.pia.save()
    return cast.pia


def standing(cast, asked, code, child="pia", on=ON):
    pupil = getattr(cast, child)
    return standing_of_consents([pupil], on=on)[pupil.pk][asked[code].pk]


def shown(cast, code, on=ON):
    return may_be_shown(cast.pia, code, on=on)


# What counts --------------------------------------------------------------------------------------


def test_nothing_answered_is_no(cast, asked):
    found = standing_of_consents([cast.pia, cast.quin], on=ON)

    assert {one.why for each in found.values() for one in each.values()} == {"unanswered"}
    assert len(found[cast.pia.pk]) == 10
    assert not shown(cast, "website")


def test_yes_of_one_parent_is_yes_for_that_child_and_purpose_only(cast, asked):
    answer(cast, cast.paul, cast.pia, website="yes")

    assert standing(cast, asked, "website").answer == "yes"
    assert shown(cast, "website")
    assert not shown(cast, "social")
    assert standing(cast, asked, "website", "quin").why == "unanswered"


def test_parents_who_differ_count_as_no_and_are_flagged(cast, asked):
    maya = second_parent(cast, cast.pia)
    answer(cast, cast.paul, cast.pia, website="yes", video="yes")
    answer(cast, maya, cast.pia, website="no", video="yes")

    assert standing(cast, asked, "website").differs
    assert standing(cast, asked, "website").answer == "no"
    assert standing(cast, asked, "video").answer == "yes"
    assert not shown(cast, "website")


def test_latest_answer_of_each_person_counts(cast, asked):
    answer(cast, cast.paul, cast.pia, website="no")
    answer(cast, cast.paul, cast.pia, at=NOW + DAY, website="yes")

    assert standing(cast, asked, "website").why == "given"


def test_yes_of_somebody_who_may_no_longer_decide_does_not_count(cast, asked):
    answer(cast, cast.paul, cast.pia, website="yes")
    CarerLink.objects.filter(pupil=cast.pia).update(end_date=ON)

    assert standing(cast, asked, "website").why == "unanswered"


def test_no_outlives_the_link_until_somebody_who_may_decide_says_yes(cast, asked):
    maya = second_parent(cast, cast.pia)
    answer(cast, maya, cast.pia, website="yes")
    answer(cast, cast.paul, cast.pia, website="no")
    CarerLink.objects.filter(carer=cast.paul, pupil=cast.pia).update(end_date=ON)
    assert standing(cast, asked, "website").differs

    answer(cast, maya, cast.pia, at=NOW + DAY, website="no")
    answer(cast, maya, cast.pia, at=NOW + DAY * 2, website="yes")

    assert standing(cast, asked, "website").why == "given"


def test_closed_or_unknown_purpose_is_no(cast, asked):
    answer(cast, cast.paul, cast.pia, website="yes")
    close_purpose(purpose=asked["website"], by=cast.hana, at=NOW)

    assert not shown(cast, "website")
    assert not shown(cast, "unheard-of")
    assert asked["website"].pk not in standing_of_consents([cast.pia], on=ON)[cast.pia.pk]

    reopen_purpose(purpose=asked["website"], by=cast.hana, at=NOW)
    assert shown(cast, "website")


def test_standing_costs_the_same_for_one_and_for_many(cast, asked):
    def cost(pupils) -> int:
        with CaptureQueriesContext(connection) as seen:
            standing_of_consents(pupils, on=ON)
        return len(seen)

    answer(cast, cast.paul, cast.pia, website="yes")
    answer(cast, cast.paul, cast.quin, website="yes")

    cost([cast.pia])  # the school's settings are read now
    assert cost([cast.pia]) == cost([cast.pia, cast.quin]) == 2


# Who may decide -----------------------------------------------------------------------------------


def test_nobody_decides_for_another_family(cast, asked):
    stranger = make_person(cast.school, "Sam", "Strange", "carer", "parent")

    with pytest.raises(Conflicted):
        answer(cast, stranger, cast.pia, website="yes")
    with pytest.raises(Conflicted):
        answer(cast, cast.tom, cast.pia, website="yes")
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    "link",
    [
        {"no_contact": True, "may_sign": False},
        {"may_sign": False},
        {"parental_responsibility": False},
        {"end_date": ON - DAY},
    ],
)
def test_carer_without_the_right_may_not_decide(cast, asked, link):
    maya = second_parent(cast, cast.pia, **link)

    with pytest.raises(Conflicted):
        answer(cast, maya, cast.pia, website="yes")


def test_pupil_decides_about_pictures_from_the_age_on(cast, asked, of_age):
    answer(cast, cast.pia, cast.pia, website="yes")

    assert standing(cast, asked, "website").why == "given"
    assert Consent.objects.get().capacity == "self"
    assert {one.kind for one in questions_for(cast.pia, cast.pia)} == {"image"}
    with pytest.raises(Refusal):
        answer(cast, cast.pia, cast.pia, internet="yes")


def test_pupil_below_the_age_or_without_a_birthday_does_not_decide(cast, asked, of_age):
    assert may_decide(cast.pia, cast.pia, on=ON)
    assert not may_decide(cast.pia, cast.pia, on=ON - DAY)
    assert not may_decide(cast.quin, cast.quin, on=ON)
    assert not may_decide(cast.pia, cast.quin, on=ON)
    with pytest.raises(Conflicted):
        answer(cast, cast.pia, cast.pia, at=NOW - DAY, website="yes")


def test_age_is_a_setting(cast, asked, of_age):
    change_setting(school=cast.school, name="own_consent_age", value=14, by=cast.hana, at=NOW)

    assert not may_decide(cast.pia, cast.pia, on=ON)


def test_no_of_an_able_pupil_outweighs_the_yes_of_a_parent(cast, asked, of_age):
    answer(cast, cast.paul, cast.pia, website="yes")
    answer(cast, cast.pia, cast.pia, website="no")

    assert standing(cast, asked, "website").differs
    assert deciders_of(cast.pia, on=ON) == [cast.paul, cast.pia]


def test_leap_day_has_a_last_birthday_too(cast, asked, of_age):
    assert may_decide(cast.pia, cast.pia, on=date(2028, 2, 29))


# Changes ------------------------------------------------------------------------------------------


def test_sent_twice_makes_one_row_a_change(cast, asked):
    first = answer(cast, cast.paul, cast.pia, website="yes", social="no")
    second = answer(cast, cast.paul, cast.pia, at=NOW + DAY, website="yes", social="no")

    assert (len(first), second) == (2, [])
    assert Entry.objects.filter(verb="give_consents").count() == 1


def test_withdrawal_counts_at_once_and_has_pictures_taken_down_once(cast, asked):
    answer(cast, cast.paul, cast.pia, website="yes")
    (row,) = answer(cast, cast.paul, cast.pia, at=NOW + DAY, website="no")
    answer(cast, cast.paul, cast.pia, at=NOW + DAY, website="no")

    task = FollowUp.objects.get()
    assert row.answer == "withdrawn"
    assert not shown(cast, "website")
    assert (task.kind, task.power, task.person) == ("take_down", "take_down_images", cast.pia)
    assert task.due_date == date(2026, 9, 23)
    assert "Pia Pease" in task.words
    reasons = Notice.objects.filter(reason="consent_changed")
    assert {notice.person for notice in reasons} == {cast.hana, cast.tom}


def test_no_of_the_other_parent_has_pictures_taken_down_too(cast, asked):
    maya = second_parent(cast, cast.pia)
    answer(cast, cast.paul, cast.pia, website="yes")
    answer(cast, maya, cast.pia, website="no")

    assert FollowUp.objects.get().kind == "take_down"


def test_first_no_asks_nobody_to_take_anything_down(cast, asked):
    answer(cast, cast.paul, cast.pia, website="no", internet="no")

    assert not FollowUp.objects.exists()


def test_withdrawn_internet_is_no_picture_to_take_down(cast, asked):
    answer(cast, cast.paul, cast.pia, internet="yes")
    assert list(without_internet(cast.school, on=ON)) == []
    answer(cast, cast.paul, cast.pia, internet="no")

    assert list(without_internet(cast.school, on=ON)) == [cast.pia]
    assert not FollowUp.objects.exists()
    assert Notice.objects.filter(reason="consent_changed", person=cast.tom).exists()


def test_history_is_kept_and_the_database_refuses_to_change_it(cast, asked):
    answer(cast, cast.paul, cast.pia, website="yes")
    answer(cast, cast.paul, cast.pia, at=NOW + DAY, website="no")
    before, after = Consent.objects.order_by("pk")

    assert (before.answer, before.superseded_at) == ("yes", NOW + DAY)
    assert (after.answer, after.superseded_at) == ("withdrawn", None)
    for change in ({"answer": "yes"}, {"given_by": cast.tom}, {"form": "0" * 64}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.filter(pk=after.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=before.pk).delete()


def test_questions_that_changed_since_the_page_was_opened_are_refused(cast, asked):
    form = form_of(questions_for(cast.pia, cast.paul))
    one = asked["website"]
    edit_purpose(
        purpose=one, label=one.label, question="May we?", note="All of it.", by=cast.hana, at=NOW
    )

    with pytest.raises(StaleRecord):
        give_consents(
            pupil=cast.pia,
            answers={one.pk: "yes"},
            form=form,
            by=cast.paul,
            at=NOW,
            method="account",
        )
    assert not Consent.objects.exists()


@pytest.mark.parametrize("answers", [{"website": "maybe"}, {"individual": "yes"}])
def test_odd_answers_are_refused(cast, asked, answers):
    with pytest.raises(Refusal):
        answer(cast, cast.paul, cast.pia, **answers)


def test_closed_purpose_is_refused(cast, asked):
    close_purpose(purpose=asked["website"], by=cast.hana, at=NOW)

    with pytest.raises(Refusal):
        answer(cast, cast.paul, cast.pia, website="yes")


def test_trail_says_what_was_answered_to_which_form(cast, asked):
    answer(cast, cast.paul, cast.pia, website="yes")
    entry = Entry.objects.get(verb="give_consents")

    assert entry.facts["answers"] == {"website": "yes"}
    assert entry.facts["form"] == Consent.objects.get().form
    assert entry.actor_id == cast.paul.pk


# The office ---------------------------------------------------------------------------------------


def by_paper(cast, came="paper", given=ON, by="hana", given_by=None, at=NOW, **answers):
    numbers = {one.code: one.pk for one in ConsentPurpose.objects.all()}
    return record_consent(
        pupil=cast.pia,
        answers={numbers[code]: said for code, said in answers.items()},
        given_by=given_by or cast.paul,
        came=came,
        given_date=given,
        by=getattr(cast, by),
        at=at,
    )


def test_office_writes_down_what_came_on_paper(cast, asked):
    (row,) = by_paper(cast, website="yes", given=ON - DAY)

    assert (row.given_by, row.recorded_by, row.capacity) == (cast.paul, cast.hana, "parent")
    assert (row.method, row.given_at.date(), row.recorded_at) == ("paper", ON - DAY, NOW)
    assert shown(cast, "website")


def test_yes_to_pictures_by_telephone_is_refused_and_a_no_is_not(cast, asked):
    with pytest.raises(Refusal):
        by_paper(cast, came="phone", website="yes")

    rows = by_paper(cast, came="phone", website="no", internet="yes")
    assert {row.method for row in rows} == {"phone"}


def test_paper_older_than_the_last_answer_does_not_undo_it(cast, asked):
    answer(cast, cast.paul, cast.pia, website="no")

    with pytest.raises(Refusal):
        by_paper(cast, website="yes", given=ON - DAY)
    assert not shown(cast, "website")


def test_office_refuses_tomorrow_strangers_and_ones_own_family(cast, asked):
    with pytest.raises(Refusal):
        by_paper(cast, website="yes", given=ON + DAY)
    with pytest.raises(Conflicted):
        by_paper(cast, website="yes", given_by=cast.tom)
    with pytest.raises(Conflicted):
        by_paper(cast, website="yes", by="paul")
    CarerLink.objects.create(
        school=cast.school, pupil=cast.pia, carer=cast.hana, relation="Aunt", may_sign=False
    )
    with pytest.raises(Conflicted):
        by_paper(cast, website="yes")


# One use ------------------------------------------------------------------------------------------


def for_one_use(cast, asked, code="individual", said="yes", detail="Banner", end=ON + DAY, **more):
    values = {"given_by": cast.paul, "by": cast.hana, "method": "paper", "at": NOW, **more}
    return give_individual_consent(
        pupil=cast.pia, purpose=asked[code], answer=said, detail=detail, end_date=end, **values
    )


def test_one_use_counts_until_its_day_and_for_nothing_else(cast, asked):
    for_one_use(cast, asked)

    assert may_be_shown(cast.pia, "individual", on=ON + DAY, detail="Banner")
    assert not may_be_shown(cast.pia, "individual", on=ON + DAY * 2, detail="Banner")
    assert not may_be_shown(cast.pia, "individual", on=ON, detail="Poster")
    assert not may_be_shown(cast.pia, "individual", on=ON)
    assert not may_be_shown(cast.pia, "device", on=ON, detail="Banner")


def test_one_use_needs_a_description_and_a_day(cast, asked):
    for wrong in ({"detail": " "}, {"end": None}, {"end": ON - DAY}, {"code": "website"}):
        with pytest.raises(Refusal):
            for_one_use(cast, asked, **wrong)


def test_one_use_can_be_taken_back_by_whoever_gave_it(cast, asked):
    (row,) = for_one_use(cast, asked)
    form = form_of(questions_for(cast.pia, cast.paul))
    same = {"pupil": cast.pia, "answers": {}, "form": form, "method": "account"}
    give_consents(**same, taken_back=[str(row.pk)], by=cast.paul, at=NOW + DAY)

    assert not may_be_shown(cast.pia, "individual", on=ON, detail="Banner")
    assert "Banner" in FollowUp.objects.get().words
    with pytest.raises(Refusal):
        give_consents(**same, taken_back=[str(row.pk)], by=cast.paul, at=NOW + DAY)


# Lists --------------------------------------------------------------------------------------------


def test_photo_list_names_everybody_for_whom_some_picture_is_barred(cast, asked):
    images = {one.code: "yes" for one in asked.values() if one.kind == "image"}
    del images["individual"]
    answer(cast, cast.paul, cast.pia, **images)
    assert list(no_photo_list(cast.school, on=ON)) == [cast.quin]
    assert not_for(cast.school, [cast.quin], on=ON) == {cast.quin.pk: []}

    answer(cast, cast.paul, cast.pia, at=NOW + DAY, press="no")
    assert list(no_photo_list(cast.school, on=ON)) == [cast.quin, cast.pia]
    assert not_for(cast.school, [cast.pia], on=ON) == {cast.pia.pk: ["Newspapers and TV"]}
    assert photo_list_changed(cast.school) == NOW + DAY


def test_photo_list_is_empty_while_nothing_is_asked(cast):
    assert list(no_photo_list(cast.school, on=ON)) == []
    assert photo_list_changed(cast.school) is None


def test_coverage_counts_by_purpose_and_class(cast, asked):
    answer(cast, cast.paul, cast.pia, website="yes", press="no")
    coverage = coverage_of_consents(cast.school, on=ON)
    website = next(one for one in coverage.purposes if one.label == "School website")

    assert website.figures == [1, 0, 0, 0, 1]
    assert website.percentages == [50, 0, 50]
    assert [(one.label, one.pupils, one.figures) for one in coverage.classes] == [
        ("3S", 1, [0, 0, 0, 0, 10]),
        ("5T", 1, [1, 1, 0, 0, 8]),
    ]
    assert coverage.complete == 10


def test_reminders_go_once_each_autumn_to_carers_who_may_be_told(cast, asked):
    maya = second_parent(cast, cast.pia, no_contact=True, may_sign=False)
    CarerLink.objects.create(school=cast.school, pupil=cast.quin, carer=maya, relation="Mother")
    assert consent_reminders(cast.school, on=ON) == []

    change_setting(school=cast.school, name="consent_reminder", value=True, by=cast.hana, at=NOW)
    assert consent_reminders(cast.school, on=ON) == [(cast.paul.pk, "autumn-2026")]
    assert consent_reminders(cast.school, on=date(2027, 2, 1)) == []
    assert consent_reminders(cast.school, on=date(2026, 8, 20)) == []

    cast.paul.email = ""
    cast.paul.save()
    assert consent_reminders(cast.school, on=ON) == []


# What follows, and the questions ------------------------------------------------------------------


def test_follow_ups_show_to_whoever_holds_the_power_but_never_about_themselves(cast, asked):
    answer(cast, cast.paul, cast.pia, website="yes")
    answer(cast, cast.paul, cast.pia, website="no")
    task = FollowUp.objects.get()

    assert list(open_follow_ups(cast.hana, {"take_down_images"})) == [task]
    assert list(open_follow_ups(cast.hana, {"review_access"})) == []
    assert list(open_follow_ups(cast.pia, {"take_down_images"})) == []

    finish_follow_up(follow_up=task, note="Taken down.", by=cast.hana, at=NOW)
    assert list(open_follow_ups(cast.hana, {"take_down_images"})) == []


def test_ready_made_questions_are_short_and_brought_in_once(cast, asked):
    assert set_up_purposes(school=cast.school, by=cast.hana, at=NOW) == []
    for row in ready_made_purposes():
        assert row["question"].endswith("?"), row["code"]
        assert "{child}" in row["question"]
        assert len(row["question"].split()) <= 20
        assert len(row["note"]) <= 400


def test_new_question_counts_as_no_and_has_a_code_of_its_own(cast, asked):
    values = {
        "school": cast.school,
        "kind": "technology",
        "label": "Website",
        "question": "May {child} use it?",
        "note": "For a year.",
        "individual": False,
        "by": cast.hana,
        "at": NOW,
    }
    first, second = add_purpose(**values), add_purpose(**values)

    assert (first.code, second.code) == ("website-2", "website-3")
    assert second.order > first.order > asked["device"].order
    assert standing(cast, {"new": first}, "new").why == "unanswered"
    for wrong in ({"label": " "}, {"note": ""}, {"kind": "other"}):
        with pytest.raises(Refusal):
            add_purpose(**{**values, **wrong})


def test_trail_keeps_every_wording(cast, asked):
    one = asked["website"]
    edit_purpose(purpose=one, label="Site", question="May we?", note="Yes.", by=cast.hana, at=NOW)
    facts = Entry.objects.get(verb="edit_purpose").facts

    assert facts["before"]["question"] == one.question
    assert facts["after"] == {"label": "Site", "question": "May we?", "note": "Yes."}

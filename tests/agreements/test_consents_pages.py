"""Pages of consents: families answer, the office keeps the register, staff see the photo list."""

import csv
import io
import re

import pytest

from agreements.actions.purposes import edit_purpose
from agreements.models import Consent, ConsentPurpose, FollowUp
from audit.models import Entry
from common.scope import school_scope
from roles.actions import assign_role
from roles.models import Role
from tests.agreements.family import answer, second_parent, set_up
from tests.cast import NOW, START, make_person

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def asked(cast) -> dict[str, ConsentPurpose]:
    return set_up(cast)


def page(cast, who, path):
    return cast.client(who).get(cast.url(path))


def hidden(response) -> dict[str, str]:
    """Return what the hidden boxes of a page hold."""
    return dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode())
    )


def checked(text: str) -> int:
    """Return how many boxes of a page are ticked."""
    return len(re.findall(r"<input[^>]*\schecked", text))


def mine(cast, child="pia") -> str:
    return cast.url(f"my/consents/{getattr(cast, child).pk}/")


def send(cast, asked, who="paul", child="pia", sure=True, **answers):
    """Answer on the page as a browser does: first the form, then the page that asks again."""
    client, url = cast.client(who), mine(cast, child)
    sent = {**hidden(client.get(url)), **{f"q{asked[code].pk}": a for code, a in answers.items()}}
    response = client.post(url, sent)
    return client.post(url, {**hidden(response), "sure": "yes"}) if sure else response


# Families -----------------------------------------------------------------------------------------


def test_parent_answers_and_finds_the_answers_filled_in(cast, asked):
    response = send(cast, asked, website="yes", social="no")

    assert response.status_code == 302
    assert {row.purpose.code: row.answer for row in Consent.objects.all()} == {
        "website": "yes",
        "social": "no",
    }
    assert {row.method for row in Consent.objects.all()} == {"account"}
    shown = page(cast, "paul", f"my/consents/{cast.pia.pk}/").content.decode()
    assert hidden(cast.client("paul").get(mine(cast)))[f"was{asked['website'].pk}"] == "yes"
    assert checked(shown) == 2
    assert "May we show pictures of Pia on the school website?" in shown
    assert "You can change your mind at any time" in shown


def test_changed_answer_is_confirmed_in_words_first(cast, asked):
    answer(cast, cast.paul, cast.pia, website="yes")
    response = send(cast, asked, sure=False, website="no")

    assert Consent.objects.get().answer == "yes"
    assert "You said yes. From now on: <strong>no</strong>." in response.content.decode()

    send(cast, asked, website="no")
    assert Consent.objects.get(superseded_at=None).answer == "withdrawn"
    assert FollowUp.objects.get().kind == "take_down"


def test_page_left_open_elsewhere_takes_nothing_back(cast, asked):
    answer(cast, cast.paul, cast.pia, website="yes")
    old = hidden(cast.client("paul").get(mine(cast)))
    answer(cast, cast.paul, cast.pia, website="no")
    website, social = asked["website"].pk, asked["social"].pk
    client = cast.client("paul")
    sent = {**old, f"q{website}": "yes", f"q{social}": "yes"}
    client.post(mine(cast), {**hidden(client.post(mine(cast), sent)), "sure": "yes"})

    now = {row.purpose.code: row.answer for row in Consent.objects.filter(superseded_at=None)}
    assert now == {"website": "withdrawn", "social": "yes"}


def test_sending_twice_keeps_one_row(cast, asked):
    client = cast.client("paul")
    sent = {**hidden(client.get(mine(cast))), f"q{asked['website'].pk}": "yes", "sure": "yes"}
    client.post(mine(cast), sent)
    client.post(mine(cast), sent)

    assert Consent.objects.count() == 1


def test_going_back_keeps_what_was_ticked(cast, asked):
    answer(cast, cast.paul, cast.pia, website="yes", social="yes")
    again = hidden(send(cast, asked, sure=False, website="no"))
    response = cast.client("paul").post(mine(cast), {**again, "back": "yes"})

    assert checked(response.content.decode()) == 2
    assert hidden(response)[f"was{asked['website'].pk}"] == "yes"
    assert Consent.objects.filter(superseded_at=None, answer="yes").count() == 2


def test_nothing_changed_keeps_nothing(cast, asked):
    assert send(cast, asked, sure=False).status_code == 302
    assert not Consent.objects.exists()


def test_changed_questions_are_shown_again_with_what_was_chosen(cast, asked):
    client, one = cast.client("paul"), asked["website"]
    sent = {**hidden(client.get(mine(cast))), f"q{one.pk}": "yes", "sure": "yes"}
    edit_purpose(
        purpose=one, label=one.label, question="On the web?", note="Hm.", by=cast.hana, at=NOW
    )
    response = client.post(mine(cast), sent)

    assert "have changed since" in response.content.decode()
    assert checked(response.content.decode()) == 1
    assert not Consent.objects.exists()
    again = {**hidden(response), f"q{one.pk}": "yes", "sure": "yes"}
    assert client.post(mine(cast), again).status_code == 302
    assert Consent.objects.get().answer == "yes"


def test_someone_elses_child_is_not_there(cast, asked):
    cast.people.sam = make_person(cast.school, "Sam", "Strange", "carer", "parent")

    for who in ("sam", "quin"):
        assert cast.client(who).get(mine(cast)).status_code == 404
        assert cast.client(who).post(mine(cast), {"sure": "yes"}).status_code == 404


def test_carer_with_no_contact_finds_no_child(cast, asked):
    cast.people.maya = second_parent(cast, cast.pia, no_contact=True, may_sign=False)

    assert page(cast, "maya", f"my/consents/{cast.pia.pk}/").status_code == 404


def test_pupil_who_is_too_young_is_told_who_answers(cast, asked):
    response = page(cast, "pia", f"my/consents/{cast.pia.pk}/")

    assert "Your parents answer this" in response.content.decode()
    assert "<form" not in response.content.decode().partition("<main")[2]


def test_pupil_of_age_answers_about_pictures(cast, asked):
    cast.pia.birth_date = NOW.date().replace(year=NOW.year - 14)
    cast.pia.save()
    send(cast, asked, who="pia", website="no")

    assert (Consent.objects.get().given_by, Consent.objects.get().capacity) == (cast.pia, "self")
    assert "internet" not in page(cast, "pia", f"my/consents/{cast.pia.pk}/").content.decode()


def test_page_of_families_is_light(cast, asked):
    assert len(page(cast, "paul", f"my/consents/{cast.pia.pk}/").content) < 60_000


# The office ---------------------------------------------------------------------------------------


def names(response) -> list[str]:
    return [pupil.given_name for pupil, _ in response.context["rows"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Quin", "Pia"]),
        ("?q=pia", ["Pia"]),
        ("?purpose=website&answer=given", ["Pia"]),
        ("?purpose=website&answer=unanswered", ["Quin"]),
        ("?purpose=social&answer=given", []),
        ("?purpose=press&answer=differs", ["Pia"]),
        ("?answer=differs", ["Pia"]),
        ("?answer=unanswered", ["Quin", "Pia"]),
        ("?purpose=website&answer=refused", []),
        ("?answer=nonsense", ["Quin", "Pia"]),
    ],
)
def test_register_is_searched_and_filtered(cast, asked, query, found):
    maya = second_parent(cast, cast.pia)
    answer(cast, cast.paul, cast.pia, website="yes", press="yes")
    answer(cast, maya, cast.pia, press="no")

    assert names(page(cast, "hana", f"consents/{query}")) == found


def test_register_is_narrowed_to_a_class(cast, asked):
    group = cast.pia.enrolments.get().school_class_id

    assert names(page(cast, "hana", f"consents/?group={group}")) == ["Pia"]


def test_register_goes_out_as_a_file_that_runs_no_formula(cast, asked):
    cast.pia.given_name = "=HYPERLINK(1)"
    cast.pia.save()
    answer(cast, cast.paul, cast.pia, website="yes")
    response = page(cast, "hana", "consents/export/?purpose=website&answer=given")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    heading, row = csv.reader(io.StringIO(text))

    assert heading[:2] == ["Name", "Class"]
    assert row[0] == "'=HYPERLINK(1) Pease"
    assert row[heading.index("School website")] == "Yes"
    entry = Entry.objects.get(verb="export_consents")
    assert entry.facts == {"filters": {"purpose": "website", "answer": "given"}, "count": 1}


def test_refused_filter_takes_nothing_out(cast, asked):
    assert page(cast, "hana", "consents/export/?answer=nonsense").status_code == 302
    assert not Entry.objects.filter(verb="export_consents").exists()


def test_one_child_shows_who_answered_and_every_answer(cast, asked):
    answer(cast, cast.paul, cast.pia, website="yes")
    answer(cast, cast.paul, cast.pia, website="no")
    response = page(cast, "hana", f"consents/{cast.pia.pk}/")

    assert [row.answer for row in response.context["history"]] == ["withdrawn", "yes"]
    assert "Paul Pease: withdrawn" in response.content.decode()


def test_office_writes_answers_down(cast, asked):
    url = cast.url(f"consents/{cast.pia.pk}/record/")
    sent = {"given_by": cast.paul.pk, "came": "paper", "given_date": "2026-09-14"}
    empty = cast.client("hana").post(url, sent)
    done = cast.client("hana").post(url, {**sent, f"q{asked['website'].pk}": "yes"})

    assert "Say what was answered" in empty.content.decode()
    assert done.status_code == 302
    assert Consent.objects.get().recorded_by == cast.hana


def test_office_writes_down_one_use(cast, asked):
    url = cast.url(f"consents/{cast.pia.pk}/one-use/")
    sent = {
        "purpose": asked["individual"].pk,
        "detail": "Banner",
        "answer": "yes",
        "given_by": cast.paul.pk,
        "came": "paper",
    }
    without = cast.client("hana").post(url, sent)
    done = cast.client("hana").post(url, {**sent, "end_date": "2026-12-01"})

    assert "Say until which day" in without.content.decode()
    assert done.status_code == 302
    assert "until Tue 1 Dec 2026" in page(cast, "hana", f"consents/{cast.pia.pk}/").content.decode()
    assert "Banner" in page(cast, "paul", f"my/consents/{cast.pia.pk}/").content.decode()


def test_parent_takes_one_use_back(cast, asked):
    test_office_writes_down_one_use(cast, asked)
    client, row = cast.client("paul"), Consent.objects.get()
    sent = {**hidden(client.get(mine(cast))), "taken_back": str(row.pk)}
    client.post(mine(cast), {**hidden(client.post(mine(cast), sent)), "sure": "yes"})

    assert Consent.objects.get(superseded_at=None).answer == "withdrawn"


def test_other_school_finds_nothing(cast, other, asked):
    answer(cast, cast.paul, cast.pia, website="yes")
    client = other.client("oscar")

    assert client.get(cast.url("consents/")).status_code == 404
    with school_scope(other.school.pk):
        assert client.get(other.url(f"consents/{cast.pia.pk}/")).status_code == 404
        assert names(client.get(other.url("consents/"))) == ["Zara"]


# Lists --------------------------------------------------------------------------------------------


def test_photo_list_hides_why(cast, asked):
    maya = second_parent(cast, cast.pia)
    images = {one.code: "yes" for one in asked.values() if one.kind == "image"}
    del images["individual"]
    answer(cast, cast.paul, cast.pia, **images)
    answer(cast, maya, cast.pia, press="no")
    text = page(cast, "tess", "photo-list/").content.decode().partition("<main")[2]

    assert "Pease, Pia" in text
    assert "Newspapers and TV" in text
    assert "Anything. Do not photograph." in text
    for telling in ("Maya", "differ", "refused to", "No answer"):
        assert telling not in text


def test_teachers_see_who_is_without_internet_and_volunteers_do_not(cast, asked):
    answer(cast, cast.paul, cast.pia, internet="no")
    vera = make_person(cast.school, "Vera", "Vale", "volunteer")
    role = Role.objects.get(school=cast.school, code="volunteer")
    assign_role(role=role, person=vera, start_date=START, by="tests", at=NOW)
    cast.people.vera = vera

    for who in ("tess", "tina"):
        assert list(page(cast, who, "photo-list/").context["offline"]) == [cast.pia]
    assert page(cast, "vera", "photo-list/").context["offline"] is None
    assert "internet" not in page(cast, "vera", "photo-list/").content.decode().lower()


def test_governors_see_percentages_only(cast, asked):
    answer(cast, cast.paul, cast.pia, website="yes")
    group = cast.pia.enrolments.get().school_class_id
    text = page(cast, "olga", f"consents/coverage/?group={group}").content.decode()

    assert "withheld" in text  # two pupils: nothing is told of either
    assert "50%" not in text
    assert "5T" not in text
    assert "By class" not in text
    assert page(cast, "olga", "consents/").status_code == 403


def test_office_sees_numbers_by_class(cast, asked):
    group = cast.pia.enrolments.get().school_class_id
    whole = page(cast, "hana", "consents/coverage/").context["coverage"]
    part = page(cast, "hana", f"consents/coverage/?group={group}").context["coverage"]

    assert (whole.pupils, part.pupils) == (2, 1)


# Questions and what follows -----------------------------------------------------------------------


def test_questions_are_brought_in_changed_and_closed(cast):
    client = cast.client("hana")
    client.post(cast.url("consents/questions/"))
    one = ConsentPurpose.objects.get(code="website")
    url = cast.url(f"consents/questions/{one.pk}/")
    client.post(url, {"label": "Web", "question": "May we?", "note": "For a year."})
    client.post(f"{url}close/")

    one.refresh_from_db()
    assert (one.label, one.active) == ("Web", False)
    assert "Not asked any more" in client.get(cast.url("consents/questions/")).content.decode()
    client.post(f"{url}close/")
    one.refresh_from_db()
    assert one.active


def test_new_question_is_added(cast, asked):
    sent = {"label": "Trips", "question": "May {child}?", "note": "A year.", "kind": "image"}
    cast.client("hana").post(cast.url("consents/questions/add/"), sent)

    assert ConsentPurpose.objects.get(code="trips").kind == "image"


def test_what_follows_is_done_by_whoever_holds_the_power(cast, asked):
    answer(cast, cast.paul, cast.pia, website="yes")
    answer(cast, cast.paul, cast.pia, website="no")
    task = FollowUp.objects.get()
    path = f"follow-ups/{task.pk}/"

    assert "Pia Pease" in page(cast, "hana", "follow-ups/").content.decode()
    assert page(cast, "tina", path).status_code == 404
    assert "Pia" not in page(cast, "tina", "follow-ups/").content.decode().partition("<main")[2]
    assert page(cast, "tom", "follow-ups/").status_code == 403

    cast.client("hana").post(cast.url(path), {"note": "All gone."})
    task.refresh_from_db()
    assert (task.done_by, task.note) == (cast.hana, "All gone.")
    assert "All gone." in page(cast, "hana", "follow-ups/?done=done").content.decode()

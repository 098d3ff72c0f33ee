"""Items taken from pupils: taken once, kept, passed on, given back against a name (MOB-04)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from assets.models import Confiscation
from audit.models import Entry
from common.errors import Refusal, StaleRecord
from people.actions.settings import change_setting
from people.models import CarerLink, Notice
from tests.assets import walk_own_devices as own
from tests.assets import walk_taken as walk
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("today")
PAGE = "items-taken/"
FORM = {
    "kind": "phone",
    "item": "Black Nokia",
    "rule": "lesson",
    "suspected": "no",
    "stored_where": "Office",
    "condition": "good",
    "taken_at": "2026-09-15",
    "taken_at_time": "10:20",
}


def post(cast, who, path, **data):
    return cast.client(who).post(cast.url(f"{PAGE}{path}"), data)


def get(cast, who, path=""):
    return cast.client(who).get(cast.url(f"{PAGE}{path}"))


def text(response) -> str:
    return " ".join(response.content.decode().split())


# Taking -------------------------------------------------------------------------------------------


def test_teacher_takes_an_item_once_however_often_the_form_is_sent(cast):
    form = {**FORM, "submission": uuid4(), "pupil": cast.pia.pk}
    first, second = (post(cast, "tom", "new/", **form) for _ in range(2))

    made = Confiscation.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == cast.url(f"{PAGE}{made}/")
    assert (made.state, made.held_by, made.due_date) == ("held", cast.tom, date(2026, 9, 22))
    entry = Entry.objects.get(verb="take_item")
    assert entry.facts == {"state": "held", "same_day": False, "exempt": False}


def test_exemption_is_said_in_one_sentence_before_anything_is_saved(cast):
    own.exempted(cast)
    form = {**FORM, "submission": uuid4(), "pupil": cast.pia.pk}
    answer = post(cast, "tom", "new/", **form)

    assert Confiscation.objects.count() == 0
    assert "Pia Pease may keep a device by them until" in text(answer)
    assert "(a medical need): The phone that shows blood sugar." in text(answer)
    assert "Diabetes" not in text(answer)
    assert 'name="exempt_known" value="on"' in text(answer)
    post(cast, "tom", "new/", **form, exempt_known="on")
    assert Entry.objects.get(verb="take_item").facts["exempt"] is True


def test_what_may_hold_indecent_images_goes_to_the_lead_and_nothing_is_uploaded(cast):
    form = {**FORM, "submission": uuid4(), "pupil": cast.pia.pk, "same_day": "on"}
    asked = text(get(cast, "tom", "new/"))
    answer = cast.client("tom").post(
        cast.url(f"{PAGE}new/"), form | {"suspected": "yes"}, follow=True
    )

    made = Confiscation.objects.get()
    assert (made.state, made.held_by, made.same_day) == ("with_lead", cast.dora, False)
    assert [notice.person for notice in Notice.objects.all()] == [cast.dora]
    shown = text(answer)
    assert "Do not look at it" in shown
    assert "is an offence, even to show it to a colleague" in shown
    assert 'type="file"' not in asked + shown


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"pupil": "tess"}, "Choose a pupil of your school."),
        ({"who": "tina"}, "Your role at this school does not allow this step."),
        ({"taken_at": NOW + walk.DAY}, "The date and time cannot be in the future."),
        ({"item": " "}, "Say what was taken."),
        ({"stored_where": ""}, "Say where it is kept."),
    ],
)
def test_taking_is_refused_in_words(cast, values, words):
    with pytest.raises(Refusal, match=words):
        walk.take(cast, **values)


# Keeping and giving back --------------------------------------------------------------------------


def test_item_is_given_back_to_a_parent_who_signs(cast):
    walk.office(cast)
    item = walk.take(cast)
    walk.act("tell_parent", cast, item, who="iris", told_at=NOW, how="By telephone", at=NOW)
    post(
        cast,
        "iris",
        f"{item}/return/",
        version=walk.now(item).version,
        returned_to=cast.paul.pk,
        signed_name="P Pease",
        condition="worn",
    )

    item = walk.now(item)
    assert (item.state, item.returned_to, item.signed_name) == ("returned", cast.paul, "P Pease")
    assert [line.step for line in item.events.all()] == [
        "return_confiscated",
        "tell_parent",
        "take_item",
    ]
    facts = Entry.objects.get(verb="return_confiscated").facts
    assert facts == {"state": "returned"}
    assert "P Pease" in text(get(cast, "iris", f"{item}/print/"))


def test_who_took_an_item_for_the_day_gives_it_back_and_no_other(cast):
    """MOB-04, INC-20: the office gives back all else."""
    kept, for_the_day = walk.take(cast), walk.take(cast, "quin", same_day=True)

    with pytest.raises(Refusal, match="The office gives this item back"):
        walk.give_back(cast, kept, who="tom")
    assert "Give it back" not in text(get(cast, "tom", f"{kept}/"))
    assert "Give it back" in text(get(cast, "tom", f"{for_the_day}/"))
    assert walk.give_back(cast, for_the_day, "quin", who="tom").state == "returned"


def test_only_those_the_school_knows_are_given_an_item(cast):
    item, other = walk.take(cast), walk.take(cast, "quin", same_day=True)
    with pytest.raises(Refusal, match="This person cannot be given the item"):
        walk.give_back(cast, item, "pia")
    with pytest.raises(Refusal, match="You cannot give an item to yourself"):
        walk.give_back(cast, item, "hana")
    CarerLink.objects.filter(pupil=cast.pia).update(no_contact=True, may_sign=False)
    with pytest.raises(Refusal, match="This person cannot be given the item"):
        walk.give_back(cast, item)
    assert "No parent or carer with contact" in text(get(cast, "hana", f"{item}/return/"))

    assert walk.give_back(cast, other, "quin").state == "returned"
    change_setting(school=cast.school, name="returned_to_parent", value=False, by=cast.hana, at=NOW)
    assert walk.give_back(cast, item, "pia").state == "returned"


def test_lead_decides_what_becomes_of_a_suspected_item(cast):
    walk.office(cast)
    item = walk.take(cast)
    walk.act("pass_to_lead", cast, item, who="tom", why="Pupils spoke of it.", suspected=True)
    assert (walk.now(item).state, walk.now(item).held_by) == ("with_lead", cast.dora)
    with pytest.raises(Refusal, match="cannot be done now"):
        walk.give_back(cast, item)
    moved = {"holder": cast.iris, "stored_where": "Office"}
    keep = {**moved, "why": "Nothing was on it."}
    with pytest.raises(Refusal, match="does not allow this step"):
        walk.act("clear_confiscated", cast, item, who="iris", **keep)
    with pytest.raises(Refusal, match="Only the lead, the headteacher or the deputy"):
        walk.act("move_confiscated", cast, item, who="dora", **moved)

    walk.act("hand_to_police", cast, item, who="dora", police_reference="CR/7")
    cleared = walk.act("clear_confiscated", cast, item, who="dora", **keep)
    assert (cleared.state, cleared.suspected, cleared.held_by) == ("held", False, cast.iris)
    assert walk.give_back(cast, item).state == "returned"


def test_change_seen_too_late_is_refused_and_the_form_can_be_sent_again(cast):
    item = walk.take(cast)
    walk.act("tell_parent", cast, item, told_at=NOW, how="By letter")
    with pytest.raises(StaleRecord):
        walk.act("keep_for_good", cast, item, version=1, why="Sold to nobody.")
    answer = post(cast, "hana", f"{item}/keep/", version=1, why="The parents gave it away.")

    assert "Somebody changed this after you opened the page" in text(answer)
    assert 'name="version" value="2"' in text(answer)
    with pytest.raises(Refusal, match="recorded already that a parent was told"):
        walk.act("tell_parent", cast, item, told_at=NOW, how="Again")


# Seeing -------------------------------------------------------------------------------------------


def test_taker_sees_their_own_items_and_no_others(cast):
    mine, hers = walk.take(cast), walk.take(cast, "quin", who="tess", suspected=True)

    assert [one.reference for one in get(cast, "tom").context["page"]] == [mine.reference]
    assert get(cast, "tom", f"{hers}/").status_code == 404
    assert len(get(cast, "hana").context["page"]) == 2
    assert get(cast, "oscar" if hasattr(cast.people, "oscar") else "pia").status_code == 403


def test_suspicion_is_for_lead_head_and_taker(cast):
    walk.office(cast)
    item = walk.take(cast, suspected=True, what="Others spoke of it.")

    for who, knows in (("tom", True), ("dora", True), ("hana", True), ("iris", False)):
        shown = text(get(cast, who, f"{item}/")) + text(get(cast, who))
        assert ("Possibly indecent images" in shown, "Do not look" in shown) == (knows, knows)


def test_list_is_filtered_by_pupil_class_year_and_day(cast):
    old = walk.take(cast, at=NOW - timedelta(days=10), item="Red Samsung")
    today = walk.take(cast, "quin", same_day=True, item_tag="B7")

    def found(query):
        return [one.reference for one in get(cast, "dora", f"?{query}").context["page"]]

    assert found("") == [today.reference, old.reference]
    assert found("due=late") == [old.reference]
    assert found("due=today") == [today.reference]
    assert found("year=3") == found("q=quin") == found("q=b7") == [today.reference]
    assert found("q=samsung") == found("rule=lesson&until=2026-09-10") == [old.reference]
    five = old.pupil.enrolments.get().school_class_id
    assert found(f"school_class={five}") == [old.reference]


def test_export_names_no_incident_and_the_trail_no_search_words(cast):
    walk.take(cast, incident_reference="2026-0009")
    rows = b"".join(get(cast, "dora", "export/?q=pia").streaming_content).decode("utf-8-sig")

    assert rows.splitlines()[1].startswith("2026-0001,Held by the school,Pia Pease,5T,Phone,")
    assert "2026-0009" not in rows
    entry = Entry.objects.get(verb="export_confiscations")
    assert entry.facts == {"count": 1, "filters": {"q": "words", "sort": "-taken_at"}}

"""Records of searches: everything the guidance asks for, found or not (R-SSC-1 to 3, MOB-10)."""

from uuid import uuid4

import pytest

from assets.models import SearchRecord
from assets.queries.taken_searches import searches_visible_to
from audit.models import Entry
from common.errors import Refusal
from people.models import Notice
from tests.assets import walk_taken as walk

pytestmark = pytest.mark.usefixtures("today")
PAGE = "searches/"


def post(cast, who, path, **data):
    return cast.client(who).post(cast.url(f"{PAGE}{path}"), data)


def get(cast, who, path=""):
    return cast.client(who).get(cast.url(f"{PAGE}{path}"))


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_search_is_recorded_once_with_everything_although_nothing_was_found(cast):
    form = {
        "submission": uuid4(),
        "pupil": cast.pia.pk,
        "kind": "person",
        "searched_at": "2026-09-15",
        "searched_at_time": "10:20",
        "place": "Medical room",
        "sought": "tobacco",
        "reason": "A smell of smoke.",
        "agreed": "yes",
        "searched_by": cast.dora.pk,
        "authorised_by": cast.hana.pk,
        "witness": cast.tom.pk,
        "found": "no",
        "found_what": "Left over from another form",
        "suspected": "no",
        "deletion": "nothing",
    }
    first, second = (post(cast, "dora", "new/", **form) for _ in range(2))

    made = SearchRecord.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == cast.url(f"{PAGE}{made}/")
    assert (made.found, made.found_what, made.witness) == (False, "", cast.tom)
    assert Entry.objects.get(verb="record_search").facts == {"kind": "person", "found": False}
    shown = text(get(cast, "dora", f"{made}/"))
    for words in ("Nothing was found", "A smell of smoke.", "Hana Headley", "Medical room"):
        assert words in shown


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"who": "tom"}, "Your role at this school does not allow this step."),
        ({"authorised_by": "tom"}, "Tom Teale could not authorise a search on that day."),
        ({"witness": None}, "Say who was the witness, or why nobody else was there."),
        ({"witness": "dora"}, "The witness is somebody else than who searched."),
        ({"witness": "paul"}, "The witness is a member of staff."),
        ({"pupil": "tom"}, "Choose a pupil of your school."),
        ({"found": True}, "Say what was found."),
        ({"reason": ""}, "Say what made you suspect it."),
        ({"kind": "device", "reason": ""}, "Say what made you suspect that something on the dev"),
        ({"deletion": "deleted", "deletion_reason": "Rude."}, "No device was searched"),
        ({"kind": "device", "deletion": "deleted"}, "Say why it was deleted."),
        (
            {"kind": "device", "suspected": True, "deletion": "deleted", "deletion_reason": "Bad"},
            "never deleted by the school",
        ),
    ],
)
def test_record_is_refused_in_words(cast, values, words):
    people = {"authorised_by", "witness"}
    known = {k: getattr(cast, v) if k in people and v else v for k, v in values.items()}
    with pytest.raises(Refusal, match=words):
        walk.search(cast, **known)


def test_police_search_needs_no_witness_of_the_school(cast):
    made = walk.search(cast, witness=None, by_police=True, police_reference="CR/9")

    assert "The police searched, reference CR/9" in text(get(cast, "hana", f"{made}/print/"))


def test_suspected_images_pass_to_the_lead_and_the_item_with_them(cast):
    walk.pastoral(cast)
    item = walk.take(cast)
    made = walk.search(
        cast,
        who="tess",
        kind="device",
        suspected=True,
        confiscation=item,
        found=True,
        found_what="A pupil said so.",
    )

    item = walk.now(item)
    assert (item.state, item.suspected, item.held_by) == ("with_lead", True, cast.dora)
    told = Notice.objects.filter(reason="suspected_images")
    assert {notice.person for notice in told} == {cast.dora}
    assert "Do not look at it" in text(get(cast, "dora", f"{made}/"))
    other = walk.take(cast, "quin")
    with pytest.raises(Refusal, match="taken from another pupil"):
        walk.search(cast, confiscation=other)


def test_item_is_filled_in_from_its_page_and_the_record_leads_back(cast):
    item = walk.take(cast)
    form = get(cast, "dora", f"new/?item={item}").context["form"]
    walk.search(cast, confiscation=item)

    assert (form.initial["pupil"], form.initial["confiscation"]) == (cast.pia, item.reference)
    made = SearchRecord.objects.get()
    assert f"Item {item}" in text(get(cast, "dora", f"{made}/"))
    shown = text(cast.client("dora").get(cast.url(f"items-taken/{item}/")))
    assert f"Search {made}" in shown


def test_who_had_a_part_sees_their_records_and_every_reading_is_recorded(cast):
    walk.pastoral(cast)
    hers, dora_s = walk.search(cast, who="tess"), walk.search(cast, "quin")

    assert [one.reference for one in get(cast, "tess").context["page"]] == [hers.reference]
    assert get(cast, "tess", f"{dora_s}/").status_code == 404
    assert get(cast, "tom", f"{hers}/").status_code == 403  # no power, though he was the witness
    assert len(get(cast, "hana").context["page"]) == 2
    assert get(cast, "hana", f"{hers}/").status_code == 200
    entry = Entry.objects.get(verb="read_search")
    assert (entry.actor_id, entry.subject_id, entry.facts) == (cast.hana.pk, str(hers.pk), {})


def test_what_is_saved_stays_and_lines_are_added(cast):
    made = walk.search(cast)
    post(cast, "dora", f"{made}/note/", version=1, text="It was the science room.")
    stale = post(cast, "dora", f"{made}/note/", version=1, text="Again.")
    told = {"told_at": "2026-09-15", "told_at_time": "10:29", "how": "By telephone, the father"}
    post(cast, "hana", f"{made}/tell/", version=2, **told)

    made = walk.again(made)
    assert (made.place, made.parents_told_by) == ("Medical room", cast.hana)
    assert [line.step for line in made.events.all()] == ["tell_searched", "note_search"]
    assert "Somebody changed this after you opened the page" in text(stale)
    twice = post(cast, "hana", f"{made}/tell/", version=3, **told)
    assert "recorded already that the parents were told" in text(twice)


def test_list_and_export_are_filtered(cast):
    walk.search(cast, found=True, found_what="A vape", incident_reference="2026-0009")
    second = walk.search(cast, "quin", kind="device", reason="Threats were seen.")

    def found(query):
        return [one.reference for one in get(cast, "dora", f"?{query}").context["page"]]

    assert found("kind=device") == found("found=False") == [second.reference]
    assert found("q=quin") == found("year=3") == found("q=threats") == [second.reference]
    assert len(found("parents=untold")) == 2
    rows = b"".join(get(cast, "hana", "export/?found=True").streaming_content).decode("utf-8-sig")
    assert len(rows.splitlines()) == 2
    assert "A vape" in rows
    assert "2026-0009" not in rows
    facts = Entry.objects.get(verb="export_searches").facts
    assert facts == {"count": 1, "filters": {"found": "True", "sort": "-searched_at"}}


def test_nobody_sees_the_record_of_a_search_of_themselves(cast):
    """Even who may see all searches: a pupil who came back as staff keeps no access (ROL-31)."""
    made = walk.search(cast)

    assert not searches_visible_to(cast.pia, {"view_searches"}).exists()
    assert searches_visible_to(cast.hana, {"view_searches"}).get() == made

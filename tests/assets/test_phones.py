"""Phones during the school day: handing in, and permissions to use one (MOB-03 to MOB-07)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from assets.actions import phones_use
from assets.conditions.phones import check_here
from assets.duties import phones as duties
from assets.models import HandIn, PhoneUse
from assets.tasks import end_by_day
from audit.models import Entry
from common.errors import Conflicted, Refusal, StaleRecord, StepRefused
from people.actions.settings import change_setting
from people.models import Notice
from roles.actions import assign_role
from roles.models import Role
from tests.assets import walk_phones as walk
from tests.assets.test_own_devices import _request, text
from tests.assets.walk_own_devices import DAY, TODAY
from tests.cast import NOW, START

pytestmark = pytest.mark.usefixtures("today")
EVENING = NOW.replace(hour=16, minute=5)


def get(cast, who, path):
    return cast.client(who).get(cast.url(path))


def post(cast, who, path, **data):
    return cast.client(who).post(cast.url(path), data, follow=True)


def switch(cast, name, value):
    change_setting(
        school=cast.school, name=name, value=value, reason="A test", by=cast.hana, at=NOW
    )


def make_office(cast, person):
    role = Role.objects.get(school=cast.school, code="office_mgr")
    assign_role(role=role, person=person, start_date=START, by="tests", at=NOW)


def whats(request, at=NOW):
    return [(need.what, need.late) for need in duties.needs(request, at=at)]


# Handing in ---------------------------------------------------------------------------------------


def test_class_takes_in_those_ticked_once_and_gives_everything_back(cast):
    first, second = walk.permitted(cast), walk.permitted(cast, make="Sony")
    page = f"handed-in/class/{walk.class_of(cast).pk}/"
    assert "Not handed in" in text(get(cast, "tom", page))
    assert "Tick at least one device." in text(post(cast, "tom", page, many="in"))
    both = {"tick": [first.pk, second.pk], "many": "in"}

    assert "2 devices taken in." in text(post(cast, "tom", page, **both, place="Office safe"))
    again = text(post(cast, "tom", page, **both))

    assert "is here already" in again
    assert [(one.what, one.place) for one in HandIn.objects.order_by("pk")] == [
        ("Phone, Nokia", "Office safe"),
        ("Phone, Sony", "Office safe"),
    ]
    assert "1 device given back." in text(post(cast, "tom", page, back=first.pk))
    assert "1 device given back." in text(post(cast, "tom", page, many="all"))
    assert "given back already" in text(post(cast, "tom", page, many="all"))
    assert HandIn.objects.filter(back_at=None).count() == 0
    walk.handed_in(cast, device=first)  # the place that was agreed
    assert HandIn.objects.latest("pk").place == "Class cupboard"
    trail = Entry.objects.filter(verb__in=["hand_in_devices", "give_back"]).order_by("pk")
    assert [entry.facts for entry in trail[:2]] == [{"count": 2}, {"count": 1}]


def test_anything_of_anybody_is_taken_in_by_somebody_else(cast, other):
    form = {"submission": uuid4(), "owner": cast.tess.pk, "owner_text": "Tess Thorn"}
    form |= {"what": "Red phone", "place": "Office safe", "note": "Expects a call"}
    for _ in range(2):
        assert "It is taken in." in text(post(cast, "tom", "handed-in/new/", **form))
    one = HandIn.objects.get()
    assert (one.owner, one.note, one.taken_in_by) == (cast.tess, "Expects a call", cast.tom)
    shown = text(get(cast, "tom", "handed-in/"))
    assert "Red phone" in shown
    assert "Of people without a class" in shown

    with pytest.raises(Conflicted, match="your own device"):
        walk.left(cast, "tom")
    with pytest.raises(Conflicted, match="your own device"):
        walk.back(cast, one, by=cast.tess)
    with pytest.raises(Refusal, match="at the school now"):
        check_here(other.zara, cast.school, NOW)
    with pytest.raises(Refusal, match="Your role"):
        walk.back(cast, one, by=cast.tina)
    assert "It is given back." in text(post(cast, "tom", f"handed-in/{one.pk}/back/"))
    with (
        pytest.raises(IntegrityError, match="are evidence"),
        transaction.atomic(),
    ):
        HandIn.objects.update(place="Elsewhere")


def test_school_that_takes_nothing_in_says_so(cast):
    device = walk.permitted(cast)
    here = walk.left(cast)
    switch(cast, "hand_in", "none")
    with pytest.raises(Refusal, match="takes no devices in"):
        walk.handed_in(cast, device=device)
    shown = text(get(cast, "tom", "handed-in/"))
    assert "Your school takes no devices in" in shown
    assert "Take in another device" not in shown
    assert walk.back(cast, here) == 1


def test_what_is_not_back_at_the_end_of_the_day_comes_to_the_office(cast):
    make_office(cast, cast.tina)
    walk.handed_in(cast)
    walk.left(cast, "quin")
    assert whats(_request(cast, "tom")) == [("1 device to give back", False)]
    assert whats(_request(cast, "tom"), EVENING) == [("1 device to give back", True)]
    assert whats(_request(cast, "tina")) == []
    assert whats(_request(cast, "tina"), EVENING) == [("2 devices not given back", True)]
    assert list(duties.reminders_due(cast.school, on=TODAY)) == []
    tomorrow = list(duties.reminders_due(cast.school, on=TODAY + DAY))
    told = {(due.person_id, due.period) for due in tomorrow}
    day = TODAY.isoformat()
    assert told == {(person.pk, day) for person in (cast.tina, cast.tom, cast.tess)}

    switch(cast, "hand_in", "office")
    assert whats(_request(cast, "tina")) == [("2 devices to give back", False)]
    assert whats(_request(cast, "tom")) == []
    later = duties.reminders_due(cast.school, on=TODAY + DAY)
    assert {due.person_id for due in later} == {cast.tina.pk}
    assert [rows.count() for rows in duties.may_be_due(on=TODAY + DAY)] == [2, 0]


def test_log_is_filtered_and_taken_out(cast):
    yesterday = NOW - timedelta(days=1)
    late = walk.handed_in(cast, at=yesterday)
    walk.back(cast, walk.left(cast, "quin"))
    log = "handed-in/log/"
    pages = {
        state: get(cast, "hana", f"{log}?state={state}").context["page"]
        for state in ("late", "here", "same_day", "overnight")
    }
    found = {state: [one.owner for one in page] for state, page in pages.items()}
    pia, quin = [cast.pia], [cast.quin]
    assert found == {"late": pia, "here": pia, "same_day": quin, "overnight": pia}
    walk.back(cast, late)
    chosen = f"?state=overnight&school_class={walk.class_of(cast).pk}"
    page = get(cast, "hana", log + chosen)
    assert [one.pk for one in page.context["page"]] == [late.pk]
    answer = get(cast, "hana", "handed-in/log/export/?state=same_day")
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert rows[1].startswith("Quin Pease,Pupil,3S,Red phone,Office safe,")
    assert Entry.objects.get(verb="export_hand_ins").facts["count"] == 1
    assert get(cast, "tom", "handed-in/log/").status_code == 403


# Permissions --------------------------------------------------------------------------------------


def test_lesson_is_asked_for_allowed_and_seen_by_colleagues(cast):
    form = {"submission": uuid4(), "kind": "lesson", "purpose": "Measure noise"}
    form |= {"from_date": TODAY.isoformat(), "until_date": ""}
    assert "Choose the class." in text(post(cast, "tom", "phone-use/new/", **form))
    form["school_class"] = walk.class_of(cast).pk
    for _ in range(2):
        assert "have been asked" in text(post(cast, "tom", "phone-use/new/", **form))
    permission = PhoneUse.objects.get()
    assert (permission.kind, permission.until_date) == ("lesson", TODAY)
    path = f"phone-use/{permission.reference}/"
    assert Notice.objects.get(reason="phone_use_asked").person == cast.hana
    assert whats(_request(cast, "hana")) == [(f"Use of a phone {permission}", False)]
    assert get(cast, "tess", path).status_code == 404

    decision = {"version": 1, "decision": "refuse", "note": ""}
    assert "Say why." in text(post(cast, "hana", f"{path}decide/", **decision))
    decision |= {"decision": "allow", "note": "Phones back in the box by noon."}
    assert "Decided." in text(post(cast, "hana", f"{path}decide/", **decision))
    assert "Phones back in the box by noon." in text(get(cast, "tess", path))
    assert duties.figures(_request(cast, "hana"), at=NOW)[0].number == 1
    facts = Entry.objects.filter(verb__contains="phone_use").values_list("facts", flat=True)
    day = TODAY.isoformat()
    assert list(facts) == [
        {"kind": "lesson", "state": state, "from": day, "until": day}
        for state in ("asked", "active")
    ]


def test_a_leader_decides_and_never_on_their_own(cast):
    own = walk.use_asked(cast, by=cast.hana)
    with pytest.raises(Conflicted, match="Nobody allows their own"):
        phones_use.decide_phone_use(permission=own, version=1, by=cast.hana, at=NOW)
    assert whats(_request(cast, "hana")) == []
    asked = walk.use_asked(cast)
    with pytest.raises(Refusal, match="Your role"):
        phones_use.decide_phone_use(permission=asked, version=1, by=cast.tess, at=NOW)
    phones_use.refuse_phone_use(permission=asked, version=1, note="No", by=cast.hana, at=NOW)
    with pytest.raises(StaleRecord):
        phones_use.withdraw_phone_use(permission=asked, version=1, why="x", by=cast.hana, at=NOW)
    with pytest.raises(StepRefused, match="cannot be done now"):
        phones_use.decide_phone_use(permission=asked, version=2, by=cast.hana, at=NOW)
    with pytest.raises(Refusal, match="at most a year"):
        walk.use_asked(cast, walk.own_phone(until_date=TODAY + 400 * DAY))
    with pytest.raises(Refusal, match="passed already"):
        walk.use_asked(cast, walk.lesson(cast, from_date=TODAY - DAY, until_date=TODAY - DAY))
    switch(cast, "pupil_devices", "banned")
    with pytest.raises(Refusal, match="not allowed at this school"):
        walk.use_asked(cast, walk.lesson(cast))


def test_permission_ends_by_itself_is_withdrawn_or_no_longer_needed(cast, monkeypatch):
    short = walk.use_allowed(cast, walk.own_phone(until_date=TODAY))
    long, other = walk.use_allowed(cast), walk.use_allowed(cast)
    path = f"phone-use/{long.reference}/withdraw/"
    assert "Withdrawn." in text(post(cast, "hana", path, version=2, why="Seen in the corridor."))
    assert "Seen in the corridor." in text(get(cast, "tom", f"phone-use/{long.reference}/"))
    with pytest.raises(StepRefused, match="Only the person who asked"):
        phones_use.end_phone_use(permission=other, version=2, by=cast.tess, at=NOW)
    end = f"phone-use/{other.reference}/end/"
    assert "It is ended." in text(post(cast, "tom", end, version=2))
    monkeypatch.setattr("assets.tasks.timezone.now", lambda: NOW + DAY)
    end_by_day()
    states = dict(PhoneUse.objects.values_list("pk", "state"))
    assert states == {short.pk: "ended", long.pk: "withdrawn", other.pk: "ended"}
    assert Notice.objects.filter(person=cast.tom, reason="phone_use_decided").count() == 5


def test_emergency_is_written_down_the_same_day_by_another_leader(cast):
    form = {"submission": uuid4(), "holder": cast.tom.pk, "holder_text": "Tom Teale"}
    form |= {"purpose": "Ambulance", "given_at": f"{TODAY}T09:00"}
    page = "phone-use/emergency/"
    assert "It is written down." in text(post(cast, "hana", page, **form))
    assert "It is written down." in text(post(cast, "hana", page, **form))
    permission = PhoneUse.objects.get()
    assert (permission.state, permission.until_date, permission.decided_by) == (
        "active",
        TODAY,
        cast.hana,
    )
    shown = text(get(cast, "tom", f"phone-use/{permission.reference}/"))
    assert "Allowed by word of mouth in an emergency" in shown
    for wrong, words in (
        ({"given_at": NOW - DAY}, "the same day"),
        ({"given_at": NOW + DAY}, "in the future"),
        ({"holder": cast.hana}, "Nobody allows their own"),
        ({"holder": cast.pia}, "Choose an adult"),
        ({"by": cast.tess}, "Your role"),
    ):
        with pytest.raises(Refusal, match=words):
            walk.emergency(cast, **wrong)
    answer = get(cast, "hana", "phone-use/export/?how=emergency")
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert "Ambulance" in rows[1]

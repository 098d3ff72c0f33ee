"""Own devices in school, exemptions, and recording with one's own device (MOB-02 to MOB-08)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from assets.actions import exemptions, own_devices, recording, recording_uses
from assets.duties import own_devices as duties
from assets.models import Exemption, PersonalDevice, RecordingPermission, RecordingUse
from assets.queries.taken import exemption_of
from assets.sections.own_devices import sections
from audit.models import Entry
from common.errors import Conflicted, Refusal, StaleRecord, StepRefused
from common.sections import Period
from people.actions.settings import change_setting
from people.models import Notice
from tests.assets import walk_own_devices as walk
from tests.assets.walk_own_devices import DAY, TODAY
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("today")
EVENING = NOW.replace(hour=16, minute=5)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def get(cast, who, path):
    return cast.client(who).get(cast.url(f"own-devices/{path}"))


def post(cast, who, path, **data):
    return cast.client(who).post(cast.url(f"own-devices/{path}"), data)


def switch(cast, name, value):
    change_setting(
        school=cast.school, name=name, value=value, reason="A test", by=cast.hana, at=NOW
    )


# Devices ------------------------------------------------------------------------------------------


def test_teacher_notes_a_phone_once_however_often_the_form_is_sent(cast):
    form = {"submission": uuid4(), "kind": "phone", "make": "Samsung", "serial": "S1"}
    for _ in range(2):
        answer = post(cast, "tom", "new/", **form)
        assert answer.headers["Location"] == cast.url("own-devices/mine/")

    device = PersonalDevice.objects.get()
    assert (device.owner, device.state, device.serial) == (cast.tom, "kept", "S1")
    assert "Samsung" in text(get(cast, "tom", "mine/"))
    assert "Samsung" not in text(get(cast, "tess", "mine/"))
    assert Entry.objects.filter(verb="note_own_device").get().facts == {"kind": "phone"}


def test_parent_asks_and_the_head_allows_until_a_day(cast):
    form = {"submission": uuid4(), "kind": "phone", "make": "Nokia", "reason": "Walks home."}
    post(cast, "paul", "new/", **form, pupil=cast.pia.pk)
    device = PersonalDevice.objects.get()
    need = duties.needs(_request(cast, "hana"), at=NOW)[0]
    assert (need.what, need.label) == ("1 pupil’s device to decide on", "Look at them")

    decision = {"version": 1, "decision": "allow", "note": ""}
    page = f"{device.pk}/decide/"
    assert "Enter the last day." in text(post(cast, "hana", page, **decision))
    day = {"until_date": "2026-12-18", "kept_in": "Class cupboard"}
    post(cast, "hana", page, **decision, **day)
    shown = text(get(cast, "paul", "mine/"))
    assert "Allowed in school" in shown
    assert "Kept in: Class cupboard" in shown
    assert "Fri 18 Dec 2026" in shown
    assert Notice.objects.filter(person=cast.paul, reason="own_device_decided").count() == 1
    assert "Paul" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_only_ones_own_child_and_nobody_decides_on_their_own_family(cast):
    with pytest.raises(Refusal, match="only for your own child"):
        own_devices.ask_for_device(
            pupil=cast.tom,
            submission=uuid4(),
            kind="phone",
            make="Nokia",
            reason="x",
            by=cast.paul,
            at=NOW,
        )
    device = walk.asked(cast)
    with pytest.raises(Refusal, match="Your role"):
        walk.allowed(cast, device, by=cast.tom)
    with pytest.raises(Refusal, match="at most a year"):
        walk.allowed(cast, device, until_date=TODAY + 400 * DAY)
    with pytest.raises(Refusal, match="Say why it is not allowed"):
        own_devices.refuse_own_device(device=device, version=1, reason=" ", by=cast.hana, at=NOW)
    walk.allowed(cast, device)
    with pytest.raises(StaleRecord):
        walk.allowed(cast, device)
    with pytest.raises(StepRefused, match="decided already"):
        walk.allowed(cast, device, version=2)


def test_ban_stops_asking_and_allowing(cast):
    device = walk.asked(cast)
    switch(cast, "pupil_devices", "banned")
    with pytest.raises(Refusal, match="not allowed at this school"):
        walk.asked(cast)
    with pytest.raises(Refusal, match="not allowed at this school"):
        walk.allowed(cast, device)
    assert "does not allow pupils’ own devices" in text(get(cast, "paul", "mine/"))


def test_list_is_filtered_and_taken_out_without_formulas(cast):
    walk.noted(cast, make="=1+1")
    walk.asked(cast)
    page = get(cast, "hana", "?whose=staff&q=teale")
    assert [device.owner for device in page.context["page"]] == [cast.tom]
    answer = get(cast, "hana", "export/?whose=pupil")
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert rows[1].startswith("Pia Pease,Pupil,Phone,Nokia,")
    assert len(rows) == 2
    facts = Entry.objects.get(verb="export_own_devices").facts
    assert facts == {"count": 1, "filters": {"whose": "pupil", "sort": "-asked_at"}}


def test_leavers_devices_end_by_themselves_with_their_permissions(cast):
    permission = walk.recording_allowed(cast)
    theirs = walk.allowed(cast, walk.asked(cast), until_date=TODAY)
    kept = walk.noted(cast, "tess")
    cast.tom.left_date = TODAY
    cast.tom.save()

    tomorrow = NOW + DAY
    assert own_devices.end_devices(school=cast.school, at=tomorrow) == 2
    assert own_devices.end_devices(school=cast.school, at=tomorrow) == 0
    permission.refresh_from_db()
    states = PersonalDevice.objects.in_bulk([permission.device_id, theirs.pk, kept.pk])
    assert [one.state for one in states.values()].count("ended") == 2
    assert states[kept.pk].state == "kept"
    assert permission.state == "ended"


# Exemptions ---------------------------------------------------------------------------------------


def test_teacher_reads_what_a_pupil_may_keep_but_not_the_reason(cast):
    exemption = walk.exempted(cast)
    teacher, head = (text(get(cast, who, "exemptions/")) for who in ("tom", "hana"))
    for shown in ("Pia Pease", "A medical need", "blood sugar"):
        assert shown in teacher
    assert "Diabetes" in head
    assert "Diabetes" not in teacher
    assert exemption_of(cast.pia, on=TODAY) == exemption
    with pytest.raises(Refusal, match="has this exemption for these days"):
        walk.exempted(cast)
    with pytest.raises(Refusal, match="Choose a pupil"):
        walk.exempted(cast, "tom")

    assert post(cast, "tom", f"exemptions/{exemption.pk}/end/").status_code == 403
    post(cast, "hana", f"exemptions/{exemption.pk}/end/")
    assert exemption_of(cast.pia, on=TODAY) is None
    assert Exemption.objects.get().ended_by == cast.hana
    with pytest.raises(Refusal, match="ended already"):
        exemptions.end_exemption(exemption=exemption, by=cast.hana, at=NOW)
    assert len(get(cast, "hana", "exemptions/?when=over&q=pia").context["page"]) == 1


# Recording ----------------------------------------------------------------------------------------


def test_only_the_head_allows_and_nobody_their_own(cast):
    device = walk.noted(cast, "hana")
    with pytest.raises(Conflicted, match="nobody allows their own"):
        walk.recording_asked(cast, "hana", device)
    with pytest.raises(Refusal, match="a device of your own"):
        walk.recording_asked(cast, "tom", device)
    permission = walk.recording_asked(cast)
    with pytest.raises(Refusal, match="Your role"):
        recording.decide_recording(permission=permission, version=1, by=cast.dora, at=NOW)
    assert [person.person for person in Notice.objects.filter(reason="recording_asked")] == [
        cast.hana
    ]
    switch(cast, "personal_recording", "banned")
    with pytest.raises(Refusal, match="does not allow recording"):
        walk.recording_asked(cast)
    assert "recording/new" not in text(get(cast, "tom", "recording/"))


def test_a_permission_from_asking_to_withdrawal_on_the_pages(cast):
    device = walk.noted(cast)
    days = {"from_date": "2026-09-15", "until_date": "2026-09-18"}
    asked = {"submission": uuid4(), "device": device.pk, "purpose": "The play", **days}
    post(cast, "tom", "recording/new/", **asked)
    one = RecordingPermission.objects.get()
    path = f"recording/{one}/"
    assert get(cast, "tom", path).context["deed"] is None
    assert get(cast, "tess", path).status_code == 404
    post(cast, "hana", f"{path}decide/", version=1, decision="allow", note="Main hall only.")
    assert get(cast, "tom", path).context["deed"]["label"] == "Say that you recorded"
    assert "Main hall only." in text(get(cast, "tom", path))
    post(cast, "dora", f"{path}note/", version=2, text="Saw it used well.")
    stale = post(cast, "hana", f"{path}withdraw/", version=1, why="Used in a lesson.")
    assert "Somebody changed this" in text(stale)
    assert stale.context["form"].data["version"] == "2"
    post(cast, "hana", f"{path}withdraw/", version=2, why="Used in a lesson.")
    shown = get(cast, "tom", path)
    assert [line["title"] for line in shown.context["story"]] == [
        "Asked for",
        "Allowed by the headteacher",
        "Looked at",
        "Withdrawn",
    ]
    assert "Used in a lesson." in text(shown)
    assert Notice.objects.filter(person=cast.tom, reason="recording_decided").count() == 2
    values = {"submission": uuid4(), "used_date": "2026-09-15", "what": "It"}
    used = post(cast, "tom", f"{path}record/", version=3, **values)
    assert "cannot be done now" in text(used)


def test_pictures_are_off_the_device_the_same_day(cast):
    permission = walk.recording_allowed(cast)
    with pytest.raises(Refusal, match="outside what was allowed"):
        walk.used(cast, permission, used_date=TODAY + DAY)
    with pytest.raises(StepRefused, match="Only the person"):
        walk.used(cast, permission, "tess")
    use = walk.used(cast, permission)
    need = duties.needs(_request(cast, "tom"), at=NOW)[0]
    assert (need.label, need.late, need.due_at.hour) == ("They are deleted", False, 16)

    assert recording_uses.remind_of_deletion(school=cast.school, at=NOW) == 0
    assert recording_uses.remind_of_deletion(school=cast.school, at=EVENING) == 1
    assert recording_uses.remind_of_deletion(school=cast.school, at=EVENING) == 0
    assert list(duties.reminders_due(cast.school, on=TODAY)) == []
    told = {due.person_id for due in duties.reminders_due(cast.school, on=TODAY + DAY)}
    assert told == {cast.tom.pk, cast.hana.pk}
    late = duties.needs(_request(cast, "hana"), at=NOW + DAY)[-1]
    assert late.what == "1 set of pictures on people’s own devices"

    with pytest.raises(Refusal, match="not in the future"):
        walk.deleted(cast, use, deleted_at=NOW + DAY)
    assert get(cast, "tess", f"recording/uses/{use.pk}/deleted/").status_code == 404
    values = {"moved_to": "Shared drive", "deleted_at": "2026-09-15", "deleted_at_time": "10:25"}
    post(cast, "tom", f"recording/uses/{use.pk}/deleted/", **values)
    assert RecordingUse.objects.get().confirmed_by == cast.tom
    assert Entry.objects.get(verb="confirm_deletion").facts == {"same_day": True}
    assert list(duties.reminders_due(cast.school, on=TODAY + DAY)) == []
    with pytest.raises(StepRefused, match="said so already"):
        walk.deleted(cast, use)


def test_permission_ends_by_its_day(cast):
    permission = walk.recording_allowed(cast)
    later = NOW + 4 * DAY
    assert recording.end_recordings(school=cast.school, at=NOW) == 0
    assert recording.end_recordings(school=cast.school, at=later) == 1
    permission.refresh_from_db()
    assert (permission.state, permission.ended_why) == ("ended", "Its last day has passed.")


def test_figures_of_the_report_are_exact(cast):
    walk.allowed(cast, walk.asked(cast))
    one = walk.recording_allowed(cast)
    walk.deleted(cast, walk.used(cast, one))
    late = walk.used(cast, one)
    walk.deleted(cast, late, at=NOW + DAY, deleted_at=NOW + DAY)
    walk.used(cast, one)
    span = Period(TODAY - timedelta(days=7), TODAY, "A week")
    tables = {table.code: table for table in sections(cast.school, span)[0].tables}
    figures = {code: [row.value for row in table.rows] for code, table in tables.items()}
    assert figures == {
        "devices": [1, 1, 1, 0],
        "recording": [1, 1, 0, 0],
        "pictures": [1, 1, 1, 3],
    }


def _request(cast, who):
    return cast.client(who).get(cast.url()).wsgi_request

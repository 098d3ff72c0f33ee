"""One step for many devices, the rooms they stand in, and the register as a workbook (AST-01)."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from assets.actions import many, rooms
from assets.actions.inventory_workbook import make_workbook
from assets.imports.workbook import as_csv
from assets.models import Asset, AssetEvent, Room
from assets.queries.inventory_imports import plan_of
from audit.models import Entry
from common.errors import Refusal, StaleRecord, StepRefused
from common.workbooks import workbook_of
from people.jobs import visible_jobs
from people.models import Job
from tests.assets import things
from tests.assets import walk_lifecycle as walk
from tests.assets.test_inventory_imports import opened
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("today")


def text(response) -> str:
    return " ".join(response.content.decode().split())


def hidden(response) -> dict:
    form = response.context["form"]
    return {name: form[name].value() for name in ("submission", "keys")}


def finished(job: Job) -> Job:
    """Do a job's work as its task does."""
    many.finish_change(job=job, at=NOW)
    return job


# Many at once -------------------------------------------------------------------------------------


def test_ticked_devices_go_in_service_and_each_refusal_says_why(cast):
    ready = things.add(cast, "L-1", encryption="yes", antivirus="Defender")
    bare, screen = things.add(cast, "L-2"), things.add(cast, "D-1", "display")
    already = things.in_service(cast, "L-3")
    client = cast.client("tina")
    page = cast.url("equipment/many/in-service/")
    listed = client.get(cast.url("equipment/?kind=laptop"))
    assert f'name="pick" id="pick-{ready.pk}"' in text(listed)
    assert 'name="kind" value="laptop"' in text(listed)
    picks = [one.pk for one in (ready, bare, screen, already)]
    asked = client.get(page, {"pick": picks, "kind": "laptop"})
    assert "D-1, L-1, L-2, L-3" in text(asked)
    sent = hidden(asked)
    for _ in range(2):
        answer = client.post(page, {**sent, "encryption": "", "antivirus": ""})
        assert answer.url == cast.url(f"jobs/{Job.objects.get().pk}/")
    job = finished(Job.objects.get())

    assert job.message == "2 devices are done, 2 refused."
    why = {one["label"]: one["why"] for one in job.result["refused"]}
    assert why["L-2"] == "Data is kept on this device: say whether it is encrypted."
    assert "this device is “In service”" in why["L-3"]
    job.state, job.finished_at = Job.State.DONE, NOW
    job.save()
    shown = text(client.get(answer.url))
    assert f'href="{cast.url(f"equipment/{bare.pk}/")}"' in shown
    states = dict(Asset.objects.values_list("tag", "state"))
    assert states == {"D-1": "in_service", "L-1": "in_service", "L-2": "registered"} | {
        "L-3": "in_service"
    }
    assert Asset.objects.get(tag="D-1").encryption == "unknown"
    assert Entry.objects.get(verb="change_assets").facts == {"deed": "put_in_service", "count": 4}
    assert Entry.objects.filter(verb="put_in_service", subject_id=ready.pk).count() == 1


def test_all_that_the_filter_finds_moves_and_evidence_stays(cast, other):
    things.in_service(cast, "L-1", room_name="Hall")
    kept = things.in_service(cast, "L-2", room_name="Hall")
    walk.kept(cast, kept)
    things.in_service(cast, "L-3", room_name="Lab")
    foreign = things.add(other, "X-1") if hasattr(other.people, "tina") else None
    hall = Room.objects.get(name="Hall")
    client, page = cast.client("tina"), cast.url("equipment/many/move/")
    asked = client.get(f"{page}?room={hall.pk}&all=1")
    sent = {**hidden(asked), "room_name": "lab"}
    if foreign:
        sent["keys"] += f",{foreign.pk}"
    assert client.post(page, sent).status_code == 302
    job = finished(Job.objects.get())

    assert job.message == "1 device is done, 1 refused."
    assert "Kept as evidence" in job.result["refused"][0]["why"]
    where = dict(Asset.objects.filter(school=cast.school).values_list("tag", "room__name"))
    assert where == {"L-1": "Lab", "L-2": "Hall", "L-3": "Lab"}
    line = AssetEvent.objects.get(step="move_asset")
    assert (line.text, line.by) == ("Room: Hall → Lab", cast.tina)


def test_none_too_many_and_those_who_may_not_are_refused(cast):
    asset = things.add(cast, "L-1")
    client, page = cast.client("tina"), cast.url("equipment/many/move/")
    back = client.get(f"{page}?kind=laptop", follow=True)
    assert back.request["QUERY_STRING"] == "kind=laptop"
    assert "Tick the devices first." in text(back)
    told = {"school": cast.school, "submission": uuid4(), "change": many.Move("Hall"), "at": NOW}
    for keys, who, words in (
        ([], cast.tina, "Tick the devices"),
        (range(many.MOST + 1), cast.tina, "At most 300"),
        ([asset.pk], cast.tom, "Your role"),
    ):
        with pytest.raises(Refusal, match=words):
            many.change_assets(**told, keys=list(keys), by=who)
    assert client.post(page, {"keys": "1,x", "submission": uuid4()}).status_code == 200
    assert not Job.objects.exists()


# Rooms --------------------------------------------------------------------------------------------


def test_a_room_is_renamed_emptied_ended_and_used_again(cast):
    asset = things.in_service(cast, "L-1", room_name="Hall")
    things.in_service(cast, "L-2", room_name="Lab")
    hall, client = Room.objects.get(name="Hall"), cast.client("tina")
    page = cast.url(f"equipment/rooms/{hall.pk}/")
    taken = client.post(f"{page}rename/", {"name": "LAB", "version": hall.version})
    assert "Another room has the name “LAB”" in text(taken)
    client.post(f"{page}rename/", {"name": "Great hall", "version": hall.version})
    hall.refresh_from_db()
    assert (hall.name, things.again(asset).room) == ("Great hall", hall)
    with pytest.raises(StaleRecord):
        rooms.rename_room(room=hall, name="H", version=1, by=cast.tina, at=NOW)

    full = text(client.get(f"{page}end/"))
    assert f'href="{cast.url("equipment/")}?room={hall.pk}"' in full
    with pytest.raises(Refusal, match="1 device stands in this room"):
        rooms.end_room(room=hall, version=hall.version, by=cast.tina, at=NOW)
    lab = Room.objects.get(name="Lab")
    rooms.move_asset(asset=things.again(asset), room=lab, by=cast.tina, at=NOW)
    assert client.post(f"{page}end/", {"version": hall.version}).status_code == 302
    hall.refresh_from_db()
    assert (hall.ended_by, hall.ended_at.date()) == (cast.tina, NOW.date())
    for room, words in ((hall, "no longer used"), (lab, "in this room already")):
        with pytest.raises(Refusal, match=words):
            rooms.move_asset(asset=things.again(asset), room=room, by=cast.tina, at=NOW)
    with pytest.raises(StepRefused):
        rooms.end_room(room=hall, version=hall.version, by=cast.tina, at=NOW)

    def listed(query):
        return [
            str(one) for one in client.get(cast.url(f"equipment/rooms/?{query}")).context["page"]
        ]

    assert (listed(""), listed("used=ended"), listed("q=hall&used=every")) == (
        ["Lab"],
        ["Great hall"],
        ["Great hall"],
    )
    lines = b"".join(cast.client("hana").get(cast.url("equipment/rooms/export/"))).decode()
    assert lines.splitlines()[1] == "Lab,2,,"
    things.add(cast, "L-4", room_name="great hall")
    hall.refresh_from_db()
    assert (hall.ended_by, hall.ended_at) == (None, None)


# The workbook -------------------------------------------------------------------------------------


def test_what_is_taken_out_can_be_brought_in_again_unchanged(cast):
    things.in_service(
        cast,
        "007",
        room_name="Hall",
        holder=cast.tom,
        serial="0012-A",
        cost=Decimal("499.90"),
        bought_date=date(2024, 9, 2),
        support_until=date(2031, 10, 14),
        note="Kept on a hook, “left”",
    )
    things.add(cast, "D-1", "display", hazardous=True)
    client = cast.client("hana")
    assert client.get(cast.url("equipment/workbook/")).status_code == 405
    done = client.post(cast.url("equipment/workbook/?sort=-tag"))
    job = Job.objects.get()
    assert (done.url, job.power) == (cast.url(f"jobs/{job.pk}/"), "export_assets")
    make_workbook(job=job, at=NOW)
    content = job.result_file.read()
    job.result_file.delete(save=False)
    assert (job.result_name, job.message) == (
        "equipment-oak-hill-primary-school-2026-09-15.xlsx",
        "2 devices are in it.",
    )
    upload = opened(cast, content, job.result_name)
    _, plan = plan_of(upload, on=NOW.date())

    assert (plan.unchanged, plan.writes, plan.bad) == (2, 0, [])
    Asset.objects.filter(tag="007").update(serial="other", cost=1, support_until=None, note="")
    _, plan = plan_of(upload, on=NOW.date())
    (entry,) = plan.changed
    assert [(one.label, one.after) for one in entry.changes] == [
        ("Serial number", "0012-A"),
        ("Cost", "£499.90"),
        ("Support until", "Tue 14 Oct 2031"),
        ("Note", "Kept on a hook, “left”"),
    ]
    assert Entry.objects.get(verb="export_assets").facts["count"] == 2
    job.requested_by = cast.dora
    with pytest.raises(Refusal, match="Your role"):
        make_workbook(job=job, at=NOW)


def test_whoever_may_import_sees_the_import_of_a_colleague(cast):
    mine = {"school": cast.school, "label": "x", "requested_by": cast.tina, "requested_at": NOW}
    Job.objects.create(kind="asset_import", **mine)
    powers = frozenset({"import_assets"})

    assert visible_jobs(cast.dora, powers).count() == 1
    assert visible_jobs(cast.dora, frozenset()).count() == 0


def test_a_workbook_takes_nothing_for_a_formula_or_a_number_that_is_text():
    written = workbook_of(("A", "B", "C"), [("=cmd()", 3, None), ("007", Decimal("4.50"), "")])
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")

    assert b"<f>" not in sheet
    assert as_csv(written).decode().splitlines() == ["A,B,C", "=cmd(),3,", "007,4.5,"]

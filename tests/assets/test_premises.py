"""Restricted rooms, and cameras with what waits at each (AST-21, AST-26)."""

from uuid import uuid4

import pytest

from assets.actions import cameras, room_access
from assets.duties import premises as duties
from assets.models import Camera, RoomAccess
from audit.models import Entry
from common.errors import Conflicted, Refusal, StaleRecord, StepRefused
from tests.assets import things, walk_care
from tests.assets.walk_care import DAY, TODAY
from tests.assets.walk_taken import office
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("today")


def text(response) -> str:
    return " ".join(response.content.decode().split())


def get(cast, who, path):
    return cast.client(who).get(cast.url(path))


def post(cast, who, path, **data):
    return cast.client(who).post(cast.url(path), data)


def needs(cast, who, at=NOW):
    request = cast.client(who).get(cast.url()).wsgi_request
    return [(need.what, need.late) for need in duties.needs(request, at=at)]


def told(cast, on=TODAY):
    return {(one.duty, one.person_id) for one in duties.reminders_due(cast.school, on=on)}


def test_servers_stand_where_only_those_listed_enter(cast):
    server = things.in_service(cast, "S-1", "server", room_name="Hall")
    rooms = "equipment/restricted-rooms/"
    assert "Servers that stand in no restricted room" in text(get(cast, "tina", rooms))
    post(cast, "hana", f"{rooms}new/", room=server.room_id, secured_by="Locked")
    room = f"{rooms}{server.room_id}/"
    assert "stand in no restricted room" not in text(get(cast, "tina", rooms))
    form = {"submission": uuid4(), "why": "Servers", "dbs_seen_date": str(TODAY)}
    both = {"person": cast.tina.pk, "person_text": "Tina Techworth", "outsider": "Firm"}
    assert "or write who of which firm" in text(post(cast, "hana", f"{room}access/", **form))
    assert "or write who of which firm" in text(
        post(cast, "hana", f"{room}access/", **form, **both)
    )
    for _ in range(2):
        post(cast, "hana", f"{room}access/", **{**form, **both, "outsider": ""})
    access = RoomAccess.objects.get()
    assert (access.person, access.given_by, access.dbs_seen_date) == (cast.tina, cast.hana, TODAY)
    with pytest.raises(Conflicted, match="Nobody gives themselves access"):
        walk_care.let_in(cast, access.room, person=cast.hana)
    with pytest.raises(Refusal, match="may enter already"):
        walk_care.let_in(cast, access.room)
    with pytest.raises(Refusal, match="has not come yet"):
        walk_care.let_in(cast, access.room, person=cast.tom, dbs_seen_date=TODAY + DAY)
    walk_care.let_in(cast, access.room, person=None, outsider="Ed of Rack Care")
    found = get(cast, "tina", f"{rooms}?q=rack").context["page"]
    assert [(one.people, one.servers, one.oldest) for one in found] == [(2, 1, TODAY - 30 * DAY)]
    assert "Let somebody enter" not in text(get(cast, "tina", room))

    assert "A server stands in this room" in text(post(cast, "hana", f"{room}open/"))
    post(cast, "hana", f"{rooms}access/{access.pk}/end/")
    assert get(cast, "hana", f"{rooms}access/{access.pk}/end/").status_code == 404
    type(server).objects.filter(pk=server.pk).update(room=None)
    post(cast, "hana", f"{room}open/")
    assert RoomAccess.objects.filter(ended_at=None).count() == 0
    assert get(cast, "hana", room).status_code == 404
    with pytest.raises(StepRefused, match="not restricted"):
        walk_care.let_in(cast, access.room)
    with pytest.raises(Refusal, match="how it is locked"):
        room_access.restrict_room(
            room=access.room, restricted=True, secured_by=" ", by=cast.hana, at=NOW
        )
    assert "Ed" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_a_camera_from_its_entry_to_its_end(cast):
    iris, dee = office(cast), walk_care.officer(cast)
    things.in_service(cast, "C-1", "cctv")
    form = {
        "submission": uuid4(),
        "place": "Gate",
        "purpose": "Safety",
        "retention_days": 30,
        "viewers": "Headteacher",
        "tag": "L-9",
    }
    assert "No CCTV camera" in text(post(cast, "iris", "cameras/new/", **form))
    for _ in range(2):
        post(cast, "iris", "cameras/new/", **{**form, "tag": "c-1"})
    camera = Camera.objects.select_related("asset").get()
    assert (camera.asset.tag, camera.review_date) == ("C-1", TODAY + 365 * DAY)
    assert needs(cast, "dee") == [("1 camera to write down", False)]
    assert told(cast) == {("camera_processing", dee.pk)}
    page = f"cameras/{camera.pk}/"
    assert "No notice" in text(get(cast, "tina", page))
    assert "Next step" in text(get(cast, "dee", page))
    post(cast, "dee", f"{page}processing/", version=1)
    assert (needs(cast, "dee"), told(cast)) == ([], set())

    later = NOW + 365 * DAY
    assert needs(cast, "iris", later) == [("Camera: Gate", False)]
    assert needs(cast, "iris", later + DAY) == [("Camera: Gate", True)]
    assert told(cast, later.date()) == {
        ("camera_review", iris.pk),
        ("camera_review", cast.hana.pk),
    }
    review = {"note": "Still needed.", "notice_up": "no", "version": 2}
    assert "Put the notice up first" in text(post(cast, "iris", f"{page}review/", **review))
    with pytest.raises(StaleRecord):
        cameras.review_camera(camera=camera, version=1, note="x", notice_up=True, by=iris, at=later)
    camera = cameras.review_camera(
        camera=camera, version=2, note="Still needed.", notice_up=True, by=iris, at=later
    )
    assert camera.review_date == later.date() + 365 * DAY
    assert camera.notice_date == later.date()
    assert needs(cast, "iris", later) == []

    changed = {**form, "tag": "", "retention_days": 14, "version": camera.version}
    post(cast, "iris", f"{page}edit/", **changed)
    assert needs(cast, "dee") == [("1 camera to write down", False)]
    changed["version"] += 1
    assert "Nothing was changed" in text(post(cast, "iris", f"{page}edit/", **changed))
    rows = get(cast, "dee", "cameras/?open=processing").context["page"]
    assert [one.pk for one in rows] == [camera.pk]
    sheet = b"".join(get(cast, "dee", "cameras/export/").streaming_content).decode("utf-8-sig")
    assert sheet.splitlines()[1].startswith("Gate,Safety,14,Headteacher")
    post(cast, "iris", f"{page}down/", why="A fence is there now.", version=changed["version"])
    assert "taken down already" in text(
        post(cast, "iris", f"{page}down/", why="x", version=changed["version"] + 1)
    )
    assert list(get(cast, "dee", "cameras/").context["page"]) == []
    assert len(get(cast, "dee", "cameras/?open=down").context["page"]) == 1
    assert (needs(cast, "dee"), told(cast, later.date())) == ([], set())

"""The pages of the register: entered, changed, searched, taken out (AST-01)."""

from uuid import uuid4

import pytest

from assets.models import Asset
from audit.models import Entry
from tests.assets import things
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("today")

FILLED = {
    "tag": "L-001",
    "kind": "laptop",
    "make": "Lenovo",
    "model": "L13",
    "room_name": "Room 4",
    "cost": "499.90",
    "support_until": "2026-10-01",
    "keeps_data": "on",
    "encryption": "unknown",
}


def tags(response):
    return [asset.tag for asset in response.context["page"]]


def test_a_device_is_entered_looked_at_and_changed(cast):
    client = cast.client("tina")
    sent = {**FILLED, "submission": uuid4()}
    for _ in range(2):
        done = client.post(cast.url("equipment/new/"), sent, follow=True)
    asset = Asset.objects.get()
    assert done.request["PATH_INFO"] == cast.url(f"equipment/{asset.pk}/")
    page = done.content.decode()
    for words in ("£499.90", "Encryption not known", "Updates end soon", "Put in service"):
        assert words in page, words
    refused = client.post(cast.url("equipment/new/"), {**sent, "submission": uuid4()})
    assert "Another device has the tag" in refused.content.decode()

    edit = cast.url(f"equipment/{asset.pk}/edit/")
    changed = {**FILLED, "model": "L14", "version": asset.version}
    assert client.post(edit, changed).status_code == 302
    stale = client.post(edit, {**changed, "model": "L15"})
    assert "Somebody changed this" in stale.content.decode()
    version = stale.context["form"]["version"].value()
    assert client.post(edit, {**changed, "model": "L15", "version": version}).status_code == 302
    serve = cast.url(f"equipment/{asset.pk}/in-service/")
    asset.refresh_from_db()
    checked = {"encryption": "yes", "antivirus": "Defender", "version": asset.version}
    assert client.post(serve, checked).status_code == 302
    disk = {"kind": "nvme", "serial": "N-1", "gigabytes": "256"}
    assert client.post(cast.url(f"equipment/{asset.pk}/disks/new/"), disk).status_code == 302
    out = cast.url(f"equipment/disks/{asset.media.get().pk}/remove/")
    assert client.post(out, {"reason": "Worn out, in the safe."}).status_code == 302
    asset.refresh_from_db()
    gone = {"reason": "Too slow.", "version": asset.version}
    shown = client.post(cast.url(f"equipment/{asset.pk}/redundant/"), gone, follow=True)
    assert "Worn out, in the safe." in shown.content.decode()
    asset.refresh_from_db()
    assert (asset.model, asset.state) == ("L15", "redundant")


def test_the_register_is_narrowed_by_each_filter(cast):
    things.in_service(cast, "L-1", room_name="Hall", holder=cast.tom, serial="ABC9")
    things.add(cast, "L-2", supplier="Misco", support_until=NOW.date())
    things.add(cast, "D-1", "display", review_date=NOW.date())
    old = things.redundant(cast, things.in_service(cast, "L-3"))
    Asset.objects.filter(pk=old.pk).update(state="disposed", disposed_at=NOW)
    client, room = cast.client("hana"), Asset.objects.get(tag="L-1").room_id
    for query, wanted in (
        ("", ["D-1", "L-1", "L-2"]),
        ("sort=-tag", ["L-2", "L-1", "D-1"]),
        ("q=misco", ["L-2"]),
        ("q=abc", ["L-1"]),
        ("q=l-", ["L-1", "L-2"]),
        ("kind=display", ["D-1"]),
        ("state=disposed", ["L-3"]),
        ("state=everything", ["D-1", "L-1", "L-2", "L-3"]),
        (f"room={room}", ["L-1"]),
        ("room=0", ["D-1", "L-2"]),
        ("holder=teale", ["L-1"]),
        ("data=no", ["D-1"]),
        ("encryption=unknown", ["D-1", "L-2"]),
        ("support=ending", ["L-2"]),
        ("support=ended", []),
        ("warranty=none", ["D-1", "L-1", "L-2"]),
        ("review=due", ["D-1"]),
    ):
        assert tags(client.get(cast.url(f"equipment/?{query}"))) == wanted, query


def test_the_register_is_taken_out_as_it_is_filtered(cast):
    things.add(cast, "L-1", note="=cmd()", room_name="Hall")
    things.add(cast, "D-1", "display")
    path = cast.url("equipment/export/?kind=laptop")
    lines = b"".join(cast.client("hana").get(path)).decode().splitlines()
    assert len(lines) == 2
    assert "'=cmd()" in lines[1]
    assert Entry.objects.get(verb="export_assets").facts == {
        "count": 1,
        "filters": {"kind": "laptop", "sort": "tag"},
    }
    assert cast.client("dora").get(path).status_code == 403
    assert cast.client("tom").get(cast.url("equipment/")).status_code == 403


def test_another_school_sees_no_device(cast, other):
    asset = things.add(cast, "L-1")
    client = other.client("oscar")
    assert client.get(other.url(f"equipment/{asset.pk}/")).status_code == 404
    assert client.get(other.url("equipment/scan/L-1/")).status_code == 404

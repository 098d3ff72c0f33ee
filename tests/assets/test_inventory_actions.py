"""Entering equipment, changing it, its disks, and the steps of its life (AST-01)."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from assets.actions import inventory
from assets.actions.inventory import AssetDetails, MediumDetails
from assets.actions.life import take_step
from assets.models import Asset, AssetEvent, Room
from audit.models import Entry
from common.errors import Refusal, StaleRecord, StepRefused
from tests.assets import things
from tests.cast import NOW

BASE = {"tag": "L-001", "kind": "laptop", "make": "Lenovo", "model": "L13", "keeps_data": True}


def edit(cast, asset, version=None, **changes):
    details = AssetDetails(**{**BASE, **changes})
    version = asset.version if version is None else version
    return inventory.edit_asset(asset=asset, details=details, version=version, by=cast.tina, at=NOW)


def test_one_device_is_made_from_one_form_and_no_tag_twice(cast):
    submission = uuid4()
    values = {"school": cast.school, "submission": submission, "by": cast.tina, "at": NOW}
    first = inventory.add_asset(details=AssetDetails(**BASE, room_name="Room 1"), **values)
    again = inventory.add_asset(details=AssetDetails(**BASE, room_name="ROOM 1"), **values)
    assert (again.pk, Room.objects.get().name) == (first.pk, "Room 1")
    with pytest.raises(Refusal, match="Another device has the tag “l-001”"):
        things.add(cast, "l-001")
    with pytest.raises(IntegrityError, match="one_asset_per_tag"), transaction.atomic():
        Asset.objects.create(
            **{**BASE, "tag": "l-001"},
            school=cast.school,
            submission=uuid4(),
            added_by=cast.tina,
            added_at=NOW,
        )
    with pytest.raises(Refusal, match="Your role"):
        inventory.add_asset(
            details=AssetDetails(**BASE), **{**values, "by": cast.tom, "submission": uuid4()}
        )


def test_a_change_is_told_in_the_life_and_not_named_on_the_trail(cast):
    asset = things.add(cast, "L-001")
    changed = edit(cast, asset, holder=cast.tom, room_name="Room 2", model="L14")
    line = AssetEvent.objects.filter(asset=asset, step="edit_asset").get()
    assert line.text == (
        "Model: ThinkPad L13 → L14; Held by: nothing → Tom Teale; Room: nothing → Room 2"
    )
    entry = Entry.objects.filter(verb="edit_asset").get()
    assert entry.facts == {"fields": ["model", "holder", "room"]}
    with pytest.raises(StaleRecord):
        edit(cast, changed, version=asset.version, make="Other")
    with pytest.raises(Refusal, match=r"Nothing was changed\."):
        edit(cast, changed, holder=cast.tom, room_name="room 2", model="L14")


def test_a_holder_is_somebody_of_the_school(cast, other):
    with pytest.raises(Refusal, match="at the school now"):
        things.add(cast, "L-002", holder=other.oscar)


def test_disks_make_a_device_keep_data_until_they_are_out(cast):
    screen = things.add(cast, "D-001", "display")
    disk = things.medium(cast, screen, "S/N 1")
    screen = things.again(screen)
    assert screen.keeps_data is True
    with pytest.raises(Refusal, match="is listed here already"):
        things.medium(cast, screen, "s/n 1")
    with pytest.raises(Refusal, match="Disks are in this device"):
        edit(cast, screen, tag="D-001", keeps_data=False)
    inventory.remove_medium(medium=disk, reason="Into D-002.", by=cast.tina, at=NOW)
    with pytest.raises(Refusal, match="taken out before"):
        inventory.remove_medium(medium=disk, reason="Again.", by=cast.tina, at=NOW)
    assert edit(cast, things.again(screen), tag="D-001", keeps_data=False).keeps_data is False


def test_a_device_that_keeps_data_needs_both_checks_before_service(cast):
    asset = things.add(cast, "L-003")
    values = {"asset": asset, "version": asset.version, "by": cast.tina, "at": NOW}
    for encryption, antivirus, reason in (
        ("unknown", "Defender", "say whether it is encrypted"),
        ("yes", "", "protects it against viruses"),
    ):
        with pytest.raises(Refusal, match=reason):
            inventory.put_in_service(encryption=encryption, antivirus=antivirus, **values)
    done = inventory.put_in_service(encryption="yes", antivirus="Defender", **values)
    assert (done.state, done.encryption, done.antivirus) == ("in_service", "yes", "Defender")
    with pytest.raises(StepRefused, match="cannot be done now"):
        take_step(asset=done, step="find_asset", by=cast.tina, at=NOW)
    with pytest.raises(Refusal, match="Your role"):
        take_step(asset=done, step="make_redundant", by=cast.tom, at=NOW)
    gone = things.redundant(cast, done)
    for step in ("propose_disposal", "dispose_asset"):
        gone = take_step(asset=gone, step=step, by="tests", at=NOW)
    assert (gone.state, gone.disposed_at) == ("disposed", NOW)
    with pytest.raises(Refusal, match="disposed of"):
        inventory.add_medium(
            asset=gone, details=MediumDetails(kind="ssd", serial="1"), by=cast.tina, at=NOW
        )
    steps = list(AssetEvent.objects.filter(asset=gone).values_list("step", "before", "after"))
    assert steps == [
        ("dispose_asset", "disposing", "disposed"),
        ("propose_disposal", "redundant", "disposing"),
        ("make_redundant", "in_service", "redundant"),
        ("put_in_service", "registered", "in_service"),
        ("add_asset", "", "registered"),
    ]


def test_the_device_kept_for_investigations_is_not_given_up(cast):
    asset = things.in_service(cast, "L-004", reserved=True)
    with pytest.raises(Refusal, match="kept for investigations"):
        things.redundant(cast, asset)

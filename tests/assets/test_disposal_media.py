"""Storage media of a disposal: what counts as wiped or destroyed, and what does not (AST-05)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from assets.disposal_needs import DisposalFile
from assets.models import Sanitisation
from common.errors import Refusal
from people.actions.settings import change_setting
from tests.assets import things
from tests.assets import walk_disposal as walk
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("company", "today")


def missing(batch) -> list[str]:
    file = DisposalFile(walk.now(batch), on=walk.AFTER.date())
    return [one.label for one in file.missing()]


@pytest.fixture
def server(cast):
    """Give an approved disposal of a server with two disks, and the disks."""
    asset = things.server(cast, "SRV-1", "D1", "D2")
    things.redundant(cast, asset)
    batch = walk.approve(cast, walk.propose(cast, "srv-1"))
    return batch, *asset.media.order_by("pk")


def test_methods_that_do_not_work_are_refused_in_words(cast, server):
    batch, disk, _second = server
    for told, words in (
        ({"technique": "Degaussed"}, "A magnet does not destroy"),
        ({"technique": "Shredded"}, "only after a wipe of it failed"),
    ):
        with pytest.raises(Refusal, match=words):
            walk.destroy(cast, batch, disk, **told)
    for told, words in (
        ({"tool_version": ""}, "its version"),
        ({"verified_by": cast.tina}, "cannot be the one who looked"),
        ({"verified_by": None}, "who looked that nothing is left"),
        ({"verified_by": cast.pia}, "members of your own staff"),
        ({"done_by": None}, "Say who did it"),
        ({"done_by_name": "Bob"}, "Say who did it"),
        ({"done_at": NOW - timedelta(days=1)}, "in this disposal since"),
        ({"result": "failed"}, "Say why it failed"),
    ):
        with pytest.raises(Refusal, match=words):
            walk.wipe(cast, batch, disk, **told)
    assert Sanitisation.objects.count() == 0


def test_overwriting_flash_is_no_proof_and_a_magnet_does_nothing_to_it(cast):
    kinds = ("ssd", "nvme", "flash", "stick")
    disks = [walk.device(cast, f"LAP-{kind}", f"{kind} S1").media.get() for kind in kinds]
    batch = walk.approve(cast, walk.propose(cast, *(f"LAP-{kind}" for kind in kinds)))
    for disk in disks:
        with pytest.raises(Refusal, match="does not reach all"):
            walk.wipe(cast, batch, disk, method="clear", technique="One pass")
        with pytest.raises(Refusal, match="does nothing to flash"):
            walk.wipe(cast, batch, disk, technique="Magnetic field")

        walk.failed(cast, batch, disk, method="clear", technique="One pass")
        walk.destroy(cast, batch, disk)
        with pytest.raises(Refusal, match="dealt with already"):
            walk.destroy(cast, batch, disk)


def test_school_may_destroy_without_a_failed_wipe(cast, server):
    batch, disk, _second = server
    change_setting(
        school=cast.school, name="destroy_without_failure", value=True, by=cast.hana, at=NOW
    )

    assert walk.destroy(cast, batch, disk).method == "destroy"


def test_wipe_sent_twice_is_one_and_another_disposals_medium_is_refused(cast, server):
    batch, disk, _second = server
    sent = uuid4()
    for _ in range(2):
        walk.wipe(cast, batch, disk, submission=sent)
    assert Sanitisation.objects.count() == 1

    walk.device(cast, "LAP-1", "ssd S1")
    other = walk.approve(cast, walk.propose(cast, "LAP-1"))
    with pytest.raises(Refusal, match="not in the disposal"):
        walk.wipe(cast, other, disk)


def test_medium_noted_after_approval_needs_its_proof_too(cast, server):
    batch, first, second = server
    things.medium(cast, first.asset, "D3", "hdd")
    for disk in (first, second):
        walk.wipe(cast, batch, disk)

    assert "Hard disk D3: wiped or destroyed" in missing(batch)


def test_wipe_before_an_earlier_disposal_was_withdrawn_does_not_count_again(cast):
    batch = walk.make(cast, "approved")
    medium = batch.items.get().asset.media.get()
    walk.wipe(cast, batch, medium)
    walk.act("withdraw_disposal", cast, batch, reason="Wanted for parts.")

    again = walk.approve(cast, walk.propose(cast, "WALK-1", at=walk.LATER), at=walk.LATER)
    assert "Solid-state disk S-WALK-1: wiped or destroyed" in missing(again)


def test_company_wipes_after_collection_and_certifies_each_medium(cast, server):
    batch, first, second = server
    walk.wipe(cast, batch, first)
    walk.hand_over(cast, batch, 1)
    assert [label for label in missing(batch) if "D2" in label] == [
        "Hard disk D2: wiped or destroyed",
        "Certificate for Hard disk D2",
    ]
    with pytest.raises(Refusal, match="had left by then"):
        walk.wipe(cast, batch, second, done_at=walk.AFTER)
    walk.wipe(cast, batch, second, done_by=None, done_by_name="A. Chip", done_at=walk.AFTER)
    with pytest.raises(Refusal, match="Choose the storage medium"):
        walk.paper(cast, batch, "medium")
    walk.paper(cast, batch, "medium", media=[second])
    walk.paper(cast, batch, "server", servers=[first.asset])
    walk.papers(cast, batch, 1)

    assert walk.close(cast, batch).state == "disposed"


def test_unwiped_medium_leaves_to_be_destroyed_only_after_a_wipe_failed(cast):
    walk.device(cast, "LAP-1", "ssd S1")
    batch = walk.approve(cast, walk.propose(cast, "LAP-1", route="destroy"))
    medium = batch.items.get().asset.media.get()
    with pytest.raises(Refusal, match="S1: wiped or destroyed"):
        walk.hand_over(cast, batch, 1)
    walk.failed(cast, batch, medium)

    assert walk.hand_over(cast, batch, 1).state == "collected"

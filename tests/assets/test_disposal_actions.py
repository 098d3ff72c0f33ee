"""A disposal from the proposal to the last paper, and everything that stands against closing it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from assets.disposal_needs import DisposalFile
from assets.disposal_seal import seal_holds, seal_of
from assets.models import AssetEvent, DisposalBatch, DisposalPaper
from audit.queries import trail_of
from common.errors import Conflicted, Refusal, StaleRecord, StepRefused
from people.actions.settings import change_setting
from tests.assets import things
from tests.assets import walk_disposal as walk
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("company", "today")


def setting(cast, name, value):
    change_setting(school=cast.school, name=name, value=value, by=cast.hana, at=NOW)


def missing(batch, *, early=False) -> list[str]:
    file = DisposalFile(walk.now(batch), on=walk.AFTER.date())
    return [one.label for one in file.missing(early=early)]


@pytest.fixture
def server(cast):
    """Give an approved disposal of a server with two disks, and the disks."""
    asset = things.server(cast, "SRV-1", "D1", "D2")
    things.redundant(cast, asset)
    batch = walk.approve(cast, walk.propose(cast, "srv-1"))
    return batch, *asset.media.order_by("pk")


# The whole way ------------------------------------------------------------------------------------


def test_server_with_one_disk_wiped_and_one_destroyed_is_disposed_of_and_sealed(cast, server):
    batch, first, second = server
    walk.wipe(cast, batch, first)
    walk.failed(cast, batch, second)
    walk.destroy(cast, batch, second)
    walk.hand_over(cast, batch, 1)
    walk.papers(cast, batch, 1)
    assert missing(batch) == ["Secure deletion certificate"]
    with pytest.raises(Refusal, match="SRV-1: Secure deletion certificate"):
        walk.close(cast, batch)
    asset = first.asset
    walk.paper(cast, batch, "server", servers=[asset])
    done = walk.close(cast, batch)

    assert (done.state, things.again(asset).state) == ("disposed", "disposed")
    assert things.again(asset).disposed_at == walk.AFTER
    assert seal_holds(walk.now(batch))
    media = done.sealed["devices"][0]["media"]
    assert [[one["result"] for one in medium["done"]] for medium in media] == [
        ["Done and nothing is left"],
        ["Failed", "Done and nothing is left"],
    ]
    assert (done.sealed["approved_by"], done.sealed["witnessed_by"]) == (
        str(cast.hana),
        str(cast.tom),
    )
    assert [one["sha256"] for one in done.sealed["papers"]] == list(
        DisposalPaper.objects.order_by("pk").values_list("sha256", flat=True)
    )


def test_closed_disposal_can_be_changed_by_nobody_and_a_false_word_breaks_its_seal(cast):
    batch = walk.make(cast, "disposed")
    with pytest.raises(DatabaseError), transaction.atomic():
        DisposalBatch.objects.filter(pk=batch.pk).update(count_out=7)
    with pytest.raises(StepRefused):
        walk.act("withdraw_disposal", cast, batch, reason="Too late.")

    false = walk.now(batch)
    false.sealed["count_out"] = 2
    assert not seal_holds(false)
    assert seal_of(false.sealed) != false.seal

    # The life of the device and the trail tell it, without names.
    asset = batch.items.get().asset
    steps = list(AssetEvent.objects.filter(asset=asset).order_by("pk").values_list("step", "text"))
    assert steps[-2:] == [
        ("propose_disposal", f"Disposal {batch}"),
        ("dispose_asset", f"Disposal {batch}"),
    ]
    verbs = [entry.verb for entry in trail_of(batch)]
    assert sorted(set(verbs)) == [
        "add_disposal_paper",
        "approve_disposal",
        "collect_disposal",
        "edit_disposal",
        "finish_disposal",
        "prepare_disposal",
        "sanitise_medium",
        "submit_disposal",
    ]


# Preparing and deciding ---------------------------------------------------------------------------


def test_only_what_is_no_longer_wanted_is_put_in_and_only_once(cast):
    walk.device(cast, "LAP-1", "ssd S1")
    things.in_service(cast, "LAP-2")
    batch = walk.propose(cast, "lap-1", " LAP-1 ")
    assert [item.asset.tag for item in batch.items.all()] == ["LAP-1"]
    walk.put_in(cast, batch, "LAP-1")
    assert batch.items.count() == 1

    for tag, words in (("LAP-2", "LAP-2: .*In service"), ("LAP-9", "No device has the tag")):
        with pytest.raises(Refusal, match=words):
            walk.put_in(cast, batch, tag)
    with pytest.raises(Refusal, match=r"LAP-1: .*In a disposal"):
        walk.propose(cast, "LAP-1")


def test_form_sent_twice_prepares_one_disposal(cast):
    from assets.actions.disposal_preparing import DisposalDetails, prepare_disposal

    sent = uuid4()
    told = DisposalDetails(route="recycle", reason="Old.", company=walk.in_register(cast))
    for _ in range(2):
        prepare_disposal(school=cast.school, submission=sent, details=told, by=cast.tina, at=NOW)

    assert DisposalBatch.objects.count() == 1


def test_disposal_without_devices_or_with_unlisted_disks_is_not_submitted(cast):
    batch = walk.propose(cast)
    with pytest.raises(Refusal, match="at least one device"):
        walk.act("submit_disposal", cast, batch)
    walk.device(cast, "LAP-1")
    walk.put_in(cast, batch, "LAP-1")
    with pytest.raises(Refusal, match=r"LAP-1 keeps data\. List its disks"):
        walk.act("submit_disposal", cast, batch)


def test_decision_is_anothers_on_exactly_what_was_seen(cast):
    walk.device(cast, "LAP-1", "ssd S1")
    batch = walk.act("submit_disposal", cast, walk.propose(cast, "LAP-1"))
    DisposalBatch.objects.filter(pk=batch.pk).update(prepared_by=cast.hana)
    with pytest.raises(Conflicted, match="You prepared this"):
        walk.act("approve_disposal", cast, batch, by="hana")
    DisposalBatch.objects.filter(pk=batch.pk).update(prepared_by=cast.tina)
    with pytest.raises(StaleRecord):
        walk.act("approve_disposal", cast, batch, by="hana", version=batch.version - 1)
    with pytest.raises(Refusal, match="Say what has to be changed"):
        walk.act("return_disposal", cast, batch, by="hana", note=" ")

    back = walk.act("return_disposal", cast, batch, by="hana", note="Keep the laptop.")
    assert (back.state, back.decided_by) == ("proposed", None)


@pytest.mark.parametrize("state", ["refused", "withdrawn"])
def test_devices_of_an_ended_disposal_are_no_longer_wanted_as_before(cast, state):
    batch = walk.make(cast, state)

    item = batch.items.get()
    assert (item.asset.state, bool(item.removed_at)) == ("redundant", True)
    assert [one.asset for one in DisposalFile(batch, on=NOW.date()).devices] == [item.asset]
    assert walk.propose(cast, "WALK-1").items.count() == 1


def test_device_is_taken_out_again_while_it_is_prepared(cast):
    from assets.actions.disposal_preparing import take_out_device

    walk.device(cast, "LAP-1", "ssd S1")
    batch = walk.propose(cast, "LAP-1")
    for _ in range(2):
        take_out_device(item=batch.items.get(), by=cast.tina, at=NOW)

    assert missing(batch, early=True) == ["Devices are in it"]
    assert things.again(batch.items.get().asset).state == "redundant"


# Companies ----------------------------------------------------------------------------------------


def test_company_that_is_not_in_force_cannot_be_chosen_or_collect(cast):
    waits = walk.company(cast, "Not Yet Ltd")
    with pytest.raises(Refusal, match="has not been approved yet"):
        walk.propose(cast, company=waits)
    with pytest.raises(Refusal, match="Choose a company"):
        walk.propose(cast, company=None, recipient="A man with a van")

    short = walk.approved_company(cast, "Short Ltd", licence_until=NOW.date() + timedelta(days=1))
    walk.device(cast, "LAP-1", "ssd S1")
    batch = walk.approve(cast, walk.propose(cast, "LAP-1", company=short))
    late = NOW + timedelta(days=2)
    with pytest.raises(Refusal, match="licence of “Short Ltd” ran out on Wed 16 Sep 2026"):
        walk.hand_over(cast, batch, 1, collected_at=late, at=late)


def test_school_may_let_others_than_registered_companies_take_things(cast):
    setting(cast, "company_required", value=False)
    walk.device(cast, "PAN-1", kind="display")
    batch = walk.approve(cast, walk.propose(cast, "PAN-1", company=None, recipient="The council"))

    assert walk.hand_over(cast, batch, 1).state == "collected"


@pytest.mark.parametrize("route", ["donation", "return", "resale"])
def test_what_is_given_sold_or_returned_is_wiped_by_the_school_first(cast, route):
    walk.device(cast, "LAP-1", "ssd S1")
    batch = walk.approve(cast, walk.propose(cast, "LAP-1", route=route))
    with pytest.raises(Refusal, match="Solid-state disk S1: wiped or destroyed"):
        walk.hand_over(cast, batch, 1)
    walk.wipe(cast, batch, batch.items.get().asset.media.get())
    walk.hand_over(cast, batch, 1)
    walk.paper(cast, batch, "receipt", devices=1, accepts_duty=route == "resale")

    assert walk.close(cast, batch).state == "disposed"


# Handing over and papers --------------------------------------------------------------------------


def test_hand_over_is_counted_by_two_people(cast):
    batch = walk.make(cast, "approved")
    walk.wipe(cast, batch, batch.items.get().asset.media.get())
    for told, words in (
        ({"count": 2}, "You counted 2 and the disposal holds 1"),
        ({"count": 1, "witness": cast.tina}, "A second person"),
        ({"count": 1, "witness": cast.pia}, "member of your staff"),
        ({"count": 1, "at": NOW}, "after now"),
        ({"count": 1, "collected_at": NOW - timedelta(days=1)}, "before it is approved"),
    ):
        with pytest.raises(Refusal, match=words):
            walk.hand_over(cast, batch, **told)

    handed = walk.hand_over(cast, batch, 1)
    assert (handed.count_out, handed.papers_due_date) == (
        1,
        walk.FETCHED.date() + timedelta(days=10),
    )


def test_hazardous_waste_leaves_only_with_its_consignment_note(cast):
    walk.device(cast, "PAN-1", kind="display", hazardous=True)
    batch = walk.approve(cast, walk.propose(cast, "PAN-1"))
    with pytest.raises(Refusal, match="consignment note for 1 device"):
        walk.hand_over(cast, batch, 1)
    walk.paper(cast, batch, "hazardous", devices=1, dated=NOW.date(), at=walk.LATER)

    assert walk.hand_over(cast, batch, 1).state == "collected"


def test_counts_that_do_not_agree_keep_it_open_until_a_right_paper_replaces_the_wrong(cast):
    batch = walk.make(cast, "collected")
    for kind in ("transfer", "weee"):
        walk.paper(cast, batch, kind, devices=1)
    (wrong,) = walk.paper(cast, batch, "receipt", devices=2, accepts_duty=True)
    with pytest.raises(Refusal, match="for 1 device: what is here speaks of 2"):
        walk.close(cast, batch)
    walk.paper(cast, batch, "receipt", devices=1, replaces=[wrong], words="right")
    with pytest.raises(Refusal, match="accepts the duty"):
        walk.close(cast, batch)
    right = DisposalPaper.objects.get(kind="receipt", replaced_by=None)
    told = {"devices": 1, "replaces": [right], "accepts_duty": True, "submission": uuid4()}
    made = [walk.paper(cast, batch, "receipt", **told, words="duty") for _ in range(2)]
    assert made[0] == made[1]
    elsewhere = walk.make(cast, "collected", "WALK-2")
    with pytest.raises(Refusal, match="This form was used already"):
        walk.paper(cast, elsewhere, "receipt", **told)

    assert DisposalPaper.objects.filter(kind="receipt").count() == 3
    assert walk.close(cast, batch).state == "disposed"


def test_paper_before_its_time_or_without_its_count_is_refused(cast):
    batch = walk.make(cast, "approved")
    with pytest.raises(Refusal, match="after the devices were handed over"):
        walk.paper(cast, batch, "receipt", devices=1)
    walk.wipe(cast, batch, batch.items.get().asset.media.get())
    walk.hand_over(cast, batch, 1)
    for told, words in (
        ({}, "for how many devices"),
        ({"devices": 1, "dated": NOW.date() - timedelta(days=1)}, "older than the day"),
        ({"devices": 1, "at": NOW, "dated": walk.AFTER.date()}, "a day to come"),
    ):
        with pytest.raises(Refusal, match=words):
            walk.paper(cast, batch, "receipt", **told)


def test_file_that_is_not_as_it_was_taken_in_keeps_it_open(cast):
    batch = walk.make(cast, "collected")
    walk.papers(cast, batch, 1)
    paper = DisposalPaper.objects.first()
    paper.file.storage.delete(paper.file.name)

    with pytest.raises(Refusal, match="is not in the store as it was taken in"):
        walk.close(cast, batch)

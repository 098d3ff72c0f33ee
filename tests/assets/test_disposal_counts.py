"""No order of deeds closes a disposal whose counts differ or a medium of which has no proof."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from assets.models import DisposalBatch, DisposalPaper, Medium, Sanitisation
from common.errors import Refusal
from tests.assets import walk_disposal as walk

pytestmark = pytest.mark.usefixtures("company", "today")


def tried(deed: Callable[[], Any]) -> bool:
    """Return whether a deed was done; what it wrote before it was refused is undone."""
    try:
        with transaction.atomic():
            deed()
    except Refusal:
        return False
    return True


def right_deeds(cast, batch, first, second) -> dict[str, Callable[[], Any]]:
    """Return what together makes a disposal of two devices complete."""
    return {
        "wipe": lambda: walk.wipe(cast, batch, first),
        "hand over": lambda: walk.hand_over(cast, batch, 2),
        "company": lambda: walk.wipe(
            cast, batch, second, done_by=None, done_by_name="A. Chip", done_at=walk.AFTER
        ),
        "certificate": lambda: walk.paper(cast, batch, "medium", media=[second]),
        "transfer": lambda: walk.paper(cast, batch, "transfer", devices=2),
        "weee": lambda: walk.paper(cast, batch, "weee", devices=2),
        "receipt": lambda: walk.paper(cast, batch, "receipt", devices=2, accepts_duty=True),
    }


def wrong_deeds(cast, batch, first, second) -> list[Callable[[], Any]]:
    """Return what people get wrong."""
    return [
        lambda: walk.hand_over(cast, batch, 1),
        lambda: walk.hand_over(cast, batch, 3),
        lambda: walk.failed(cast, batch, first),
        lambda: walk.failed(cast, batch, second, done_by=None, done_by_name="A. Chip"),
        lambda: walk.destroy(cast, batch, first, technique="Degaussed"),
        lambda: walk.paper(cast, batch, "receipt", devices=1, accepts_duty=True, words="one"),
        lambda: walk.paper(cast, batch, "receipt", devices=2, words="no duty"),
        lambda: walk.paper(cast, batch, "medium", media=[first], words="other"),
    ]


def mend(cast, batch, second) -> None:
    """Put right what is wrong: one receipt in the place of all, the disk destroyed if need be."""
    told = {"done_by": None, "done_by_name": "A. Chip", "done_at": walk.AFTER, "place": "There"}
    tried(lambda: walk.wipe(cast, batch, second, **told))
    old = DisposalPaper.objects.filter(batch=batch, kind="receipt", replaced_by=None)
    right = {"devices": 2, "accepts_duty": True, "replaces": list(old), "words": "mended"}
    tried(lambda: walk.paper(cast, batch, "receipt", **right))


def faults(batch: DisposalBatch) -> list[str]:
    """Return what is wrong with a closed disposal, counted plainly without the table of needs."""
    live = DisposalPaper.objects.filter(batch=batch, replaced_by=None)
    devices = batch.items.filter(removed_at=None).count()
    found = [] if batch.count_out == devices else ["count out"]
    found += [
        kind
        for kind in ("receipt", "transfer", "weee")
        if sum(paper.devices for paper in live if paper.kind == kind) != devices
    ]
    if not all(paper.accepts_duty for paper in live if paper.kind == "receipt"):
        found.append("duty")
    for medium in Medium.objects.filter(asset__disposals__batch=batch):
        done = Sanitisation.objects.filter(batch=batch, medium=medium, result="done").first()
        if done is None:
            found.append(f"no proof of {medium}")
        elif done.done_by is None and not live.filter(medium=medium).exists():
            found.append(f"no certificate of {medium}")
    return found


@pytest.fixture
def batch(cast) -> tuple:
    """Give an approved disposal of two laptops, and their disks."""
    tags = ("LAP-1", "LAP-2")
    disks = [walk.device(cast, tag, f"ssd {tag}-S").media.get() for tag in tags]
    return walk.approve(cast, walk.propose(cast, *tags)), *disks


def test_disposal_with_any_one_thing_left_out_cannot_be_closed(cast, batch):
    deeds = right_deeds(cast, *batch)
    closed = {}
    for left_out in [*deeds, ""]:
        sid = transaction.savepoint()
        for name, deed in deeds.items():
            if name != left_out:
                tried(deed)
        closed[left_out] = tried(lambda: walk.close(cast, batch[0]))
        transaction.savepoint_rollback(sid)

    assert closed == {**dict.fromkeys(deeds, False), "": True}


def test_no_order_of_deeds_closes_what_does_not_agree(cast, batch):
    ends = set()
    for seed in range(4):
        dice = random.Random(seed)  # noqa: S311  nothing secret
        sid = transaction.savepoint()
        deeds = [*right_deeds(cast, *batch).values(), *wrong_deeds(cast, *batch)]
        dice.shuffle(deeds)
        for deed in deeds:
            tried(deed)
            if dice.random() < 0.5:
                tried(lambda: walk.close(cast, batch[0]))
        if dice.random() < 0.7:
            mend(cast, batch[0], batch[2])
        tried(lambda: walk.close(cast, batch[0]))
        now = walk.now(batch[0])
        ends.add(now.state)
        assert now.state != "disposed" or faults(now) == [], seed
        transaction.savepoint_rollback(sid)

    assert ends == {"collected", "disposed"}

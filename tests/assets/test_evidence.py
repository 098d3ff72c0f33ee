"""Devices kept as evidence: out of use until the case lets them go (AST-22, INC-24)."""

import pytest

from assets.actions import evidence
from assets.actions.inventory import make_redundant
from assets.models import AssetEvent, Loss, Quarantine, Upkeep
from audit.models import Entry
from common.errors import Refusal, StepRefused
from tests.assets import things
from tests.assets import walk_lifecycle as walk
from tests.assets.walk_lifecycle import TODAY
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("today")


def text(response) -> str:
    return " ".join(response.content.decode().split())


def get(cast, who, path):
    return cast.client(who).get(cast.url(f"equipment/{path}"))


def post(cast, who, path, **data):
    return cast.client(who).post(cast.url(f"equipment/{path}"), data)


def test_evidence_is_neither_lent_nor_given_up_until_the_case_lets_it_go(cast):
    walk.let_borrow(cast, cast.tom)
    loan = walk.lent(cast, "L-1")
    walk.kept(cast, loan.asset)
    asset = things.again(loan.asset)
    assert asset.state == "quarantined"
    assert walk.again(loan).returned_at is None
    with pytest.raises(StepRefused):
        walk.back(cast, loan)
    with pytest.raises(StepRefused):
        walk.lent(cast, "", asset=asset)
    with pytest.raises(StepRefused):
        make_redundant(asset=asset, reason="Old", version=asset.version, by=cast.tina, at=NOW)
    with pytest.raises(Refusal, match="Your role"):
        evidence.release_asset(asset=asset, why="x", by=cast.tina, at=NOW)
    deed = {"asset": asset, "by": cast.dora, "at": NOW}
    with pytest.raises(Refusal, match="number the police gave"):
        evidence.hand_quarantined_to_police(reference="", **deed)
    evidence.hand_quarantined_to_police(reference="CR/1", **deed)
    with pytest.raises(Refusal, match="have it already"):
        evidence.hand_quarantined_to_police(reference="CR/1", **deed)
    evidence.release_asset(why="Case closed.", after="redundant", **deed)
    asset, loan = things.again(asset), walk.again(loan)
    assert (asset.state, asset.holder) == ("redundant", None)
    assert loan.note_back == "It was kept as evidence."
    assert Quarantine.objects.get().released_by == cast.dora
    lines = AssetEvent.objects.filter(asset=asset, incident_reference="2026-0001")
    assert set(lines.values_list("text", flat=True)) == {""}
    assert "2026-0001" not in str(list(Entry.objects.values_list("facts", flat=True)))
    with pytest.raises(StepRefused, match="not kept as evidence"):
        evidence.release_asset(why="x", **deed)


def test_the_register_leads_to_the_case(cast):
    asset = things.in_service(cast, "L-1")
    page = f"{asset.pk}/evidence/"
    assert get(cast, "tina", page).status_code == 403
    assert "Type the number" in text(post(cast, "dora", page, reference="what"))
    answer = post(cast, "dora", page, reference="2026-0042")
    assert answer.headers["Location"].endswith("?tag=L-1")
    assert "2026-0042" in answer.headers["Location"]
    walk.away(cast, things.again(asset))
    walk.kept(cast, asset)
    evidence.release_asset(asset=asset, why="Done.", by=cast.dora, at=NOW)
    assert Upkeep.objects.get().finished_date == TODAY
    walk.lost(cast, things.again(asset))
    walk.kept(cast, asset)
    assert Loss.objects.get().found_note == "It was kept as evidence."

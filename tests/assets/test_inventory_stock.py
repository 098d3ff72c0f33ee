"""A stock-take: room by room, found, moved, missing, closed (AST-01)."""

import pytest

from assets.actions import stock
from assets.models import Asset, Room, StockTake
from assets.queries.stock import counts_of, open_take
from common.errors import Refusal, StaleRecord
from tests.assets import things
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("today")


def test_rooms_are_walked_with_a_scanner_and_the_counts_are_frozen(cast):
    for tag, room in (("L-1", "Hall"), ("L-2", "Hall"), ("L-3", "Office"), ("L-4", "Office")):
        things.in_service(cast, tag, room_name=room)
    things.add(cast, "L-5")
    hall = Room.objects.get(name="Hall")
    client = cast.client("tina")
    client.post(cast.url("equipment/stock-takes/new/"), {"name": "Autumn"})
    take = StockTake.objects.get()
    with pytest.raises(Refusal, match="open already"):
        stock.open_stock_take(school=cast.school, name="Two", by=cast.tina, at=NOW)
    assert counts_of(take)["unseen"] == 5
    page = cast.url(f"equipment/stock-takes/{take.pk}/rooms/{hall.pk}/")
    for tag, words in (
        ("l-1", "L-1: found."),
        (f"https://x.example{cast.url('equipment/scan/L-3/')}", "The register said another room"),
        ("L-99", "No device has the tag “L-99”"),
    ):
        assert words in client.post(page, {"tag": tag}, follow=True).content.decode()
    l_4 = Asset.objects.get(tag="L-4")
    client.post(page, {"missing": l_4.pk})
    shown = client.post(page, {"rest": "1"}, follow=True)
    assert [(one.tag, one.mark.mark) for one in shown.context["rows"]] == [
        ("L-1", "found"),
        ("L-2", "missing"),
        ("L-3", "moved"),
    ]
    scan = cast.url("equipment/scan/l-2/")
    assert client.get(scan).context["form"].initial["room"] == hall.pk
    client.post(scan, {"room": hall.pk})
    detail = client.get(cast.url(f"equipment/stock-takes/{take.pk}/"))
    assert [(r["name"], r["total"], r["seen"]) for r in detail.context["rooms"]] == [
        ("Hall", 3, 3),
        ("Office", 1, 1),
        (None, 1, 0),
    ]
    close = cast.url(f"equipment/stock-takes/{take.pk}/close/")
    assert client.post(close, {"version": take.version}).status_code == 302
    take.refresh_from_db()
    assert take.counts == {"expected": 5, "found": 2, "moved": 1, "missing": 1, "unseen": 1}
    assert "Report as lost or stolen" in client.get(close[:-6]).content.decode()
    with pytest.raises(Refusal, match="is closed"):
        stock.mark_found(take=take, asset=l_4, room=hall, by=cast.tina, at=NOW)
    things.add(cast, "L-6")
    assert counts_of(take)["expected"] == 5
    assert client.get(scan).status_code == 302


def test_a_stock_take_closes_once_and_only_for_whoever_takes_stock(cast):
    take = stock.open_stock_take(school=cast.school, name="Autumn", by=cast.tina, at=NOW)
    with pytest.raises(Refusal, match="Your role"):
        stock.mark_found(take=take, asset=things.add(cast, "L-1"), room=None, by=cast.hana, at=NOW)
    with pytest.raises(Refusal, match="Nothing was looked at"):
        stock.close_stock_take(take=take, version=1, by=cast.tina, at=NOW)
    asset = Asset.objects.get()
    marked = stock.mark_found(take=take, asset=asset, room=None, by=cast.tina, at=NOW)
    again = stock.mark_found(take=take, asset=asset, room=None, by=cast.tina, at=NOW)
    assert (marked.pk, again.mark) == (again.pk, "found")
    with pytest.raises(StaleRecord):
        stock.close_stock_take(take=take, version=9, by=cast.tina, at=NOW)
    stock.close_stock_take(take=take, version=1, by=cast.tina, at=NOW)
    assert open_take(cast.school) is None

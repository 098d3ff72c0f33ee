"""What of the register falls due, and what a report says of it (AST-01, AST-02, AST-17)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from assets.actions import software as programs
from assets.actions import stock
from assets.duties import inventory as duties
from assets.models import Asset
from assets.queries.inventory_figures import stock_taken
from assets.sections.inventory import sections
from common.sections import Period
from tests.assets import things
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("today")
TODAY = NOW.date()


def program(cast, title, **details):
    given = programs.SoftwareDetails(title, details.pop("kind", "site"), **details)
    return programs.add_software(
        school=cast.school, submission=uuid4(), details=given, by=cast.tina, at=NOW
    )


@pytest.fixture
def stocked(cast):
    """Make devices and programs of which something runs out, and a closed stock-take."""
    things.in_service(cast, "L-1", support_until=TODAY + timedelta(days=30), holder=cast.tom)
    things.in_service(cast, "L-2", support_until=TODAY - timedelta(days=2))
    things.add(cast, "L-3", warranty_until=TODAY, review_date=TODAY)
    things.in_service(cast, "D-1", "display", support_until=TODAY + timedelta(days=30))
    program(cast, "Soon", expires_date=TODAY + timedelta(days=50))
    near = program(cast, "Near", kind="seats", seats=0, expires_date=TODAY + timedelta(days=30))
    programs.add_installations(software=near, tags=["L-1"], by=cast.tina, at=NOW)
    program(cast, "Over", expires_date=TODAY)
    take = stock.open_stock_take(school=cast.school, name="Autumn", by=cast.tina, at=NOW)
    stock.mark_missing(take=take, asset=Asset.objects.get(tag="L-1"), by=cast.tina, at=NOW)
    return take


def test_whoever_keeps_the_register_is_reminded_of_what_ends(cast, stocked):
    found = list(duties.reminders_due(cast.school, on=TODAY))
    assert {due.person_id for due in found} == {cast.tina.pk}
    assert sorted((due.duty, due.period.partition(":")[2]) for due in found) == [
        ("equipment_review_due", "ended"),
        ("licence_ends", f"{TODAY}:ended"),
        ("licence_ends", f"{TODAY + timedelta(days=30)}:near"),
        ("licence_ends", f"{TODAY + timedelta(days=50)}:soon"),
        ("support_ends", "ended"),
        ("support_ends", "soon"),
        ("warranty_ends", "ended"),
    ]
    assert all(due.duty in duties.REMINDERS for due in found)
    page = cast.client("tina").get(cast.url("")).content.decode()
    for words in (
        "1 device without security updates",
        "2 devices soon without security updates",
        "1 device to review",
        "3 licences at or near the end",
        "1 program used more than bought",
        "Stock-take Autumn",
    ):
        assert words in page, words
    head = cast.client("hana").get(cast.url("")).content.decode()
    assert "not known to be encrypted" in head


def test_a_closed_stock_take_is_what_shows_that_it_was_done(cast, stocked):
    span = (cast.school, date(2026, 9, 1), date(2027, 8, 31))
    assert stock_taken(*span) is None
    stock.close_stock_take(take=stocked, version=1, by=cast.tina, at=NOW)
    assert stock_taken(*span) == NOW


def test_the_figures_of_a_report_are_exact(cast, stocked, django_assert_num_queries):
    stock.close_stock_take(take=stocked, version=1, by=cast.tina, at=NOW)
    later = NOW + timedelta(days=40)
    Asset.objects.filter(tag="D-1").update(state="disposed", disposed_at=later)
    with django_assert_num_queries(3):
        (section,) = sections(cast.school, Period(TODAY, TODAY, "A day"))
    figures = {
        f"{table.code}.{row.key}": row.value
        for table in section.tables
        for row in table.rows
        if row.value
    }
    assert figures == {
        "kinds.laptop": 3,
        "kinds.display": 1,
        "kinds.total": 4,
        "encryption.yes": 2,
        "encryption.unknown": 1,
        "encryption.total": 3,
        "encrypted_share.encrypted": 67,
        "support.supported": 2,
        "support.ended": 1,
        "support.unsaid": 1,
        "support.total": 4,
        "stock.missing": 1,
        "stock.unseen": 3,
        "stock.total": 4,
        "software.listed": 3,
        "software.over": 1,
    }
    (section,) = sections(cast.school, Period(later.date(), later.date(), "Later"))
    assert section.tables[0].rows[-1].value == 3

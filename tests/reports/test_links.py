"""Every figure that links somewhere leads to a list of exactly so many rows, for who may see it."""

from datetime import date

import pytest

from common.sections import Period, Row
from people.models import School
from reminders.actions import open_occurrences
from reports.figures import compose
from reports.gathering import gather
from reports.showing.tables import shown_sections
from roles.queries import powers_of
from tests.cast import NOW, Cast
from tests.reports.records import Scatter
from tests.samples import LISTS

TERM = Period(date(2026, 9, 2), date(2026, 12, 18), "Autumn 2026/27")
FILLED = (
    *("change_list", "failure_list", "check_list", "review_list", "alert_list"),
    *("asset_list", "stock_take_list", "software_list"),
    *("upkeep_list", "loss_list", "disposal_list", "own_device_list", "exemption_list"),
    *("recording_list", "confiscation_list", "search_record_list", "obligation_list"),
)
READERS = ("dora", "hana", "tina", "olga", "cara")


@pytest.fixture
def busy(cast, ladder, today) -> Cast:
    """Give a school where something of every kind has happened."""
    Scatter(cast, [ladder], seed=11).write(30)
    for place, page in enumerate(FILLED, 1):
        for number in range(2):
            LISTS[page].grow(cast, 10 * place + number)
    open_occurrences(school=School.objects.get(pk=cast.school.pk), at=NOW)
    return cast


def followed(cast: Cast, row: Row) -> int | str:
    for name in READERS:
        if row.power in powers_of(getattr(cast, name), on=NOW.date()):
            response = cast.client(name).get(row.url)
            if response.status_code != 200:
                return f"status {response.status_code}"
            page = response.context.get("page")
            return page.paginator.count if page is not None else "no list"
    return "nobody"


def test_every_figure_leads_to_as_many_rows_as_it_says(busy):
    told = gather(busy.school, TERM)
    rows = {
        (section.code, table.code, row.key): row
        for section in told
        for table in section.tables
        for row in table.rows
        if row.url and table.unit == "count"
    }
    found = {key: followed(busy, row) for key, row in rows.items()}

    wrong = {key: (row.value, found[key]) for key, row in rows.items() if row.value != found[key]}
    assert not wrong, "\n".join(f"{key}: {both}, {rows[key].url}" for key, both in wrong.items())
    governors = shown_sections(compose([(TERM, told)], 5), exact=False)
    tables = [table for section in governors for table in section.tables]
    assert [row for table in tables for row in table.rows if row.url] == []

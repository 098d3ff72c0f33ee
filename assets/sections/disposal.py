"""The figures of disposals in a report: what left, how its media were dealt with, what is missing.

No figure is about a person.
"""

from collections.abc import Mapping

from assets.queries.disposal_figures import (
    disposed_by_route,
    media_by_method,
    papers_late_at_end,
)
from assets.vocabulary import Method, Route
from common.pages import page_url
from common.sections import Period, Row, Section, Table
from people.models import School

SEES = "view_disposals"
LEAD = (
    "A disposal counts on the day it was closed: approved by a second person, every storage medium "
    "wiped or destroyed, every paper here. What is not closed is not counted as disposed of."
)


def sections(school: School, period: Period) -> list[Section]:
    """Return what was disposed of in a span of days, with exact figures. Three queries."""
    batches, devices = disposed_by_route(school, period)
    where = page_url(school, "disposal_list")
    url = f"{where}?closed_since={period.start}&closed_until={period.end}"
    tables = (
        _by("disposals", "How many disposals were closed, by route", Route, batches, url),
        _by("devices", "How many devices were disposed of, by route", Route, devices),
        _by(
            "media",
            "How storage media were dealt with",
            Method,
            media_by_method(school, period),
        ),
        Table(
            "papers",
            "How many disposals waited for late papers at the end of the period",
            "Count",
            (
                Row(
                    "late",
                    "Papers late",
                    papers_late_at_end(school, period),
                    url=f"{where}?open=late",
                    power=SEES,
                ),
            ),
            people=False,
        ),
    )
    return [Section("disposals", "Equipment disposed of", 56, LEAD, tables)]


def _by(
    code: str,
    title: str,
    kinds: type[Route] | type[Method],
    counts: Mapping[str, int],
    url: str = "",
) -> Table:
    """Return a table whose rows are parts of one whole; disposals lead to the list of them."""
    rows = [
        Row(
            one.value,
            str(one.label).partition(":")[0],
            counts.get(one.value, 0),
            url=url and f"{url}&route={one}",
            power=SEES,
        )
        for one in kinds
    ]
    total = Row("total", "All together", sum(counts.values()), url=url, power=SEES)
    return Table(code, title, "Kind", (*rows, total), adds_up=True, people=False)

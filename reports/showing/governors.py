"""What governors see at a glance: this term beside others, never a name (REP-17).

Figures about people end with the last week that is over and are marked as in a report, also
against reports that were issued, so that a small number cannot be worked out from both.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from agreements.sections import coverage_of
from common.charts import bar_chart
from common.dates import uk_date
from common.sections import Period, Section
from filtering.models import LogEntry
from people.models import School
from people.queries import threshold_of
from reminders.sections import sections as duty_sections
from reports.figures import Figures, compose
from reports.periods import terms_of
from reports.queries.dashboards import (
    alerts_by_verdict,
    filter_tables,
    incidents_by_category,
    latest_log,
)
from reports.queries.reports import issued_figures
from reports.showing.review_pack import log_rows_in, so_far
from reports.showing.tables import (
    Chart,
    ShownRow,
    ShownSection,
    ShownTable,
    cell_words,
    shown_sections,
)

TERMS = 6
BESIDE = 3  # the term, the one before it, and the same term last year
WITHOUT_TERMS = timedelta(weeks=12)


@dataclass(frozen=True)
class GovernorFigures:
    """Everything the governors' dashboard shows, with nothing in it that is withheld."""

    period: Period
    threshold: int
    sections: list[ShownSection]
    trend: ShownTable | None
    log_rows: int
    log: list[LogEntry]


def governor_figures(school: School, *, at: datetime) -> GovernorFigures:
    """Return the figures of the term so far beside other terms. Twelve queries at most."""
    day = localdate(at)
    periods = _periods(school, day)
    columns = [period for _, period in periods]
    now, labels = columns[0], [whole.label for whole, _ in periods]
    places = [
        place for place, label in enumerate(labels) if place < 2 or _name(label) == _name(labels[0])
    ][:BESIDE]
    tables = incidents_by_category(school, columns)
    told = [[Section("incidents", "Online-safety incidents", 10, "", (one,))] for one in tables]
    told[0] += _other_sections(school, now, at)
    figures = compose(
        list(zip(columns, told, strict=True)),
        threshold_of(school),
        issued_figures(school, since=columns[-1].start),
    )
    incidents = figures["sections"][0]
    return GovernorFigures(
        period=now,
        threshold=figures["threshold"],
        sections=[
            *shown_sections(_columns(figures, figures["sections"][:1], places), exact=False),
            *shown_sections(_columns(figures, figures["sections"][1:], [0]), exact=False),
        ],
        trend=_trend(figures, incidents["tables"][0]),
        log_rows=log_rows_in(school, now),
        log=latest_log(school),
    )


def _periods(school: School, day: date) -> list[tuple[Period, Period]]:
    """Return the last terms, newest first, whole and as far as they are shown on a day.

    A school without terms has spans of twelve weeks.
    """
    whole = [term for term in terms_of(school) if term.start <= day]
    if not whole:
        sunday = day - timedelta(days=day.isoweekday())
        whole = [_weeks(sunday), _weeks(sunday - WITHOUT_TERMS)]
    shown = [(one, so_far(one, day)) for one in whole]
    found = [(one, period) for one, period in shown if period]
    return found[:TERMS] or [(_weeks(day), _weeks(day))]


def _name(label: str) -> str:
    """Return the name of a term without its school year."""
    return label.rpartition(" ")[0].casefold()


def _weeks(last: date) -> Period:
    first = last - WITHOUT_TERMS + timedelta(days=1)
    return Period(first, last, f"Twelve weeks to {uk_date(last)}")


def _other_sections(school: School, period: Period, at: datetime) -> list[Section]:
    outcome = [
        table
        for section in duty_sections(school, period)
        for table in section.tables
        if table.code == "outcome"
    ]
    return [
        Section("filtering", "Filtering", 20, "", filter_tables(school, period, at=at)),
        Section("monitoring", "Monitoring", 21, "", (alerts_by_verdict(school, period),)),
        Section("agreements", "Agreements people sign", 40, "", (coverage_of(school, period),)),
        Section("duties", "Duties that come round", 60, "", tuple(outcome)),
    ]


def _columns(figures: Figures, sections: list[dict[str, Any]], places: list[int]) -> Figures:
    """Return some sections of composed figures with some of their periods."""

    def pick(values: list[Any]) -> list[Any]:
        return [values[place] for place in places]

    def row(one: dict[str, Any]) -> dict[str, Any]:
        return one | {name: pick(one[name]) for name in ("values", "bases", "marks")}

    return figures | {
        "periods": pick(figures["periods"]),
        "sections": [
            section
            | {
                "tables": [
                    table | {"rows": [row(one) for one in table["rows"]]}
                    for table in section["tables"]
                ]
            }
            for section in sections
        ],
    }


def _trend(figures: Figures, table: dict[str, Any]) -> ShownTable | None:
    """Return all incidents of each term, oldest first; a term that is withheld has no bar."""
    total = next(one for one in table["rows"] if one["key"] == "total")
    places = list(reversed(range(len(figures["periods"]))))
    if len(places) < 2:
        return None
    labels = [figures["periods"][place]["label"] for place in places]
    words = [cell_words(figures, "count", total, place, exact=False) for place in places]
    lengths = [0 if total["marks"][place] else total["values"][place] for place in places]
    title = "How many incidents were reported, term by term"
    drawing = bar_chart("trend", title, "Term", zip(labels, lengths, strict=True))
    return ShownTable(
        key="trend",
        title=title,
        heading="Term",
        unit="count",
        note="",
        columns=["Incidents"],
        rows=[
            ShownRow(label, "", [text], total=False)
            for label, text in zip(labels, words, strict=True)
        ],
        chart=Chart(drawing, list(zip(drawing.bars, words, strict=True))),
    )

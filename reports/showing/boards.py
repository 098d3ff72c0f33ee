"""The dashboards of those who work at the school: figures that lead to the list behind them.

A figure is the one its app gives for the home page, or a table of the report counted for the term
so far: nothing is counted in a second way (REP-12, REP-14).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from agreements.queries.lists import questions_in, waiting_for_countersignature
from agreements.queries.papers import papers_to_compare
from agreements.sections import coverage_of
from assets.duties.board import board_figures
from common.asking import ask_everything
from common.discovery import discover
from common.duties import Figure
from common.pages import page_url
from common.requests import SchoolRequest
from common.sections import Period, Section, Table
from people.models import School
from people.queries import threshold_of
from reminders.queries import open_for
from reports.figures import compose
from reports.periods import period_between, term_to_report
from reports.queries.dashboards import (
    alerts_by_verdict,
    filter_tables,
    incidents_by_category,
    oversight_figures,
    requests_by_month,
    vacancy_figures,
)
from reports.queries.reports import SEES_EXACT
from reports.showing.tables import ShownTable, shown_sections

Figures = Callable[..., list[Figure]]
WITHOUT_TERM = timedelta(weeks=12)
SEES_NAMES = {"agreements": "view_coverage"}  # what shows the people behind a section's tables


def _of_app(label: str) -> Figures:
    """Return the figures an app gives for the home page, as far as the person may see them."""

    def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
        module = dict(discover("duties"))[label]
        found: list[Figure] = module.figures(request, at=at)
        return found

    return figures


def _own_duties(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return how many recurring duties of the person's roles are open, and how many late."""
    if not request.may("view_own_duties"):
        return []
    rows, day = open_for(request.school, request.role_codes), localdate(at)
    dates = [row.due_date for row in rows]
    late = sum(due < day for due in dates)
    url = page_url(request.school, "duty_list")
    note = f"{late} overdue" if late else ""
    return [Figure(len(dates), "open duties of yours", url, note, "open duty of yours")]


def _papers(request: SchoolRequest, *, at: datetime) -> list[Figure]:  # noqa: ARG001
    """Return what of agreements waits for somebody in the office. A query each."""
    school, found = request.school, []
    if request.may("countersign_agreement"):
        count = waiting_for_countersignature(school).exclude(signer=request.person).count()
        found.append((count, "agreement{} to countersign", "countersign_list"))
    if request.may("answer_question"):
        count = questions_in(school).filter(answered_at=None).count()
        found.append((count, "question{} about agreements", "question_list"))
    if request.may("check_paper"):
        count = papers_to_compare(school, by=request.person)
        found.append((count, "signed sheet{} to compare", "paper_list"))
    return [
        Figure(count, words.format("s"), page_url(school, page), one=words.format(""))
        for count, words, page in found
    ]


def _categories(school: School, period: Period, _at: datetime) -> tuple[str, str, Table]:
    return "incidents", "Online-safety incidents", incidents_by_category(school, [period])[0]


def _alerts(school: School, period: Period, _at: datetime) -> tuple[str, str, Table]:
    return "monitoring", "Monitoring", alerts_by_verdict(school, period)


def _requests(school: School, period: Period, _at: datetime) -> tuple[str, str, Table]:
    return "requests", "Filtering", requests_by_month(school, period)


def _changes(school: School, period: Period, at: datetime) -> tuple[str, str, Table]:
    return "filtering", "Filtering", filter_tables(school, period, at=at)[0]


def _coverage(school: School, period: Period, _at: datetime) -> tuple[str, str, Table]:
    return "agreements", "Agreements people sign", coverage_of(school, period)


Picture = Callable[[School, Period, datetime], tuple[str, str, Table]]


@dataclass(frozen=True)
class Board:
    """One dashboard: its groups of figures, and the pictures of the term so far."""

    title: str
    lead: str
    groups: tuple[tuple[str, tuple[Figures, ...]], ...]
    pictures: tuple[Picture, ...]


INCIDENTS = ("Incidents", (_of_app("incidents"),))
FILTERING = ("Filtering and monitoring", (_of_app("filtering"),))
DUTIES = ("Duties and roles", (_of_app("reminders"), _own_duties, vacancy_figures))
GOVERNORS = ("Governors", (oversight_figures,))
AGREEMENTS = ("Agreements", (_of_app("agreements"), _papers))
EQUIPMENT = ("Equipment and devices", (board_figures,))

BOARDS = {
    "head": Board(
        "Headteacher’s figures",
        "What waits, what is late, and how the term goes.",
        (INCIDENTS, FILTERING, DUTIES, AGREEMENTS, EQUIPMENT, GOVERNORS),
        (_categories, _coverage),
    ),
    "lead": Board(
        "Safeguarding lead’s figures",
        "Your cases, alerts and duties, and how the term goes.",
        (INCIDENTS, FILTERING, DUTIES, AGREEMENTS, GOVERNORS),
        (_categories, _alerts, _coverage),
    ),
    "technical": Board(
        "Technician’s figures",
        "What the filter, monitoring and equipment need from you.",
        (FILTERING, ("Duties", (_own_duties,)), EQUIPMENT),
        (_requests, _changes),
    ),
    "office": Board(
        "Office figures",
        "Who has not signed yet, what came back on paper, and what is due.",
        (AGREEMENTS, ("Duties", (_of_app("reminders"), _own_duties)), EQUIPMENT),
        (_coverage,),
    ),
}


def figures_of(board: Board, request: SchoolRequest, *, at: datetime) -> list[tuple[str, list]]:
    """Return the groups of a board with figures the person may see; empty groups are left out."""
    ask_everything(request, at=at)
    groups = [
        (title, [one for part in parts for one in part(request, at=at)])
        for title, parts in board.groups
    ]
    return [(title, found) for title, found in groups if found]


def pictures_of(board: Board, request: SchoolRequest, *, at: datetime) -> list[ShownTable]:
    """Return the tables of a board for the term so far, with charts and with links that open.

    Who may not see the people behind a table sees small numbers withheld, as governors do.
    """
    school, period = request.school, term_so_far(request.school, at=at)
    told: dict[str, Section] = {}
    for order, picture in enumerate(board.pictures):
        code, title, table = picture(school, period, at)
        told[code] = Section(code, title, order, "", (replace(table, chart=True),))
    figures = compose([(period, list(told.values()))], threshold_of(school))
    return [
        table
        for one in figures["sections"]
        for section in shown_sections(
            figures | {"sections": [one]},
            exact=request.may(SEES_NAMES.get(one["code"], SEES_EXACT)),
            may=request.may,
        )
        for table in section.tables
    ]


def term_so_far(school: School, *, at: datetime) -> Period:
    """Return the term that began last as far as it has gone, or twelve weeks without terms."""
    day = localdate(at)
    term = term_to_report(school, on=day)
    if term is None:
        return period_between(school, day - WITHOUT_TERM, day)
    return term if term.end <= day else Period(term.start, day, f"{term.label} so far")

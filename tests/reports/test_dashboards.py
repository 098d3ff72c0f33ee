"""Dashboards: the figures of the report, few queries, small numbers withheld (REP-14, REP-17)."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.sections import sections as agreement_sections
from common.scope import school_scope
from common.sections import Period, Table
from filtering.sections import sections as filter_sections
from incidents.models import Incident
from incidents.sections import sections as incident_sections
from people.actions.schools import create_school
from people.models import AcademicYear, Person, Term
from policies.models import PolicyVersion
from reports.queries.dashboards import (
    alerts_by_verdict,
    filter_tables,
    incidents_by_category,
)
from reports.showing.governors import governor_figures
from reports.showing.review_pack import so_far
from tests.agreements.walk import asked, obligation_of, signed
from tests.cast import make_person
from tests.filtering import walk_oversight
from tests.reports import walk_reviews
from tests.reports.records import Scatter
from tests.reports.walk_reviews import AT, MEETING
from tests.stage import once

TERM = Period(date(2026, 9, 2), date(2026, 12, 18), "Autumn 2026/27")
BEFORE = Period(date(2026, 1, 5), date(2026, 7, 21), "Before")
GOVERNORS = "figures/governors/"
THREE = ["Incidents", "Filtering and monitoring", "Duties and roles"]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=True):
        yield


@pytest.fixture(scope="module")
def busy(stage, ladder_stage):
    """Give a school where much has happened, with one earlier term."""
    with once(stage, AT) as cast:
        year = AcademicYear.objects.create(
            school=cast.school, name="2025/26", start_date="2025-09-01", end_date="2026-08-31"
        )
        days = {"start_date": "2026-04-13", "end_date": "2026-07-21"}
        Term.objects.create(school=cast.school, year=year, name="Summer", **days)
        Scatter(cast, [PolicyVersion.objects.get(pk=ladder_stage)], seed=7).write(80)
        asked(cast, "staff", at=AT)
        signed(obligation_of(cast.tom, "staff"), at=AT)


def values(table: Table) -> dict[str, float]:
    return {row.key: row.value for row in table.rows if row.value}


def table_of(found, section: str, code: str) -> Table:
    return next(t for s in found if s.code == section for t in s.tables if t.code == code)


def page(cast, who: str, path: str) -> str:
    answer = cast.client(who).get(cast.url(path))
    assert answer.status_code == 200
    return answer.content.decode()


def test_incidents_are_those_of_the_report(busy, cast):
    found = incidents_by_category(cast.school, [TERM, BEFORE])

    for period, table in zip((TERM, BEFORE), found, strict=True):
        wanted = table_of(incident_sections(cast.school, period), "incidents", "category")
        assert values(table) == values(wanted)
        urls = {row.key: row.url for row in wanted.rows}
        assert all(row.url == urls[row.key] for row in table.rows if row.value)
    assert all(values(table)["total"] > 5 for table in found)


def test_filtering_and_coverage_are_those_of_the_report(busy, cast):
    walk_oversight.check(cast)
    wanted = filter_sections(cast.school, TERM)

    for table in filter_tables(cast.school, TERM, at=AT):
        assert values(table) == values(table_of(wanted, "filtering", table.code))
    verdict = alerts_by_verdict(cast.school, TERM)
    assert values(verdict) == values(table_of(wanted, "monitoring", "verdict"))
    shown = {s.code: s for s in governor_figures(cast.school, at=MEETING).sections}
    told = table_of(agreement_sections(cast.school, TERM), "agreements", "coverage")
    assert len(shown["agreements"].tables[0].rows) == len(told.rows)


def test_governors_see_terms_beside_each_other_without_small_numbers(busy, cast):
    told = governor_figures(cast.school, at=AT)

    table = told.sections[0].tables[0]
    assert table.columns == ["Autumn 2026/27 so far", "Summer 2025/26"]
    cells = [cell for row in table.rows for cell in row.cells]
    assert not {"1", "2", "3", "4"} & set(cells)
    assert "fewer than 5" in cells
    assert not any(row.url for row in table.rows)
    assert [row.label for row in told.trend.rows] == ["Summer 2025/26", "Autumn 2026/27 so far"]
    assert [row.cells[0] for row in told.trend.rows] == list(reversed(table.rows[-1].cells))


def test_running_term_counts_to_the_end_of_last_week(busy, cast):
    before = governor_figures(cast.school, at=AT)
    Incident.objects.filter(school=cast.school, reported_at__lt=AT - timedelta(days=30)).update(
        reported_at=AT
    )

    assert before.period.end == date(2026, 12, 6)
    assert governor_figures(cast.school, at=AT + timedelta(days=6)).period == before.period
    assert before.sections[0].tables[0].rows[-1].cells != (
        governor_figures(cast.school, at=AT).sections[0].tables[0].rows[-1].cells
    )
    assert so_far(TERM, date(2026, 9, 5)) is None
    assert so_far(TERM, date(2026, 12, 19)) == TERM


def test_school_without_terms_has_weeks(cast):
    school = create_school(slug="new-school", name="New School", at=AT)
    with school_scope(school.pk):
        told = governor_figures(school, at=AT)

    assert told.period == Period(
        date(2026, 9, 14), date(2026, 12, 6), "Twelve weeks to Sun 6 Dec 2026"
    )


def test_governors_read_no_name(busy, cast):
    walk_oversight.check(cast)
    main = re.search(r"<main.*</main>", page(cast, "olga", GOVERNORS), re.DOTALL)[0]

    names = Person.objects.filter(school=cast.school).values_list("family_name", flat=True)
    assert not [name for name in set(names) if name in main]
    assert "How many incidents were reported, term by term" in main


def test_governors_page_asks_few_queries(busy, cast):
    client, url = cast.client("olga"), cast.url(GOVERNORS)
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        client.get(url)
    asked_now = [one["sql"] for one in seen.captured_queries if "SAVEPOINT" not in one["sql"]]

    assert len(asked_now) <= 20, "\n".join(sql[:150] for sql in asked_now)


@pytest.mark.parametrize(
    ("who", "path", "groups", "pictures"),
    [
        ("hana", "head", THREE, ["incidents.category", "agreements.coverage"]),
        (
            "dora",
            "lead",
            THREE,
            ["incidents.category", "monitoring.verdict", "agreements.coverage"],
        ),
        ("tina", "technical", [THREE[1], "Duties"], ["requests.requests", "filtering.changes"]),
        ("hana", "office", ["Agreements", "Duties"], ["agreements.coverage"]),
    ],
)
def test_board_shows_groups_and_pictures_that_lead_on(busy, cast, who, path, groups, pictures):
    answer = cast.client(who).get(cast.url(f"figures/{path}/"))

    told = answer.context["groups"]
    assert [title for title, _ in told][: len(groups)] == groups
    assert all(figure.url for _, found in told for figure in found)
    assert [table.key for table in answer.context["pictures"]] == pictures


def test_figures_of_a_board_open_the_lists_they_count(busy, cast):
    review = walk_reviews.make(cast, "held")
    walk_reviews.ask(cast, review=review)
    walk_reviews.action(cast, review)
    client = cast.client("hana")
    told = client.get(cast.url("figures/head/")).context["groups"]

    figures = {one.label: one for _, found in told for one in found}
    assert figures["questions without an answer"].number == 1
    assert figures["actions of reviews and meetings to be done"].number == 1
    for one in figures.values():
        assert client.get(one.url).status_code == 200, one.label


def test_lead_sees_exact_numbers_with_links(busy, cast):
    table = cast.client("dora").get(cast.url("figures/lead/")).context["pictures"][0]

    whole = incidents_by_category(
        cast.school, [Period(TERM.start, AT.date(), "Autumn 2026/27 so far")]
    )[0]
    assert [row.cells for row in table.rows] == [[str(row.value)] for row in whole.rows]
    assert any(row.url for row in table.rows)


def test_office_reads_exactly_what_it_may_see_by_name(busy, cast):
    cast.people.olive = make_person(cast.school, "Olive", "Odell", "staff", "office_mgr")

    table = cast.client("olive").get(cast.url("figures/office/")).context["pictures"][0]
    assert not {"withheld", "fewer than 5"} & {cell for row in table.rows for cell in row.cells}


@pytest.mark.parametrize("path", ["governors", "head", "lead", "technical", "office"])
def test_staff_and_parents_see_no_board(cast, path):
    for who in ("tom", "paul"):
        assert cast.client(who).get(cast.url(f"figures/{path}/")).status_code == 403

"""The sections of all apps: in order, adding up, without names, at one cost, with true links."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.scope import school_scope
from common.sections import Period, Section, Table
from incidents.models import Incident
from incidents.sections import sections as incident_sections
from policies.models import PolicyVersion
from reports.gathering import gather
from tests.agreements.walk import asked, obligation_of, signed
from tests.cast import NOW
from tests.reports.records import Scatter
from tests.stage import once

TERM = Period(date(2026, 9, 2), date(2026, 12, 18), "Autumn 2026/27")
UNITS = {"count", "hours", "days", "percent"}
ORDER = [
    *("incidents", "incident_response", "filtering", "monitoring"),
    *("agreements", "consents", "policy"),
    *("equipment", "loans", "disposals", "own_devices", "phones", "taken"),
    "duties",
]


def tables(found: list[Section]) -> list[Table]:
    return [table for section in found for table in section.tables]


@pytest.fixture(scope="module")
def busy(stage, ladder_stage):
    """Give a school where much has happened."""
    with once(stage) as cast:
        scatter = Scatter(cast, [PolicyVersion.objects.get(pk=ladder_stage)], seed=11)
        scatter.write(60)
        asked(cast, "staff", "parent", at=NOW)
        signed(obligation_of(cast.tom, "staff"), at=NOW)
    return scatter


def test_sections_of_all_apps_stand_in_their_order(busy, cast):
    codes = [section.code for section in gather(cast.school, TERM)]
    assert codes == ORDER


def test_a_school_where_nothing_happened_has_every_section(other):
    with school_scope(other.school.pk):
        found = gather(other.school, TERM)
    assert [section.code for section in found] == ORDER
    totals = [row.value for table in tables(found) for row in table.rows if row.key == "total"]
    assert set(totals) == {0}


def test_a_case_about_the_headteacher_is_in_no_total(busy, cast):
    """INC-09: who knows all other cases would notice one by the total."""
    reported = Incident.objects.filter(
        school=cast.school, reported_at__gte=TERM.begins_at, reported_at__lt=TERM.ends_at
    )
    found = incident_sections(cast.school, TERM)
    totals = {
        row.value
        for table in tables(found)
        if any(row.key == "restricted" for row in table.rows)
        for row in table.rows
        if row.key == "total"
    }

    assert reported.filter(restriction="head").exists()
    assert totals == {reported.exclude(restriction="head").count()}
    assert "Cases about the headteacher are with the chair" in found[0].lead


def test_every_figure_has_one_place_and_a_unit(busy, cast):
    for section in gather(cast.school, TERM):
        codes = [table.code for table in section.tables]
        assert len(codes) == len(set(codes)), section.code
        for table in section.tables:
            keys = [row.key for row in table.rows]
            assert len(keys) == len(set(keys)), table.code
            assert table.unit in UNITS
            assert all(bool(row.url) <= bool(row.power) for row in table.rows)


def test_tables_that_add_up_do(busy, cast):
    for table in tables(gather(cast.school, TERM)):
        counts = {row.key: row.value for row in table.rows}
        if table.adds_up:
            assert counts.pop("total") == sum(counts.values()), table.code


def test_no_section_names_anybody(busy, cast):
    names = {person.family_name for person in vars(cast.people).values()} | {"Scatter"}
    words = repr(gather(cast.school, TERM))
    assert not [name for name in names if re.search(rf"\b{name}\b", words)]


def test_gathering_costs_the_same_for_many_records(busy, cast):
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            gather(cast.school, TERM)
        return len(seen.captured_queries)

    cost()
    few = cost()
    busy.write(60, start=60)
    assert cost() == few


def test_another_school_has_no_part_in_the_figures(busy, other):
    with school_scope(other.school.pk):
        counts = [row.value for table in tables(gather(other.school, TERM)) for row in table.rows]
    assert not any(counts)


def test_figures_of_incidents_lead_to_the_incidents_they_count(busy, cast, today):
    client = cast.client("dora")
    rows = [
        row
        for table in tables(incident_sections(cast.school, TERM))
        for row in table.rows
        if row.url
    ]
    assert len(rows) > 15
    assert any(row.value for row in rows)
    for row in rows:
        response = client.get(row.url)
        assert response.context["page"].paginator.count == row.value, row


def test_the_list_of_incidents_tells_restricted_ones_apart(busy, cast, today):
    def listed(restricted: str) -> set[str]:
        response = cast.client("hana").get(cast.url(f"incidents/?restricted={restricted}"))
        return {one.restriction for one in response.context["page"].object_list}

    assert listed("yes") == {"staff"}
    assert listed("no") == {""}

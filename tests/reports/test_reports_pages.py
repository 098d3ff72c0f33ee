"""Pages of the report to governors: who sees what of it, and that what is issued stays."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.actions.reports import read_report
from reports.models import ReportReading
from tests.reports import walk_reports as walk
from tests.reports.reading import EXACT, SHOWN, cells, made, path, read
from tests.reports.walk_reports import AT

pytestmark = pytest.mark.usefixtures("end_of_term")

WORKERS = ("dora", "hana")
GOVERNORS = ("olga", "cara")


# Who sees what ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", WORKERS)
def test_leaders_read_exact_figures_and_follow_them(cast, report, who):
    page = read(cast, report, who)

    assert cells(page) == EXACT
    assert f'<a href="{walk.LIST}">Conduct</a>' in page


@pytest.mark.parametrize("who", GOVERNORS)
def test_governors_read_no_small_figure_and_no_link(cast, report, who):
    page = read(cast, report, who)

    assert cells(page) == SHOWN
    assert walk.LIST not in page
    assert not re.search(r">\s*(3|12)\s*<|: (3|12)\.", page)


def test_leaders_may_look_as_governors_do(cast, report):
    page = read(cast, report, "hana", "?as=governors")

    assert cells(page) == SHOWN
    assert walk.LIST not in page


def test_governors_cannot_ask_for_exact_figures(cast, report):
    assert cells(read(cast, report, "olga", "?as=leaders&exact=1")) == SHOWN


def test_chart_holds_no_length_for_a_withheld_figure(cast, report):
    page = read(cast, report, "olga")
    bars = re.findall(r'class="chart__bar"[^>]* width="([\d.]+)"', page)

    assert bars == ["340.0", "0.0", "0.0"]


def test_school_may_show_every_figure(cast, monkeypatch):
    from people.actions.settings import change_setting

    change_setting(
        school=cast.school, name="withhold_small_numbers", value=False, by=cast.hana, at=AT
    )
    page = read(cast, walk.make(cast, "issued"), "olga")

    assert cells(page) == EXACT


def test_school_may_choose_the_threshold(cast):
    from people.actions.settings import change_setting

    change_setting(school=cast.school, name="small_number", value=10, by=cast.hana, at=AT)
    found = cells(read(cast, walk.make(cast, "issued"), "olga"))

    assert (found["Contact"], found["Late"]) == ("fewer than 10", "fewer than 10")


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_governors_do_not_find_a_report_before_it_is_issued(cast, state):
    report = walk.make(cast, state)

    assert cast.client("olga").get(path(cast, report)).status_code == 404
    assert cast.client("olga").get(path(cast, report, "tables/")).status_code == 404
    assert "Autumn" not in cast.client("olga").get(cast.url("governors/reports/")).content.decode()


def test_report_holds_no_name_of_who_it_counts(cast, report):
    page = read(cast, report, "olga")

    assert not re.search(r"Pia|Quin|Tom\b|Tess", page)


# What is issued stays -----------------------------------------------------------------------------


def test_draft_is_counted_live_and_an_issued_page_is_not(cast, monkeypatch):
    report = walk.make(cast, "draft")
    walk.tell(monkeypatch, contact=20)
    assert cells(read(cast, report, "hana"))["Contact"] == "20"

    walk.walk(cast, report, "issued")
    before = read(cast, walk.now(report), "olga")
    walk.tell(monkeypatch, contact=99)

    assert cells(read(cast, report, "olga")) == cells(before)
    assert cells(read(cast, report, "hana"))["Contact"] == "20"


def test_old_edition_stays_and_says_what_replaced_it(cast, report, monkeypatch):
    walk.tell(monkeypatch, contact=20)
    new = walk.revise(cast, report)
    assert "Replaced by" not in read(cast, report, "olga")
    walk.walk(cast, new, "issued")

    page = read(cast, report, "olga")
    assert cells(page) == SHOWN
    assert f'Replaced by <a href="{path(cast, new)}">edition 2</a>' in page
    assert "One more came." in read(cast, new, "olga")


def test_first_opening_is_noted_and_shown_to_the_writers(cast, report):
    read(cast, report, "olga")
    read(cast, report, "olga")

    assert [r.person for r in ReportReading.objects.all()] == [cast.olga]
    assert "Olga Overton" in read(cast, report, "dora")
    assert "Opened by" not in read(cast, report, "cara")


def test_governors_may_ask_about_an_issued_report(cast, report):
    assert f'href="{path(cast, report, "ask/")}"' in read(cast, report, "olga")
    assert path(cast, report, "ask/") not in read(cast, report, "dora")


def test_page_costs_as_many_queries_for_many_editions_and_readers_as_for_few(cast, report):
    client = cast.client("hana")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path(cast, report)).status_code == 200
        return len([query for query in seen.captured_queries if "SAVEPOINT" not in query["sql"]])

    cost()
    few = cost()
    for who in (cast.olga, cast.cara, cast.dora):
        read_report(report=report, by=who, at=AT)
    walk.revise(cast, report, "issued")

    assert cost() == few


def test_verifying_says_that_nothing_changed(cast, report):
    page = cast.client("olga").get(path(cast, report, "verify/")).content.decode()

    assert "Yes, nothing has changed" in page
    assert page.count("Unchanged") == 2


def test_verifying_finds_a_file_that_was_changed(cast, report):
    kept = made(cast, report)
    Path(kept.file.path).write_bytes(b"other")

    page = cast.client("olga").get(path(cast, report, "verify/")).content.decode()
    assert "Something is not as it was issued" in page
    assert (page.count("Unchanged"), page.count("Changed")) == (2, 1)

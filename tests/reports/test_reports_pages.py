"""Pages of the report to governors: who sees what of it, on screen, on paper and as a sheet."""

import csv
import io
import re
from datetime import date, datetime
from pathlib import Path

import pikepdf
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from audit.queries import trail_of
from common.scope import school_scope
from people.calendar import LONDON
from people.models import Job
from reports.actions.reports import read_report
from reports.models import GovernorReport, ReportFile, ReportReading
from reports.queries.reports import file_of
from reports.tasks import make_report_pdf
from tests.reports import walk_reports as walk
from tests.reports.walk_reports import AT

WORKERS = ("dora", "hana")
GOVERNORS = ("olga", "cara")


@pytest.fixture(autouse=True)
def figures(monkeypatch):
    walk.tell(monkeypatch)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def then():
    """Let the clock stand at the end of the autumn term."""
    with time_machine.travel(AT, tick=True):
        yield


@pytest.fixture
def report(cast) -> GovernorReport:
    return walk.make(cast, "issued")


def path(cast, report, page: str = "", query: str = "") -> str:
    return cast.url(f"governors/reports/{report.pk}/{page}{query}")


def read(cast, report, who: str, query: str = "") -> str:
    response = cast.client(who).get(path(cast, report, query=query))
    assert response.status_code == 200
    return response.content.decode()


def cells(page: str) -> dict[str, str]:
    """Return what stands in the first column of figures, by the words of the row."""
    rows = re.findall(
        r'<th scope="row">(.*?)</th>\s*<td class="number">(.*?)</td>', page, re.DOTALL
    )
    return {re.sub(r"<[^>]+>", "", label).strip(): value for label, value in rows}


EXACT = {
    "Conduct": "30",
    "Contact": "3",
    "Content": "12",
    "All": "45",
    "Until opened": "7.2 hours",
    "Late": "7",
}
SHOWN = EXACT | {"Contact": "fewer than 5", "Content": "withheld"}


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


# Writing ------------------------------------------------------------------------------------------


def post(cast, report, page: str, who: str, **values):
    given = {"version": walk.now(report).version, **values}
    return cast.client(who).post(path(cast, report, page), given)


def test_term_that_ends_is_proposed_and_started(cast):
    page = cast.client("dora").get(cast.url("governors/reports/new/")).content.decode()
    assert re.search(r'value="2026-09-02_2026-12-18"[^>]*checked', page)

    response = cast.client("dora").post(
        cast.url("governors/reports/new/"), {"term": "2026-09-02_2026-12-18"}
    )
    report = GovernorReport.objects.get()
    assert response.headers["Location"] == path(cast, report)
    assert (report.period_start, report.period_end) == (date(2026, 9, 2), date(2026, 12, 18))


def test_other_days_are_asked_for_both(cast):
    url = cast.url("governors/reports/new/")
    page = cast.client("dora").post(url, {"term": "other", "start": "2026-10-01"})
    assert "Enter the last day" in page.content.decode()

    cast.client("dora").post(url, {"term": "other", "start": "2026-10-01", "end": "2026-10-31"})
    assert GovernorReport.objects.get().label == "Thu 1 Oct 2026 to Sat 31 Oct 2026"


def test_report_walks_through_its_pages(cast):
    report = walk.start(cast)
    post(cast, report, "words/", "dora", lead_words="A calm term.")
    post(cast, report, "submit/", "dora")
    post(cast, report, "return/", "hana", words="Say more.")
    assert "Say more." in read(cast, report, "dora")
    post(cast, report, "words/", "dora", lead_words="A calm term, and why.")
    post(cast, report, "submit/", "dora")
    response = post(cast, report, "issue/", "hana", head_words="Thank you.")

    assert response.headers["Location"] == path(cast, report)
    page = read(cast, report, "olga")
    assert "A calm term, and why." in page
    assert "Thank you." in page
    assert Job.objects.get().kind == "report_pdf"


def test_stale_form_keeps_what_was_typed(cast):
    report = walk.start(cast)
    walk.act("comment_report", cast, report, by="hana", lead_words="Hers.")
    response = cast.client("dora").post(
        path(cast, report, "words/"), {"version": 1, "lead_words": "Mine."}
    )

    page = response.content.decode()
    assert "Somebody changed this report" in page
    assert "Mine.</textarea>" in page
    assert 'name="version" value="2"' in page


def test_new_edition_is_started_from_its_page(cast, report):
    response = cast.client("dora").post(
        path(cast, report, "new-edition/"), {"reason": "One came late."}
    )

    new = GovernorReport.objects.get(edition=2)
    assert response.headers["Location"] == path(cast, new)


@pytest.mark.parametrize("page", ["words/", "submit/", "return/", "issue/", "new-edition/"])
def test_governors_write_nothing(cast, report, page):
    assert post(cast, report, page, "olga").status_code == 403


@pytest.mark.parametrize(
    ("state", "who", "button"),
    [
        ("draft", "dora", "Write it"),
        ("submitted", "hana", "Issue to the governors"),
        ("issued", "olga", "Read it"),
    ],
)
def test_home_says_who_has_to_do_what_with_a_report(cast, state, who, button):
    report = walk.make(cast, state)
    home = cast.client(who).get(cast.url()).content.decode()
    assert re.search(rf'href="{path(cast, report)}"[^>]*>\s*{button}', home)

    if state == "issued":
        read(cast, report, who)
        assert path(cast, report) not in cast.client(who).get(cast.url()).content.decode()


# On paper and as a sheet --------------------------------------------------------------------------


def made(cast, report, who: str = "hana"):
    """Let the worker make the PDF that somebody asks for on the page; returns the file kept."""
    cast.client(who).post(path(cast, report, "print/"))
    job = Job.objects.latest("pk")
    make_report_pdf(job_id=job.pk, school_id=job.school_id)
    return file_of(report)


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_pdf_is_tagged_short_and_withholds_small_numbers_from_all(cast, report):
    content = made(cast, report).file.read()
    text = text_of(content)

    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.Root.MarkInfo.Marked
        assert len(document.pages) <= 3
    assert "Contact fewer than 5" in text
    assert "Content withheld" in text
    assert "A calm term." in text
    assert report.sha256 in text.replace("\n", "")


def test_pdf_is_made_once_and_the_same_for_all(cast, report, monkeypatch):
    first = made(cast, report)
    walk.tell(monkeypatch, contact=99)
    with time_machine.travel(datetime(2027, 3, 1, 9, tzinfo=LONDON)):
        assert made(cast, report, "olga") == first
    with school_scope(cast.school.pk):
        results = [job.result_file.read() for job in Job.objects.all()]

    assert results == [first.file.read()] * 2
    assert ReportFile.objects.count() == 1


def test_pdf_of_a_draft_says_so_and_is_not_kept(cast):
    report = walk.make(cast, "draft")
    assert made(cast, report) is None

    assert "Draft. Report to the governors" in text_of(Job.objects.get().result_file.read())


def test_pdf_taken_is_on_the_trail(cast, report):
    kept = made(cast, report)
    response = cast.client("olga").get(path(cast, report, "pdf/"))

    assert b"".join(response.streaming_content) == kept.file.read()
    entry = trail_of(report).first()
    assert (entry.verb, entry.actor_name, entry.facts) == (
        "take_report",
        "Olga Overton",
        {"sha256": kept.sha256},
    )


def sheet(cast, report, who: str, query: str = "") -> list[list[str]]:
    response = cast.client(who).get(path(cast, report, "tables/", query))
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_sheet_holds_every_table_as_the_page_shows_it(cast, report):
    heading, *rows = sheet(cast, report, "hana")

    assert heading == ["Part", "Table", "Unit", "Row", "Autumn 2026/27"]
    assert {row[3]: row[4] for row in rows} == EXACT | {"Until opened": "7.2"}
    assert {row[3]: row[4] for row in sheet(cast, report, "olga")[1:]} == SHOWN | {
        "Until opened": "7.2"
    }


def test_sheet_of_one_table_is_on_the_trail(cast, report):
    rows = sheet(cast, report, "olga", "?table=incidents.late")

    assert rows[1:] == [["Incidents", "Reported late.", "Number", "Late", "7"]]
    facts = trail_of(report).first().facts
    assert facts == {"edition": 1, "table": "incidents.late", "count": 1, "exact": False}
    missing = path(cast, report, "tables/", "?table=none")
    assert cast.client("olga").get(missing).status_code == 404


def test_list_shows_editions_and_what_replaced_them(cast, report):
    walk.revise(cast, report, "issued")
    page = cast.client("olga").get(cast.url("governors/reports/")).content.decode()
    assert (page.count("Replaced"), page.count(">Autumn 2026/27<")) == (1, 2)

    page = cast.client("olga").get(cast.url("governors/reports/?latest=latest")).content.decode()
    assert page.count(">Autumn 2026/27<") == 1

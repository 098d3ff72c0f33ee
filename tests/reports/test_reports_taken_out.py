"""The report to governors on paper and as a sheet, and the list of reports."""

import csv
import io
from datetime import datetime

import pikepdf
import pytest
import time_machine
from pypdf import PdfReader

from audit.queries import trail_of
from common.scope import school_scope
from people.calendar import LONDON
from people.models import Job
from reports.models import ReportFile
from tests.reports import walk_reports as walk
from tests.reports.reading import EXACT, SHOWN, made, path

pytestmark = pytest.mark.usefixtures("end_of_term")


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

"""Pages on which a report to governors is started, written, sent on and issued."""

import re
from datetime import date

import pytest

from people.models import Job
from reports.models import GovernorReport
from tests.reports import walk_reports as walk
from tests.reports.reading import path, read

pytestmark = pytest.mark.usefixtures("end_of_term")

WORKERS = ("dora", "hana")


def post(cast, report, page: str, who: str, **values):
    given = {"version": walk.now(report).version, **values}
    return cast.client(who).post(path(cast, report, page), given)


def test_term_that_ends_is_proposed_and_started(cast):
    page = cast.client("dora").get(cast.url("governors/reports/new/")).content.decode()
    assert re.search(r'value="2026-09-02_2026-12-18"[^>]*checked', page)

    response = cast.client("dora").post(
        cast.url("governors/reports/new/"),
        {"audience": "governors", "term": "2026-09-02_2026-12-18"},
    )
    report = GovernorReport.objects.get()
    assert response.headers["Location"] == path(cast, report)
    assert (report.period_start, report.period_end) == (date(2026, 9, 2), date(2026, 12, 18))


def test_other_days_are_asked_for_both(cast):
    url = cast.url("governors/reports/new/")
    page = cast.client("dora").post(
        url, {"audience": "governors", "term": "other", "start": "2026-10-01"}
    )
    assert "Enter the last day" in page.content.decode()

    cast.client("dora").post(
        url, {"audience": "governors", "term": "other", "start": "2026-10-01", "end": "2026-10-31"}
    )
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

"""The report to governors: written, submitted, returned, issued for good, revised (REP-02)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.queries import last_entry, trail_of
from common.errors import Refusal, StaleRecord, StepRefused
from common.sections import Period
from people.models import Notice
from reports.actions import reports as deeds
from reports.figures import seal_of
from reports.models import GovernorReport, ReportReading
from reports.queries.reports import count_figures, reports_visible_to
from roles.queries import powers_of
from tests.reports import walk_reports as walk
from tests.reports.walk_reports import AT, AUTUMN


@pytest.fixture(autouse=True)
def figures(monkeypatch):
    walk.tell(monkeypatch)


def verbs(report) -> list[str]:
    return [entry.verb for entry in reversed(trail_of(report))]


def cells(report, table: int = 0) -> dict[str, list]:
    rows = report.figures["sections"][0]["tables"][table]["rows"]
    return {row["key"]: row["values"] for row in rows}


def test_walk_from_draft_to_issue_is_on_the_trail(cast):
    report = walk.make(cast, "issued")

    assert (report.state, report.edition, report.version) == ("issued", 1, 4)
    assert (report.lead_words, report.head_words) == ("A calm term.", "Thank you.")
    assert (report.submitted_by, report.issued_by) == (cast.dora, cast.hana)
    assert verbs(report) == ["start_report", "comment_report", "submit_report", "issue_report"]


@pytest.mark.parametrize("by", ["tom", "olga", "paul"])
def test_who_may_not_write_starts_nothing(cast, by):
    with pytest.raises(StepRefused, match="does not allow"):
        walk.start(cast, by=by)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 12, 1), date(2026, 11, 1), "before the first"),
        (AT.date() + timedelta(1), AT.date() + timedelta(9), "have not begun"),
        (date(2025, 12, 1), date(2026, 12, 1), "a year at most"),
    ],
)
def test_days_that_make_no_report_are_refused(cast, start, end, words):
    with pytest.raises(Refusal, match=words):
        walk.start(cast, period=Period(start, end, "Some days"))


def test_second_report_on_the_same_days_is_refused(cast):
    report = walk.start(cast)
    with pytest.raises(Refusal, match="is being written already"):
        walk.start(cast)
    walk.walk(cast, report, "issued")
    with pytest.raises(Refusal, match="make a new edition"):
        walk.start(cast)

    assert GovernorReport.objects.count() == 1


def test_stale_page_is_refused_and_nothing_written(cast):
    report = walk.start(cast)
    walk.act("comment_report", cast, report, by="dora", lead_words="First.")

    with pytest.raises(StaleRecord):
        walk.act("comment_report", cast, report, by="hana", lead_words="Second.", version=1)
    assert walk.now(report).lead_words == "First."


def test_only_the_headteacher_writes_the_headteachers_words(cast):
    report = walk.start(cast)
    with pytest.raises(StepRefused, match="Only the headteacher"):
        walk.act("comment_report", cast, report, by="dora", lead_words="A", head_words="B")

    walk.act("comment_report", cast, report, by="hana", lead_words="A", head_words="B")
    assert walk.now(report).head_words == "B"


def test_report_without_a_commentary_is_not_submitted(cast):
    with pytest.raises(Refusal, match="no commentary yet"):
        walk.act("submit_report", cast, walk.start(cast), by="dora")


def test_head_sends_back_with_words_and_the_writer_hears_of_it(cast):
    report = walk.make(cast, "submitted")
    with pytest.raises(Refusal, match="should be changed"):
        walk.act("return_report", cast, report, by="hana", words=" ")
    with pytest.raises(StepRefused):
        walk.act("return_report", cast, report, by="dora", words="No.")

    walk.act("return_report", cast, report, by="hana", words="Say more.")

    report = walk.now(report)
    assert (report.state, report.returned_words) == ("draft", "Say more.")
    told = Notice.objects.order_by("pk").values_list("reason", "person__given_name")
    assert list(told) == [("report_to_issue", "Hana"), ("report_returned", "Dora")]


@pytest.mark.parametrize("by", ["dora", "olga", "tom"])
def test_only_the_headteacher_issues(cast, by):
    report = walk.make(cast, "submitted")

    with pytest.raises(StepRefused, match="does not allow"):
        walk.act("issue_report", cast, report, by=by, head_words="")


def test_report_is_not_issued_long_before_its_end(cast):
    report = walk.make(cast, "submitted", period=Period(AUTUMN.start, date(2027, 1, 20), "Long"))

    with pytest.raises(Refusal, match="are not over"):
        walk.act("issue_report", cast, report, by="hana", head_words="")


def test_issuing_freezes_figures_hash_and_head_of_the_trail(cast):
    report = walk.make(cast, "submitted")
    last = last_entry(cast.school.pk)
    report = walk.walk_on(cast, report)

    assert cells(report)["contact"] == [3]
    assert (report.trail_sequence, report.trail_hash) == (last.sequence, last.hash)
    assert report.sha256 == seal_of(report)
    assert report.figures["issued_by"] == "Hana Headley"


def test_issuing_twice_is_refused(cast):
    report = walk.make(cast, "issued")

    with pytest.raises(StepRefused, match="cannot be done now"):
        walk.act("issue_report", cast, report, by="hana", head_words="")


def test_governors_are_told_without_a_detail(cast):
    report = walk.make(cast, "issued")

    told = Notice.objects.filter(reason="report_issued").order_by("person__given_name")
    assert [(n.person.given_name, n.path) for n in told] == [
        (name, f"/oak-hill/governors/reports/{report.pk}/") for name in ("Cara", "Olga")
    ]


def test_issued_figures_stay_when_the_records_change(cast, monkeypatch):
    report = walk.make(cast, "issued")
    walk.tell(monkeypatch, contact=20)

    again = walk.now(report)
    assert (again.figures, again.sha256) == (report.figures, report.sha256)
    assert seal_of(again) == again.sha256
    assert cells(again)["contact"][0] == 3
    assert count_figures(again)["sections"][0]["tables"][0]["rows"][1]["values"][0] == 20


@pytest.mark.parametrize("change", [{"head_words": "No."}, {"figures": {}}, {"state": "draft"}])
def test_database_keeps_an_issued_report(cast, change):
    report = walk.make(cast, "issued")

    with pytest.raises(IntegrityError), transaction.atomic():
        GovernorReport.objects.filter(pk=report.pk).update(**change)


def test_new_edition_counts_afresh_and_the_old_one_stays(cast, monkeypatch):
    old = walk.make(cast, "issued")
    walk.tell(monkeypatch, contact=20)
    new = walk.revise(cast, old, "issued")

    assert (new.edition, new.reason, new.lead_words) == (2, "One more came.", "A calm term.")
    assert (cells(walk.now(old))["contact"][0], cells(new)["contact"][0]) == (3, 20)
    assert new.sha256 != old.sha256


def test_new_edition_does_not_tell_what_the_first_withheld(cast, monkeypatch):
    old = walk.make(cast, "issued")
    walk.tell(monkeypatch, contact=6, late=9)
    new = walk.revise(cast, old, "issued")

    def marks(report):
        tables = report.figures["sections"][0]["tables"]
        return {row["key"]: row["marks"][0] for table in tables for row in table["rows"]}

    nothing = {"conduct": "", "open": "", "late": "", "total": ""}
    assert marks(old) == nothing | {"contact": "few", "content": "withheld"}
    assert marks(new) == nothing | {
        "contact": "withheld",
        "content": "withheld",
        "late": "changed",
        "total": "changed",
    }


def test_new_edition_needs_an_issued_report_the_last_one_and_a_reason(cast):
    report = walk.make(cast, "draft")
    with pytest.raises(StepRefused, match="Only an issued report"):
        walk.revise(cast, report)
    walk.walk(cast, report, "issued")
    with pytest.raises(Refusal, match="Say why"):
        deeds.revise_report(report=walk.now(report), reason=" ", by=cast.dora, at=AT)
    with pytest.raises(StepRefused, match="does not allow"):
        deeds.revise_report(report=walk.now(report), reason="Mine.", by=cast.olga, at=AT)
    walk.revise(cast, report)
    with pytest.raises(Refusal, match="later edition"):
        walk.revise(cast, report)


def test_first_reading_is_written_down_once(cast):
    report = walk.make(cast, "issued")
    for by in (cast.olga, cast.olga, cast.cara):
        deeds.read_report(report=report, by=by, at=AT)

    assert [(r.person, r.read_at) for r in ReportReading.objects.order_by("pk")] == [
        (cast.olga, AT),
        (cast.cara, AT),
    ]
    assert verbs(report).count("read_report") == 2


def test_draft_is_not_read(cast):
    with pytest.raises(StepRefused, match="has not been issued"):
        deeds.read_report(report=walk.make(cast, "draft"), by=cast.olga, at=AT)


@pytest.mark.parametrize(
    ("who", "states"),
    [
        ("dora", ["draft", "issued"]),
        ("hana", ["draft", "issued"]),
        ("olga", ["issued"]),
        ("cara", ["issued"]),
    ],
)
def test_governors_see_issued_reports_alone(cast, who, states):
    walk.make(cast, "issued")
    walk.make(cast, "draft", period=Period(AUTUMN.start, date(2026, 11, 30), "Some days"))
    person = getattr(cast, who)
    found = reports_visible_to(person, powers_of(person, on=AT.date()))

    assert sorted(found.values_list("state", flat=True)) == states

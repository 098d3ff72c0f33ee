"""The change log: chronological, filtered, exported, and without names for governors (FIL-35)."""

from datetime import timedelta

import pytest

from audit.models import Entry
from filtering.actions.attesting import attest
from filtering.log import write_entry
from filtering.models import LogEntry
from filtering.vocabulary import EntryKind
from tests.cast import NOW
from tests.filtering import walk_failures, walk_provision

pytestmark = pytest.mark.usefixtures("today")


def page(cast, who, query=""):
    return cast.client(who).get(cast.url(f"filtering/log/{query}"))


def sheet(cast, who, query="") -> list[str]:
    answer = cast.client(who).get(cast.url(f"filtering/log/export/{query}"))
    return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()


def text(response) -> str:
    return " ".join(response.content.decode().split())


def line(cast, words, *, minutes=0, **more):
    return write_entry(
        school=cast.school,
        kind=more.pop("kind", EntryKind.MADE),
        words=words,
        by=cast.tina,
        at=NOW + timedelta(minutes=minutes),
        **more,
    )


def words(response) -> list[str]:
    return [entry.words for entry in response.context["page"]]


def test_log_is_newest_first_and_can_be_turned_round(cast):
    for number in (2, 1, 3):
        line(cast, f"Line {number}", minutes=number)

    assert words(page(cast, "hana")) == ["Line 3", "Line 2", "Line 1"]
    assert words(page(cast, "hana", "?sort=at")) == ["Line 1", "Line 2", "Line 3"]


def test_log_is_filtered_by_everything_it_says(cast):
    walk_provision.profile(cast)
    LogEntry.objects.count()
    line(cast, "One", target="bad.example", profiles=["Pupils"], cause="Incident 2026-0042")
    line(cast, "Two", kind=EntryKind.TESTED, minutes=24 * 60)
    found = {
        "?q=bad.example": ["One"],
        "?q=One": ["One"],
        "?kind=tested": ["Two"],
        "?cause=2026-0042": ["One"],
        "?since=2026-09-16": ["Two"],
        "?kind=made&until=2026-09-15": ["One"],
        "?kind=made&profile=Pupils": ["One"],
        "?emergency=yes": [],
        "?under_exception=yes": [],
    }

    assert {query: words(page(cast, "hana", query)) for query in found} == found


def test_governors_see_neither_names_nor_what_somebody_wrote(cast):
    walk_failures.report(cast, what="Ask Mr Secret about it.")
    line(cast, "Made for the profile", text="Written by Secret.")
    attest(
        school=cast.school,
        statement="iwf",
        note="Letter to Secret.",
        next_date=NOW.date() + timedelta(days=9),
        by=cast.tina,
        at=NOW,
    )

    for who in ("olga", "cara"):
        seen = text(page(cast, who))
        assert "Made for the profile" in seen
        assert [word for word in ("Secret", "Techworth", "Teale") if word in seen] == []
    assert "Written by Secret." in text(page(cast, "hana"))
    assert "Tina Techworth" in text(page(cast, "hana"))
    assert words(page(cast, "olga", "?q=Secret")) == []


def test_governors_take_the_log_out_without_names(cast):
    line(cast, "Made", text="Written by Secret.")
    mine, theirs = sheet(cast, "hana"), sheet(cast, "olga")

    assert mine[0].endswith("Change,Report,Who,Their words")
    assert mine[1].endswith("Tina Techworth,Written by Secret.")
    assert theirs[0].endswith("Change,Report")
    assert theirs[1] == "2026-09-15 10:30,Made,Made,,,,,,no,no,,"
    assert Entry.objects.filter(verb="export_log").count() == 2
    assert cast.client("cara").get(cast.url("filtering/log/export/")).status_code == 403


def test_export_holds_what_the_filter_shows(cast):
    line(cast, "One")
    line(cast, "Two", kind=EntryKind.TESTED)

    assert [row.split(",")[2] for row in sheet(cast, "hana", "?kind=tested")] == ["In words", "Two"]


def test_lines_lead_to_their_report_for_those_who_may_open_it(cast):
    made = walk_failures.report(cast)
    url = cast.url(f"filtering/reports/{made}/")

    assert url in text(page(cast, "tina"))
    assert url not in text(page(cast, "olga"))


def test_pupil_who_reported_is_named_only_to_those_who_see_alerts(cast):
    walk_failures.report(cast, by="pia", what="A page came up.")

    assert "Pease" not in text(page(cast, "tina")) + "".join(sheet(cast, "tina"))
    assert "Pia Pease" in text(page(cast, "dora"))


def test_long_log_is_cut_where_nobody_pages_and_says_so(cast, monkeypatch):
    monkeypatch.setattr("filtering.long_lists.LongPaginator.most", 60)
    for number in range(61):
        line(cast, f"Line {number}", minutes=number)
    first, second = page(cast, "hana"), page(cast, "hana", "?page=2")

    assert words(first)[0] == "Line 60"
    assert len(words(second)) == 10
    assert "The first 60 lines are shown." in text(first)
    assert first.context["count"] == ""
    assert len(sheet(cast, "hana")) == 62

"""Pages of reports about filtering: who sends them, who sees what, and the way to closing."""

from datetime import timedelta
from uuid import uuid4

import pytest

from audit.models import Entry
from common.duties import Need
from filtering.duties import failures as duties_failures
from filtering.models import FailureReport
from tests.cast import NOW
from tests.filtering import walk_failures as walk

pytestmark = pytest.mark.usefixtures("today")
PAGE = "filtering/reports/"


def post(cast, who, path, **data):
    return cast.client(who).post(cast.url(f"{PAGE}{path}"), data)


def get(cast, who, path=""):
    return cast.client(who).get(cast.url(f"{PAGE}{path}"))


def text(response) -> str:
    return " ".join(response.content.decode().split())


# Sending ------------------------------------------------------------------------------------------


def test_pupil_tells_in_three_answers_and_follows_it(cast):
    answer = post(
        cast,
        "pia",
        "new/",
        submission=uuid4(),
        kind="unsuitable",
        what="A scary thing came up.",
        address="bad.example",
    )
    made = FailureReport.objects.get()

    assert answer.headers["Location"] == cast.url(f"{PAGE}{made}/")
    assert (made.exposed, made.seen_at, made.reported_by) == ("yes", made.reported_at, cast.pia)
    shown = text(get(cast, "pia", f"{made}/"))
    assert "Waiting to be looked at" in shown
    assert "A scary thing came up." in shown


def test_child_is_spoken_to_as_a_child_and_nobody_is_asked_for_a_picture(cast):
    child, adult = get(cast, "pia", "new/"), get(cast, "tom", "new/")

    assert list(child.context["form"].fields) == ["submission", "kind", "what", "address"]
    assert "Tell a grown-up near you" in text(child)
    assert "Do not take a picture of it." in text(child)
    assert "Tell a grown-up" not in text(get(cast, "paul", "new/"))
    assert 'type="file"' not in text(child) + text(adult)
    assert "Ask for it to be allowed" in text(adult)


def test_teacher_reports_once_however_often_the_form_is_sent(cast):
    form = {
        "submission": uuid4(),
        "kind": "failure",
        "what": "Nothing is blocked.",
        "seen_at": "2026-09-15",
        "seen_at_time": "10:20",
        "site": "Main school",
        "device": "Laptop 3",
        "exposed": "unsure",
    }
    first, second = (post(cast, "tom", "new/", **form) for _ in range(2))

    made = FailureReport.objects.get()
    assert first.headers["Location"] == second.headers["Location"]
    assert (made.seen_at, made.site, made.device) == (
        NOW - timedelta(minutes=10),
        "Main school",
        "Laptop 3",
    )


def test_reporter_of_a_known_site_is_told_so(cast):
    walk.report(cast)
    client = cast.client("pia")
    answer = client.post(
        cast.url(f"{PAGE}new/"),
        {"submission": uuid4(), "kind": "unsuitable", "what": "Bad.", "address": "bad.example"},
        follow=True,
    )

    assert "We know about this already and are working on it." in text(answer)


# Seeing -------------------------------------------------------------------------------------------


def test_reporter_sees_only_what_they_sent(cast):
    walk.report(cast, "one.example", by="tom")
    theirs = walk.report(cast, "two.example", by="pia")

    assert [one.reference for one in get(cast, "pia").context["page"]] == [theirs.reference]
    assert len(get(cast, "tina").context["page"]) == 2
    assert get(cast, "tom", f"{theirs}/").status_code == 404


def test_technician_is_not_told_which_pupil_it_was(cast):
    made = walk.report(cast, by="pia", what="A page came up.")

    for path in ("", f"{made}/"):
        assert "Pease" not in text(get(cast, "tina", path))
        assert "A pupil" in text(get(cast, "tina", path))
        assert "Pia Pease" in text(get(cast, "dora", path))
    assert "Pease" not in _sheet(cast, "tina")
    assert "Pia Pease" in _sheet(cast, "dora")


def _sheet(cast, who) -> str:
    return b"".join(get(cast, who, "export/").streaming_content).decode("utf-8-sig")


def test_export_is_filtered_and_noted_on_the_trail(cast):
    walk.report(cast, "one.example")
    walk.report(cast, "two.example", kind="overblocked")
    rows = b"".join(get(cast, "hana", "export/?kind=overblocked").streaming_content)

    second = rows.decode("utf-8-sig").splitlines()[1]
    assert second.startswith("2026-0002,Reported,Something useful is blocked,two.example,")
    assert len(rows.splitlines()) == 2
    entry = Entry.objects.get(verb="export_failures")
    assert entry.facts == {
        "count": 1,
        "filters": {"kind": "overblocked", "sort": "-reported_at"},
    }


def test_list_is_filtered_searched_and_sorted(cast):
    walk.make(cast, "closed", address="one.example")
    walk.report(cast, "two.example", at=NOW + walk.LATER)

    def found(query):
        return [one.domain for one in get(cast, "tina", f"?{query}").context["page"]]

    assert found("") == ["two.example", "one.example"]
    assert found("sort=reported_at") == ["one.example", "two.example"]
    assert found("open=closed") == ["one.example"]
    assert found("state=reported") == ["two.example"]
    assert found("q=TWO") == ["two.example"]


# Working ------------------------------------------------------------------------------------------


def test_every_step_has_its_page_and_its_one_button(cast):
    made = walk.report(cast, exposed="yes")
    forms = [
        ("tina", "take-on/", {}),
        ("tina", "make-safe/", {"note": "Blocked."}),
        ("tina", "note/", {"note": "Asked."}),
        ("tina", "pass-on/", {"provider": "The grid", "authority_told": "on"}),
        ("tina", "mend/", {"cause": "A rule was missing."}),
        ("tom", "test/", {"result": "works", "no_incident_reason": "Nobody saw it."}),
    ]
    for who, path, form in forms:
        page = get(cast, who, f"{made}/{path}")
        version = page.context["form"]["version"].value()
        answer = post(cast, who, f"{made}/{path}", version=version, **form)
        assert answer.headers["Location"] == cast.url(f"{PAGE}{made}/"), path

    assert walk.now(made).state == "closed"
    assert walk.now(made).verified_by == cast.tom
    assert "It was looked at, dealt with and tested." in text(get(cast, "tom", f"{made}/"))


def test_next_step_leads_on_and_to_blocking_and_asking(cast):
    made = walk.report(cast)
    panel = get(cast, "tina", f"{made}/").context

    assert panel["deed"]["url"] == cast.url(f"{PAGE}{made}/take-on/")
    assert [(one["label"], one["url"]) for one in panel["deeds"]] == [
        ("Block it at once", cast.url(f"filter-changes/block/?failure={made}")),
        ("Ask for a change", cast.url(f"filter-changes/new/?failure={made}")),
    ]


def test_who_mended_it_is_told_that_somebody_else_tests(cast):
    made = walk.make(cast, "fixed")

    assert get(cast, "tina", f"{made}/").context["lead"] == (
        "You mended this, so somebody else tests it."
    )
    assert get(cast, "hana", f"{made}/").context["deed"]["label"] == "Test as a second person"
    assert "Test as a second person" in text(get(cast, "tom", f"{made}/"))


def test_repair_that_does_not_work_is_sent_back_in_words(cast):
    made = walk.make(cast, "fixed")
    form = {"version": made.version, "result": "wrong"}
    refused = post(cast, "hana", f"{made}/test/", **form)
    post(cast, "hana", f"{made}/test/", **form, note="Still there.")

    assert "Say what does not work." in text(refused)
    assert walk.now(made).state == "acknowledged"


def test_page_opened_before_somebody_elses_change_keeps_what_was_typed(cast):
    made = walk.make(cast, "acknowledged")
    walk.act("note_failure", cast, made, note="Something.")
    stale = {"version": made.version, "note": "My words."}
    refused = post(cast, "tina", f"{made}/note/", **stale)

    assert "after you opened the page" in text(refused)
    assert "My words." in text(refused)
    again = post(
        cast,
        "tina",
        f"{made}/note/",
        **stale | {"version": refused.context["form"]["version"].value()},
    )
    assert again.status_code == 302


# What waits ---------------------------------------------------------------------------------------


def waiting(cast, who, *, at=NOW) -> list[Need]:
    request = cast.client(who).get(cast.url("")).wsgi_request
    return duties_failures.needs(request, at=at)


def test_technician_takes_on_and_another_tests(cast):
    made = walk.report(cast)
    assert [(one.label, one.late) for one in waiting(cast, "tina")] == [("Take on", False)]
    assert waiting(cast, "hana") == []
    late = waiting(cast, "hana", at=NOW + timedelta(minutes=61))
    assert [(one.label, one.late) for one in late] == [("Look at this report", True)]

    for deed, values in (("acknowledge_failure", {}), ("fix_failure", {"cause": "Mended."})):
        walk.act(deed, cast, made, **values)
    assert waiting(cast, "tina") == []
    for who in ("hana", "tom"):
        assert [one.label for one in waiting(cast, who)] == ["Test as a second person"]
    assert waiting(cast, "tess") == []


def test_headteacher_is_reminded_once_of_a_report_nobody_took_on(cast, time_machine):
    made = walk.report(cast)
    assert list(duties_failures.reminders_due(cast.school, on=NOW.date())) == []
    time_machine.move_to(NOW + timedelta(minutes=61))
    due = list(duties_failures.reminders_due(cast.school, on=NOW.date()))

    assert [(one.duty, one.person_id, one.period) for one in due] == [
        ("late_failure", cast.hana.pk, str(made.pk))
    ]
    walk.act("acknowledge_failure", cast, made)
    assert list(duties_failures.reminders_due(cast.school, on=NOW.date())) == []


def test_home_counts_open_reports_for_those_who_see_them(cast):
    walk.report(cast)
    walk.make(cast, "closed", address="two.example")
    request = cast.client("tina").get(cast.url("")).wsgi_request

    (figure,) = duties_failures.figures(request, at=NOW + timedelta(hours=2))
    assert (figure.number, figure.note) == (1, "1 not taken on in time")

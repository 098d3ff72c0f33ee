"""Pages of governors' reviews, questions and actions; what is due and who is reminded (c.14)."""

from datetime import date, timedelta

import pytest
import time_machine

from audit.queries import last_entry, trail_of
from common.duties import Need
from people.models import Notice
from reports import duties
from reports.models import GovernorReview
from reports.showing.review_text import hash_now
from reports.tasks import plan_reviews
from safeguard.timetable import collect
from tests.reports import walk_reports, walk_reviews
from tests.reports.walk_reviews import MEETING

REVIEW = "governors/reviews/2026-0001/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MEETING, tick=True):
        yield


def due(cast, on: date) -> set[tuple[str, str, str]]:
    names = {person.pk: name for name, person in vars(cast.people).items()}
    return {
        (one.duty, names[one.person_id], one.period)
        for one in duties.reviews.reminders_due(cast.school, on=on)
    }


def home(cast, who: str) -> list[Need]:
    page = cast.client(who).get(cast.url())
    return [need for need in page.context["needs"] if "overnor" in need.what + need.why]


def text(cast, who: str, path: str) -> str:
    answer = cast.client(who).get(cast.url(path))
    assert answer.status_code == 200
    return answer.content.decode()


def test_list_tells_term_state_and_what_is_to_do(cast):
    walk_reviews.action(cast, walk_reviews.make(cast, "held"))

    page = text(cast, "olga", "governors/reviews/")
    assert "Autumn 2026/27" in page
    assert "Held, to be signed" in page
    assert "No review fits" in text(cast, "olga", "governors/reviews/?q=nothing")
    assert "No review fits" in text(cast, "olga", "governors/reviews/?state=overdue")


def test_detail_shows_papers_questions_and_next_step(cast, monkeypatch):
    walk_reviews.tell(monkeypatch)
    review = walk_reviews.make(cast, "prepared")
    walk_reviews.ask(cast, review=review)

    page = text(cast, "dora", REVIEW)
    assert "fewer than 5" in page
    assert 'class="number">3<' not in page
    assert "Why are there more requests?" in page
    assert "Record the meeting" in page
    assert "Answer this question" in page
    assert "Ask a question" not in page
    assert "Answer this question" not in text(cast, "olga", REVIEW)


def test_meeting_is_recorded_by_the_form(cast):
    review = walk_reviews.make(cast, "prepared")
    given = {
        "version": review.version,
        "held_date": MEETING.date().isoformat(),
        "attendees": [cast.olga.pk, cast.dora.pk],
        "logs_seen": ["Change log of the filter"],
        "other_log": "Minutes of the council",
        "findings": "All is well.",
    }
    answer = cast.client("olga").post(cast.url(f"{REVIEW}meeting/"), given)

    assert answer.status_code == 302
    review = walk_reviews.now(review)
    assert review.logs_seen == ["Change log of the filter", "Minutes of the council"]
    assert review.state == "held"


def test_meeting_form_keeps_what_was_typed_and_says_what_misses(cast):
    review = walk_reviews.make(cast, "prepared")
    given = {
        "version": review.version,
        "held_date": MEETING.date().isoformat(),
        "attendees": [cast.dora.pk],
        "findings": "All is well.",
    }
    client, url = cast.client("dora"), cast.url(f"{REVIEW}meeting/")
    assert "Choose what you looked through" in client.post(url, given).content.decode()
    page = client.post(url, given | {"other_log": "Minutes"}).content.decode()

    assert "the online-safety governor or the chair that day has to take part" in page
    assert "All is well." in page
    assert walk_reviews.now(review).state == "prepared"


def test_governor_reads_and_signs(cast):
    review = walk_reviews.make(cast, "held")
    client, url = cast.client("olga"), cast.url(f"{REVIEW}sign/")
    assert walk_reviews.FINDINGS in client.get(url).content.decode()
    given = {"version": review.version, "seen_hash": hash_now(review)}
    assert "Tick the box" in client.post(url, given).content.decode()
    client.post(url, given | {"agreed": "on"})

    assert walk_reviews.now(review).governor == cast.olga
    assert client.get(url).status_code == 302  # nothing to sign any more


def test_signing_a_text_that_changed_shows_it_anew(cast):
    review = walk_reviews.make(cast, "held")
    given = {"version": review.version, "seen_hash": "0" * 64, "agreed": "on"}
    url = cast.url(f"{REVIEW}sign/")
    answer = cast.client("dora").post(url, given, follow=True)

    assert "not the one you were shown" in answer.content.decode()
    assert walk_reviews.now(review).lead is None


def test_question_is_asked_and_answered_by_forms(cast):
    review = walk_reviews.make(cast, "held")
    cast.client("olga").post(cast.url(f"{REVIEW}ask/"), {"text": "Why so many?"})
    question = review.questions.get()
    url = cast.url(f"governors/questions/{question.pk}/")
    cast.client("dora").post(url, {"seen": "", "answer": "New.", "evidence": "The log"})

    assert (question.text, review.questions.get().answer) == ("Why so many?", "New.")
    stale = cast.client("hana").post(url, {"seen": "", "answer": "Old.", "evidence": ""})
    assert "Somebody answered this after" in stale.content.decode()
    assert "Save the answer" not in text(cast, "olga", f"governors/questions/{question.pk}/")


def test_question_about_a_report_by_the_form(cast, monkeypatch):
    walk_reports.tell(monkeypatch)
    report = walk_reports.make(cast, "issued")
    url = cast.url(f"governors/reports/{report.pk}/ask/")
    cast.client("cara").post(url, {"text": "What now?"})

    assert report.questions.get().asked_by == cast.cara
    page = text(cast, "cara", "governors/questions/?about=report&state=open")
    assert "What now?" in page
    assert "No question fits" in text(cast, "cara", "governors/questions/?about=review")


def test_owner_says_that_an_action_is_done(cast):
    made = walk_reviews.action(cast, walk_reviews.make(cast, "held"))
    path = f"governors/actions/{made.pk}/"
    assert made.words in text(cast, "tina", path)
    assert cast.client("tom").get(cast.url(path)).status_code == 404
    cast.client("tina").post(cast.url(path), {"note": "Checked."})

    made.refresh_from_db()
    assert (made.done_by, made.done_note) == (cast.tina, "Checked.")
    assert "Checked." in text(cast, "olga", "governors/actions/?state=done")
    assert "No action fits" in text(cast, "olga", "governors/actions/?state=overdue")


def test_print_is_noted(cast):
    review = walk_reviews.make(cast, "held")
    assert "Printed" in text(cast, "olga", f"{REVIEW}print/")

    assert trail_of(review)[0].verb == "print_governor_review"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("reviews", walk_reviews.FINDINGS),
        ("questions", "A new scheme of work."),
        ("actions", "Check the filter in the library."),
    ],
)
def test_lists_are_taken_out(cast, path, words):
    review = walk_reviews.make(cast, "held")
    walk_reviews.answer(cast, walk_reviews.ask(cast, review=review))
    walk_reviews.action(cast, review)
    answer = cast.client("olga").get(cast.url(f"governors/{path}/export/"))

    assert words in b"".join(answer).decode()
    assert last_entry(cast.school.pk).verb == f"export_governor_{path}"


def test_home_tells_who_has_to_do_what(cast):
    review = walk_reviews.make(cast, "prepared")
    assert [need.label for need in home(cast, "olga")] == ["Open the review"]
    walk_reviews.ask(cast, review=review)
    assert [need.label for need in home(cast, "dora")] == ["Open the review", "Answer"]
    walk_reviews.answer(cast, review.questions.get())
    review = walk_reviews.hold(cast, review)
    walk_reviews.action(cast, review)

    assert [need.label for need in home(cast, "olga")] == ["Read and sign"]
    assert [need.what for need in home(cast, "tina")] == ["Check the filter in the library."]
    assert home(cast, "hana") == []


def test_governor_and_lead_are_reminded_two_weeks_before_and_the_chair_when_overdue(cast):
    review = walk_reviews.plan(cast)
    soon = {("governor_review_soon", name, review.reference) for name in ("olga", "dora")}

    assert due(cast, date(2026, 12, 3)) == set()
    assert due(cast, date(2026, 12, 4)) == soon
    assert due(cast, date(2027, 1, 17)) == soon
    late = {("governor_review_overdue", "cara", review.reference)}
    assert due(cast, date(2027, 1, 18)) == soon | late
    walk_reviews.hold(cast, review)
    assert due(cast, date(2027, 1, 18)) == set()


def test_owner_is_reminded_on_the_day_and_weekly_after_until_it_is_done(cast):
    made = walk_reviews.action(cast, walk_reviews.make(cast, "held"))
    day = made.due_date

    def periods() -> list[set]:
        return [due(cast, day + timedelta(days=days)) for days in (-1, 0, 6, 7, 14)]

    told = [("governor_action", "tina", f"{made.pk}-{week}") for week in (0, 0, 1, 2)]
    assert periods() == [set(), *({one} for one in told)]
    walk_reviews.finish(cast, made)
    assert periods() == [set()] * 5


def test_beat_plans_for_every_school(cast, other, settings):
    settings.CELERY_TASK_ALWAYS_EAGER = True
    assert "reports.tasks.plan_reviews" in {entry["task"] for entry in collect().values()}
    plan_reviews()

    assert GovernorReview.objects.get().state == "prepared"  # 14 days and less are left


def test_mails_name_nobody(cast):
    walk_reviews.make(cast, "held")

    assert {notice.path for notice in Notice.objects.all()} == {f"/oak-hill/{REVIEW}"}

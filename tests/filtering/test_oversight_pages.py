"""The pages of weekly reports, checks, reviews and figures, as people use them."""

import csv
import io
from collections.abc import Iterable
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages

from audit.queries import trail
from filtering.actions.monitoring import link_finding
from filtering.actions.reviewing import write_review
from filtering.exporting.checks import HEADING
from filtering.models import (
    CheckPoint,
    FailureReport,
    FilterCheck,
    MonitoringFinding,
    Review,
    ReviewAction,
)
from filtering.vocabulary import CheckTest
from tests.cast import NOW
from tests.filtering import walk_oversight as walk

pytestmark = pytest.mark.usefixtures("today")


def path(cast, *parts: object) -> str:
    return cast.url(f"filtering/{'/'.join(str(part) for part in parts)}/")


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def counts(cast, page: str, queries: Iterable[str]) -> dict[str, int]:
    """Return how many rows a list shows for each query."""
    client = cast.client("dora")
    pages = {query: client.get(f"{path(cast, page)}{query}") for query in queries}
    return {query: shown.context["page"].paginator.count for query, shown in pages.items()}


def errors(response) -> list[str]:
    return [error for found in response.context["form"].errors.values() for error in found]


def test_empty_page_says_what_to_do(cast):
    wanted = {
        "monitoring": "No report yet",
        "checks": "No place to check yet",
        "checks/all": "No check yet",
        "checks/new": "No place to check yet",
        "checks/places/new": "No profile yet",
        "reviews": "No review yet",
    }
    client = cast.client("dora")
    missing = [
        page
        for page, words in wanted.items()
        if f"<h2>{words}</h2>" not in text_of(client.get(path(cast, page)))
    ]

    assert missing == []


# Weekly reports -----------------------------------------------------------------------------------


def test_week_is_looked_through_signed_and_seen_on_its_pages(cast):
    report = walk.report(cast)
    page = path(cast, "monitoring", report.pk)
    cast.client("tina").post(f"{page}note/", {"version": 1, "text": "Nothing."})
    finding = {"version": 2, "text": "A proxy.", "breach": "yes"}
    cast.client("tina").post(f"{page}finding/", finding)
    words = {"version": 3, "breaches": "A proxy was used.", "actions": "It is blocked."}
    done = cast.client("dora").post(f"{page}sign/", words)
    listed = cast.client("hana").get(path(cast, "monitoring"))
    seen = cast.client("hana").post(path(cast, "monitoring/see"), {"report": [report.pk]})
    report.refresh_from_db()

    assert said(done) == ["Signed off. The figures stay as they are now."]
    assert listed.context["unseen"] == [report]
    assert said(seen) == ["You have taken note of 1 report."]
    assert (report.breaches, report.signed_by, report.seen_by) == (
        "A proxy was used.",
        cast.dora,
        cast.hana,
    )


def test_refused_signature_keeps_what_was_typed_and_can_be_sent_again(cast):
    report = walk.report(cast)
    walk.noted(cast)
    words = {"version": 1, "breaches": "Long words.", "actions": "Much was done."}
    client, page = cast.client("dora"), path(cast, "monitoring", report.pk, "sign")
    refused = client.post(page, words)
    form = refused.context["form"]

    assert errors(refused)[0].startswith("Somebody changed this after you opened it.")
    assert (form["breaches"].value(), form["version"].value()) == ("Long words.", "2")
    assert client.post(page, words | {"version": 2}).status_code == 302


def test_finding_sent_twice_is_written_once(cast):
    report = walk.report(cast)
    client, page = cast.client("tina"), path(cast, "monitoring", report.pk, "finding")
    answers = [
        client.post(page, {"version": 1, "text": "A proxy.", "breach": "no"}).status_code
        for _ in range(2)
    ]

    assert (answers, MonitoringFinding.objects.count()) == ([302, 200], 1)


def test_form_of_a_signed_week_leads_back_to_it(cast):
    report = walk.signed(cast)
    response = cast.client("tina").get(path(cast, "monitoring", report.pk, "note"))

    assert response.url == path(cast, "monitoring", report.pk)
    assert said(response) == ["This week is signed off. What it says stays as it is."]


@pytest.mark.parametrize(
    ("name", "deeds"),
    [
        ("tina", ["Write what the logs showed", "Add a finding"]),
        ("dora", ["Sign off this week", "Add a finding"]),
        ("hana", []),
    ],
)
def test_week_offers_what_the_reader_may_do_next(cast, name, deeds):
    page = cast.client(name).get(path(cast, "monitoring", walk.report(cast).pk)).context
    offered = [page["deed"], *page["deeds"]] if page["deed"] else page["deeds"]

    assert [one["label"] for one in offered] == deeds


def test_finding_shows_the_incident_that_was_raised_from_it(cast):
    finding = walk.finding(cast)
    link_finding(finding=finding, incident_reference="2026-0007", by=cast.dora, at=NOW)
    page = cast.client("dora").get(path(cast, "monitoring", finding.report_id))

    assert "Incident 2026-0007 was raised from it." in text_of(page)


def test_printed_week_says_whether_it_is_signed_and_is_on_the_trail(cast):
    report = walk.report(cast)
    page = text_of(cast.client("hana").get(path(cast, "monitoring", report.pk, "print")))

    assert "Not signed off yet: these figures may still change." in page
    assert trail(cast.school.pk).first().verb == "print_monitoring"


def test_weeks_are_found_by_state_and_words(cast):
    walk.finding(cast)
    wanted = {"": 1, "?state=open": 1, "?state=signed": 0, "?state=breach": 1, "?q=proxy": 1}

    assert counts(cast, "monitoring", wanted) == wanted


# Checks -------------------------------------------------------------------------------------------


def answers(cast, **changed: object) -> dict[str, object]:
    """Return a check as the form sends it."""
    told: dict[str, object] = {
        "submission": uuid4(),
        "point": walk.point(cast).pk,
        "checked_date": NOW.date(),
        "safeguarding_by": cast.dora.pk,
        "it_by": cast.tina.pk,
        "device": "Tablet 7",
        "adult_expected": "blocked",
        **{f"{test}_actual": "blocked" for test in CheckTest},
    }
    return told | changed


def test_check_is_recorded_and_what_was_reached_is_said(cast):
    sent = answers(cast, adult_actual="reached")
    done = cast.client("tina").post(path(cast, "checks/new"), sent)
    grid = cast.client("olga").get(path(cast, "checks")).context["grid"]

    assert said(done) == [
        "The check is recorded. What was reached is reported to those who mend the filter."
    ]
    assert (grid.done, [cell.failed for cell in grid.lines[0].cells]) == (1, [False, False, True])


def test_check_sent_twice_is_recorded_once(cast):
    client, sent = cast.client("tina"), answers(cast, terrorism_actual="reached")
    codes = [client.post(path(cast, "checks/new"), sent).status_code for _ in range(2)]

    assert (codes, FilterCheck.objects.count(), FailureReport.objects.count()) == ([302] * 2, 1, 1)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"adult_actual": "not_tested"}, "Say why it could not be tested."),
        ({"adult_actual": ""}, "This field is required."),
        ({"it_by": "999999"}, "Select a valid choice. 999999 is not one of the available choices."),
    ],
)
def test_check_that_is_not_whole_is_refused(cast, changed, words):
    assert errors(cast.client("tina").post(path(cast, "checks/new"), answers(cast, **changed))) == [
        words
    ]


def test_form_offers_the_place_and_the_people_of_each_side(cast):
    point = walk.point(cast)
    page = cast.client("tina").get(f"{path(cast, 'checks/new')}?point={point.pk}")
    form = page.context["form"]

    assert form["point"].value() == str(point.pk)
    assert [label for _, label in form.fields["safeguarding_by"].choices] == [
        "Choose",
        "Dora Dale",
        "Hana Headley",
    ]
    assert (form["it_by"].value(), form["safeguarding_by"].value()) == (str(cast.tina.pk), None)
    assert "Never search for such material yourself, and never take a screenshot." in text_of(page)


def test_places_are_added_and_ended_on_their_pages(cast):
    ticked = {
        "device_kinds": ["Tablet", "Laptop"],
        "sites": ["Main school"],
        "networks": ["Pupil Wi-Fi"],
        "profiles": [walk.profile(cast).pk],
    }
    client = cast.client("tina")
    client.post(path(cast, "checks/places/new"), ticked)
    again = client.post(path(cast, "checks/places/new"), ticked)
    first = CheckPoint.objects.first()
    client.post(path(cast, "checks/places", first.pk, "end"))

    assert errors(again) == ["Filtering is checked at each of these places already."]
    assert CheckPoint.objects.filter(ended_at=None).count() == 1


def test_grid_says_what_is_not_checked(cast):
    walk.points(cast, "Tablet", "Laptop")
    walk.check(cast)
    page = text_of(cast.client("olga").get(path(cast, "checks")))

    assert "1 of 2 checked this term" in page
    assert page.count("Not checked this term") == len(CheckTest)


def test_checks_are_found_by_words_place_day_and_outcome(cast):
    walk.check(cast)
    walk.check(cast, results=walk.results(adult="reached"))
    wanted = {
        "": 2,
        "?found=reached": 1,
        "?found=held": 1,
        "?found=untested": 0,
        "?q=Tablet": 2,
        "?q=techworth": 2,
        "?since=2026-09-16": 0,
        "?profile=Pupils": 2,
    }

    assert counts(cast, "checks/all", wanted) == wanted


def test_checks_are_taken_out_as_they_are_filtered(cast):
    walk.check(cast)
    walk.check(cast, results=walk.results(adult="reached"))
    sheet = cast.client("dora").get(f"{path(cast, 'checks/all/export')}?found=reached")
    content = b"".join(sheet.streaming_content).decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(content))

    assert heading == list(HEADING)
    assert [row[8:11] for row in rows] == [
        ["Child-abuse list", "Blocked", "Blocked"],
        ["Terrorism list", "Blocked", "Blocked"],
        ["Adult content", "Blocked", "Reached"],
    ]
    assert trail(cast.school.pk).filter(verb="export_checks").first().facts == {
        "filters": {"found": "reached"},
        "count": 1,
    }


def test_check_leads_to_the_report_it_made(cast):
    made = walk.check(cast, results=walk.results(adult="reached"))
    report = FailureReport.objects.get()
    technician = text_of(cast.client("tina").get(path(cast, "checks", made.pk)))
    governor = text_of(cast.client("olga").get(path(cast, "checks", made.pk)))
    link = f'<a href="{path(cast, "reports", report.reference)}">'

    assert (link in technician, link in governor) == (True, False)


# Reviews ------------------------------------------------------------------------------------------


def test_review_goes_from_its_cause_to_the_fourth_signature_on_its_pages(cast):
    client = cast.client("dora")
    cause = {"trigger": "configuration", "trigger_words": "New networks."}
    client.post(path(cast, "reviews/new"), cause)
    page = path(cast, "reviews/2026-0001")
    client.post(f"{page}write/", {"version": 1, **walk.TEXTS})
    for number, (capacity, name) in enumerate(walk.SIGNERS.items(), start=2):
        part = {"version": number, "person": getattr(cast, name).pk, "capacity": capacity.value}
        client.post(f"{page}people/new/", part)
    action = {"words": "Do it.", "owner": cast.tina.pk, "due_date": "2026-09-30"}
    client.post(f"{page}actions/new/", {"version": 6, **action})
    client.post(f"{page}offer/", {"version": 7})
    for name in walk.SIGNERS.values():
        browser = cast.client(name)
        form = browser.get(f"{page}sign/").context["form"]
        browser.post(f"{page}sign/", {**form.initial, "agreed": "on"})
    review = Review.objects.get()

    assert (review.state, review.signatures.count()) == ("closed", 4)
    assert "Signed" in text_of(client.get(page))
    assert ReviewAction.objects.get().owner == cast.tina


def test_text_of_a_stale_page_is_kept(cast):
    made = walk.review(cast)
    walk.deed(write_review, made, **walk.TEXTS, by=cast.hana)
    page = path(cast, "reviews", made.reference, "write")
    refused = cast.client("dora").post(page, {"version": 1, "findings": "My long words."})

    assert errors(refused)[0].startswith("Somebody changed this after you opened it.")
    assert refused.context["form"]["findings"].value() == "My long words."


def test_signature_under_a_text_that_changed_meanwhile_is_refused_in_words(cast):
    made = walk.offered(cast)
    client, page = cast.client("hana"), path(cast, "reviews", made.reference, "sign")
    form = client.get(page).context["form"]
    walk.deed(walk.signing_reviews.take_back_review, made, by=cast.dora)
    walk.deed(walk.signing_reviews.offer_review, made, by=cast.dora, at=walk.at(walk.LAST_WEEK))
    refused = client.post(page, {**form.initial, "agreed": "on"})

    assert said(refused)[0].startswith("Somebody changed this after you opened it.")
    assert (refused.url, made.signatures.count()) == (page, 0)


def test_sign_page_shows_the_text_to_those_who_take_part_only(cast):
    made = walk.offered(cast)
    page = path(cast, "reviews", made.reference, "sign")

    assert walk.TEXTS["findings"] in text_of(cast.client("olga").get(page))
    assert cast.client("cara").get(page).status_code == 404


@pytest.mark.parametrize(
    ("state", "label"),
    [("review", "Write"), ("written", "Offer it for signing"), ("offered", "Sign")],
)
def test_review_offers_the_likely_step(cast, state, label):
    made = getattr(walk, state)(cast)
    page = cast.client("dora").get(path(cast, "reviews", made.reference))

    assert page.context["deed"]["label"] == label


def test_second_yearly_review_is_refused_on_the_page(cast):
    client = cast.client("hana")
    pages = [client.post(path(cast, "reviews/new"), {"trigger": "annual"}) for _ in range(2)]

    assert pages[0].url == path(cast, "reviews/2026-0001")
    assert errors(pages[1]) == ["The yearly review of 2026/27 has begun already: 2026-0001."]


def test_event_needs_a_word_about_it(cast):
    page = cast.client("hana").post(path(cast, "reviews/new"), {"trigger": "risk"})

    assert errors(page) == ["Say what happened."]


def test_owner_finishes_an_action_without_seeing_the_review(cast):
    action = walk.todo(cast, walk.review(cast))
    ReviewAction.objects.filter(pk=action.pk).update(owner=cast.tom)
    page = path(cast, "review-actions", action.pk, "done")
    opened = cast.client("tom").get(page)
    done = cast.client("tom").post(page, {"note": "It is done."})
    action.refresh_from_db()

    assert (opened.status_code, done.url, action.done_by) == (200, cast.url(), cast.tom)
    assert cast.client("tess").get(page).status_code == 404


def test_people_and_actions_are_taken_off_on_the_page(cast):
    made = walk.written(cast)
    action = walk.todo(cast, made)
    client, page = cast.client("dora"), path(cast, "reviews", made.reference)
    stale = client.post(f"{page}actions/{action.pk}/drop/", {"version": 1})
    version = walk.now(made).version
    gone = client.post(f"{page}actions/{action.pk}/drop/", {"version": version})
    part = made.participants.first()
    client.post(f"{page}people/{part.pk}/drop/", {"version": version + 1})

    assert said(stale)[0].startswith("Somebody changed this after you opened it.")
    assert said(gone)[-1] == "Taken off."
    assert made.participants.filter(dropped_at=None).count() == 3
    assert made.actions.filter(dropped_at=None).count() == 0


def test_printed_review_carries_the_hash_of_its_text(cast):
    made = walk.offered(cast)
    page = text_of(cast.client("olga").get(path(cast, "reviews", made.reference, "print")))

    assert made.text_hash in page
    assert trail(cast.school.pk).filter(verb="print_review").count() == 1


def test_reviews_are_found_by_number_words_and_state(cast):
    walk.todo(cast, walk.review(cast))
    wanted = {"": 1, "?q=2026-0001": 1, "?q=filter": 1, "?state=closed": 0, "?todo=yes": 1}

    assert counts(cast, "reviews", wanted) == wanted

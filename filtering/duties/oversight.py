"""What of monitoring, checks and reviews needs a person now, falls due or recurs, and figures."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Expression, QuerySet
from django.utils.timezone import localdate

from common.asking import answers, any_of, counts_of
from common.duties import Due, Figure, Need, RecurringDuty
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.models import MonitoringReport, Review, ReviewAction
from filtering.queries.checks import grid_of, points_of
from filtering.queries.evidence import (
    checks,
    every_place_checked,
    logs_seen,
    logs_seen_by_head,
    logs_signed,
    logs_to_see,
    logs_to_sign,
    yearly_review_closed,
    yearly_reviews,
)
from filtering.queries.oversight import reports_unseen
from filtering.queries.reviews import actions_for, to_sign_by
from filtering.vocabulary import Trigger
from people.calendar import LONDON, SchoolCalendar
from people.models import Person, School
from roles.queries import holders_by_role, holders_of_power

MOST = 6
HEAD_AFTER = 2  # school days after the safeguarding lead was first reminded
REMINDERS = {
    "monitoring_report": "A weekly monitoring report to sign off",
    "review_action": "An action of a review",
    "review_late": "A review that is late",
}
REPORT_WORDS = "A weekly monitoring report is to be signed off. This stops once it is signed."
ACTION_WORDS = "What a review asked of you is late. This stops once you say that it is done."
LATE_WORDS = "A review of filtering and monitoring is late. This stops once it is signed."
# Each weekly report has a day of its own and is reminded of by it, so these two remind of none.
RECURRING = (
    RecurringDuty(
        code="log_review",
        label="Logs of filtering and monitoring looked through",
        roles=("dsl", "tech", "filt_mgr", "mon_lead"),
        words="The logs of every school week are looked through and signed off in the week after. "
        "This stops once the report of that week is signed.",
        requirement="FIL-19",
        period="week",
        remind_days=(),
        evidence=logs_signed,
        records=logs_to_sign,
        about=logs_to_sign,
        page="monitoring_list",
    ),
    RecurringDuty(
        code="log_review_head",
        label="Logs of filtering and monitoring seen by the headteacher",
        roles=("head",),
        words="Once a month the headteacher takes note of what the logs showed. This stops once a "
        "signed report is seen.",
        requirement="FIL-19",
        period="month",
        escalate=("chair", "os_gov"),
        remind_days=(5, 0),
        evidence=logs_seen_by_head,
        records=logs_seen,
        about=logs_to_see,
        page="monitoring_list",
    ),
    RecurringDuty(
        code="filter_checks",
        label="Filtering checked at every place",
        roles=("dsl", "osl", "tech", "filt_mgr"),
        words="Filtering is checked at every place each term, by safeguarding and IT together. "
        "This stops once every place is checked.",
        requirement="R-FM-3",
        evidence=every_place_checked,
        records=checks,
        page="check_grid",
    ),
    RecurringDuty(
        code="filter_review",
        label="Yearly review of filtering and monitoring",
        roles=("slt", "dsl", "osl", "head"),
        words="Filtering and monitoring are reviewed once every school year. This stops once the "
        "review is signed and closed.",
        requirement="FIL-21",
        period="year",
        escalate=("os_gov", "chair"),
        remind_days=(60, 20, 5, 0),
        evidence=yearly_review_closed,
        records=yearly_reviews,
        page="review_list",
    ),
)


def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:  # noqa: ARG001
    """Return what the home page has to know of oversight, as far as the person has part in it."""
    school = request.school
    found = {"actions": any_of(actions_for(request.person, ()).filter(done_at=None))}
    if request.may("sign_monitoring") or request.may("note_monitoring"):
        found["reports"] = any_of(_reports_left(request))
    if request.may("see_monitoring"):
        found["unseen"] = counts_of(reports_unseen(school), count=Count("pk", distinct=True))
    if request.may("view_checks"):
        found["points"] = any_of(points_of(school))
    if request.may("sign_review"):
        found["signatures"] = any_of(to_sign_by(request.person))
    if request.may("edit_reviews"):
        found["reviews"] = any_of(_reviews_left(school))
    return found


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return what waits for the person: weeks, signatures, actions, reviews."""
    told = answers(request, asks, at=at)
    return [
        *(_reports(request, at) if told.get("reports") else []),
        *_unseen(request, told.get("unseen") or {}),
        *(_signatures(request, at) if told.get("signatures") else []),
        *(_actions(request, at) if told["actions"] else []),
        *(_reviews(request, at) if told.get("reviews") else []),
    ]


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return how many places are checked this term, for those who see checks."""
    if not request.may("view_checks") or not answers(request, asks, at=at)["points"]:
        return []
    grid = grid_of(request.school, on=localdate(at))
    url = page_url(request.school, "check_grid")
    note = f"of {len(grid.lines)} places"
    one = "filter check done this term"
    return [Figure(grid.done, "filter checks done this term", url, note, one)]


def may_be_due(*, on: date) -> list[QuerySet[Any, Any]]:
    """Return the rows, of any school, without which there is nothing to remind of."""
    return [
        MonitoringReport.objects.filter(signed_at=None, due_at__date__lte=on),
        ReviewAction.objects.filter(dropped_at=None, done_at=None, due_date__lt=on),
        Review.objects.filter(due_date__lt=on).exclude(state="closed"),
    ]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield whom to remind of weeks to sign, and of late actions and reviews (FIL-19, FIL-21)."""
    yield from _reports_due(school, on)
    yield from _reviews_due(school, on)


def _reports_left(request: SchoolRequest) -> QuerySet[MonitoringReport, MonitoringReport]:
    rows = MonitoringReport.objects.filter(school=request.school, signed_at=None)
    if request.may("sign_monitoring"):
        return rows.exclude(noted_by=request.person)
    return rows.filter(noted_at=None)


def _reviews_left(school: School) -> QuerySet[Review, Review]:
    return Review.objects.filter(school=school).exclude(state="closed")


def _reports(request: SchoolRequest, at: datetime) -> list[Need]:
    """Return the weeks to sign off; to IT, those it has not looked through."""
    page, what, label = "monitoring_note", "Look through the logs of a week", "Say what they show"
    if request.may("sign_monitoring"):
        page, what, label = "monitoring_sign", "Sign off a week of monitoring", "Sign off"
    return [
        Need(
            what,
            str(row),
            page_url(request.school, page, row.pk),
            label,
            row.due_at,
            row.due_at < at,
        )
        for row in _reports_left(request).order_by("week_start")[:MOST]
    ]


def _unseen(request: SchoolRequest, counts: dict[str, int]) -> list[Need]:
    count = counts.get("count")
    if not count:
        return []
    what = "1 monitoring report" if count == 1 else f"{count} monitoring reports"
    url = page_url(request.school, "monitoring_list")
    return [Need(f"{what} to take note of", "Signed off and not seen by you", url, "Look at them")]


def _signatures(request: SchoolRequest, at: datetime) -> list[Need]:
    return [
        _need(request, row, f"Sign review {row}", "It waits for your signature", "review_sign", at)
        for row in to_sign_by(request.person)[:MOST]
    ]


def _actions(request: SchoolRequest, at: datetime) -> list[Need]:
    rows = actions_for(request.person, ()).filter(done_at=None)
    return [
        Need(
            row.words,
            f"An action of review {row.review}",
            page_url(request.school, "review_action_finish", row.pk),
            "Say what was done",
            _end(row.due_date),
            row.due_date < localdate(at),
        )
        for row in rows[:MOST]
    ]


def _reviews(request: SchoolRequest, at: datetime) -> list[Need]:
    """Return the reviews to write."""
    return [
        _need(request, row, f"Review {row}", row.get_trigger_display(), "review_detail", at)
        for row in _reviews_left(request.school).order_by("due_date")[:MOST]
    ]


def _need(
    request: SchoolRequest, row: Review, what: str, why: str, page: str, at: datetime
) -> Need:
    url = page_url(request.school, page, row.reference)
    late = row.due_date < localdate(at)
    return Need(what, why, url, "Open the review", _end(row.due_date), late)


def _reports_due(school: School, on: date) -> Iterator[Due]:
    """Yield reminders to sign a week from its day on: to the leads, then to the headteacher."""
    rows = MonitoringReport.objects.filter(school=school, signed_at=None, due_at__date__lte=on)
    found = list(rows)
    if not found:
        return
    calendar = SchoolCalendar.of(school)
    signers = list(holders_of_power(school, "sign_monitoring", on=on))
    heads = holders_by_role(school, ["head"], on=on)["head"]
    for row in found:
        late = calendar.school_days_between(localdate(row.due_at), on)
        told = [*signers, *(heads if late >= HEAD_AFTER else [])]
        yield from _tell("monitoring_report", told, f"{row.week_start}", REPORT_WORDS)


def _reviews_due(school: School, on: date) -> Iterator[Due]:
    """Yield late actions to their owners, and late reviews but the yearly one to leaders."""
    late = ReviewAction.objects.filter(
        school=school, dropped_at=None, done_at=None, due_date__lt=on
    )
    for pk, owner in late.values_list("pk", "owner"):
        yield Due("review_action", owner, str(pk), ACTION_WORDS)
    left = _reviews_left(school).filter(due_date__lt=on).exclude(trigger=Trigger.ANNUAL)
    reviews = list(left.values_list("reference", flat=True))
    if not reviews:
        return
    holders = holders_by_role(school, ["head", "os_gov", "chair"], on=on)
    watching = [person for people in holders.values() for person in people]
    for reference in reviews:
        yield from _tell("review_late", watching, reference, LATE_WORDS)


def _tell(duty: str, people: Iterable[Person], period: str, words: str) -> Iterator[Due]:
    for person in dict.fromkeys(people):
        yield Due(duty, person.pk, period, words)


def _end(day: date) -> datetime:
    return datetime.combine(day, time(16), LONDON)

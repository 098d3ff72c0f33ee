"""What of monitoring reports, checks and reviews needs a person now or falls due, and figures."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Expression, QuerySet
from django.utils.timezone import localdate

from common.asking import answers, any_of, counts_of
from common.duties import Due, Figure, Need
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.models import MonitoringReport, Review, ReviewAction
from filtering.queries.checks import Grid, grid_of, points_of
from filtering.queries.oversight import reports_unseen
from filtering.queries.periods import Period, school_year_on, term_at
from filtering.queries.reviews import actions_for, annual_review_of, annual_reviews, to_sign_by
from people.calendar import LONDON, SchoolCalendar
from people.models import Person, School
from roles.queries import holders_by_role, holders_of_power

MOST = 6
WARN = timedelta(weeks=3)  # before a term ends
HEAD_AFTER = 2  # school days after the safeguarding lead was first reminded
REMINDERS = {
    "monitoring_report": "A weekly monitoring report to sign off",
    "filter_checks": "Filter checks of this term",
    "review_action": "An action of a review",
    "review_late": "A review that is late",
    "yearly_review": "The yearly review of filtering",
}
REPORT_WORDS = "A weekly monitoring report is to be signed off. This stops once it is signed."
CHECK_WORDS = "Filtering is not checked everywhere this term. This stops once it is."
ACTION_WORDS = "What a review asked of you is late. This stops once you say that it is done."
LATE_WORDS = "A review of filtering and monitoring is late. This stops once it is signed."
YEAR_WORDS = "The yearly review of filtering has not begun. This stops once somebody opens it."


def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know of oversight, as far as the person has part in it."""
    school, day = request.school, localdate(at)
    found = {"actions": any_of(actions_for(request.person, ()).filter(done_at=None))}
    if request.may("sign_monitoring") or request.may("note_monitoring"):
        found["reports"] = any_of(_reports_left(request))
    if request.may("see_monitoring"):
        found["unseen"] = counts_of(reports_unseen(school), count=Count("pk", distinct=True))
    if request.may("record_check") or request.may("view_checks"):
        found["points"] = any_of(points_of(school))
    if request.may("sign_review"):
        found["signatures"] = any_of(to_sign_by(request.person))
    if request.may("edit_reviews"):
        found["reviews"] = any_of(_reviews_left(school))
        year = school_year_on(school, day)
        if day >= _spring(school, year):
            found["yearly"] = any_of(annual_reviews(school, year.name))
    return found


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return what waits for the person: weeks, checks, reviews, signatures, actions."""
    told = answers(request, asks, at=at)
    return [
        *(_reports(request, at) if told.get("reports") else []),
        *_unseen(request, told.get("unseen") or {}),
        *(_checks(request, at) if told.get("points") else []),
        *(_signatures(request, at) if told.get("signatures") else []),
        *(_actions(request, at) if told["actions"] else []),
        *(_reviews(request, at) if told.get("reviews") else []),
        *(_yearly(request, at) if told.get("yearly") is False else []),
    ]


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return how many places are checked this term, for those who see checks."""
    if not request.may("view_checks") or not answers(request, asks, at=at)["points"]:
        return []
    grid = _grid(request, localdate(at))
    url = page_url(request.school, "check_grid")
    note = f"of {len(grid.lines)} places"
    return [Figure(grid.done, "filter checks done this term", url, note)]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield whom to remind of what of oversight (FIL-19, FIL-21, R-FM-3)."""
    yield from _reports_due(school, on)
    yield from _checks_due(school, on)
    yield from _reviews_due(school, on)


def _grid(request: SchoolRequest, day: date) -> Grid:
    """Return what is checked this term, read once for need and figure."""
    kept: dict[date, Grid] = vars(request).setdefault("_filter_checks", {})
    if day not in kept:
        kept[day] = grid_of(request.school, on=day)
    return kept[day]


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


def _checks(request: SchoolRequest, at: datetime) -> list[Need]:
    """Return what is not checked, once half of the term is over."""
    if not request.may("record_check"):
        return []
    day = localdate(at)
    term = term_at(request.school, day)
    if day < term.start + (term.end - term.start) / 2:
        return []
    grid = _grid(request, day)
    if not grid.missing:
        return []
    places = "1 place" if grid.missing == 1 else f"{grid.missing} places"
    return [
        Need(
            f"Check the filter at {places}",
            "Everywhere once a term, safeguarding and IT together",
            page_url(request.school, "check_grid"),
            "See what is missing",
            _end(term.end),
            day > term.end,
        )
    ]


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


def _yearly(request: SchoolRequest, at: datetime) -> list[Need]:
    """Return, from the spring term on, that the yearly review is missing."""
    day = localdate(at)
    year = school_year_on(request.school, day)
    url = f"{page_url(request.school, 'review_create')}?trigger=annual"
    why = f"Once every school year: {year.name}"
    late = day >= date(year.end.year, 7, 1)
    what = "The yearly review of filtering has not begun"
    return [Need(what, why, url, "Open it", _end(year.end), late)]


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


def _checks_due(school: School, on: date) -> Iterator[Due]:
    """Yield reminders of what is not checked in the last three weeks of a term (R-FM-3)."""
    term = term_at(school, on)
    if not term.end - WARN <= on <= term.end or not grid_of(school, on=on).missing:
        return
    holders = holders_by_role(school, ["dsl", "filt_mgr"], on=on)
    told = [person for people in holders.values() for person in people]
    yield from _tell("filter_checks", told, f"{term.start}", CHECK_WORDS)


def _reviews_due(school: School, on: date) -> Iterator[Due]:
    """Yield late actions to their owners, late reviews and a missing yearly one to leaders."""
    late = ReviewAction.objects.filter(
        school=school, dropped_at=None, done_at=None, due_date__lt=on
    )
    for pk, owner in late.values_list("pk", "owner"):
        yield Due("review_action", owner, str(pk), ACTION_WORDS)
    reviews = list(Review.objects.filter(school=school, due_date__lt=on).exclude(state="closed"))
    year = school_year_on(school, on)
    missing = on >= _summer(school, year) and not annual_review_of(school, year.name)
    if not reviews and not missing:
        return
    holders = holders_by_role(school, ["head", "dsl", "os_gov", "chair"], on=on)
    watching = [*holders["head"], *holders["os_gov"], *holders["chair"]]
    for row in reviews:
        yield from _tell("review_late", watching, row.reference, LATE_WORDS)
    if missing:
        told = [*holders["head"], *holders["dsl"]]
        yield from _tell("yearly_review", told, year.name.replace("/", "-"), YEAR_WORDS)


def _tell(duty: str, people: Iterable[Person], period: str, words: str) -> Iterator[Due]:
    for person in dict.fromkeys(people):
        yield Due(duty, person.pk, period, words)


def _spring(school: School, year: Period) -> date:
    """Return when the second term of a year begins; the first of January without terms."""
    return _begins(school, year, 1, date(year.start.year + 1, 1, 1))


def _summer(school: School, year: Period) -> date:
    """Return when the third term of a year begins; the middle of April without terms."""
    return _begins(school, year, 2, date(year.start.year + 1, 4, 15))


def _begins(school: School, year: Period, place: int, otherwise: date) -> date:
    terms = SchoolCalendar.of(school).terms
    starts = [term.start_date for term in terms if year.start <= term.start_date <= year.end]
    return starts[place] if len(starts) > place else otherwise


def _end(day: date) -> datetime:
    return datetime.combine(day, time(16), LONDON)

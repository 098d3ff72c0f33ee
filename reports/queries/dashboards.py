"""Figures of dashboards, as the sections of the report count them, with few queries (REP-14).

A table here has the code and the keys of the report's, so that what was withheld in a report that
governors have read stays withheld here (REP-17).
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from common.duties import Figure
from common.pages import page_url
from common.requests import SchoolRequest
from common.sections import Period, Row, Table
from filtering.models import LogEntry
from filtering.queries import measures
from filtering.queries.log import log_rows
from filtering.queries.periods import Period as Days
from filtering.sections import CHANGES, FAILURES, OPENING, VERDICTS, Counted
from incidents.queries.figures_outcomes import categories_of
from incidents.queries.figures_terms import NONE, RESTRICTED, UNCLASSIFIED, categories_by_period
from incidents.tally import KEPT_BACK, LEFT_OUT, POWER
from people.models import School
from policies.vocabulary import Subject
from reports.models import GovernorQuestion, GovernorReview
from reports.queries.reviews import actions_left, reviews_in_hand, seen_with
from roles.queries import vacancies

LOG_SHOWN = 8
WITHOUT_CATEGORY = {
    NONE: "No category",
    UNCLASSIFIED: "Not classified yet",
    RESTRICTED: KEPT_BACK,
}


def incidents_by_category(school: School, periods: Sequence[Period]) -> list[Table]:
    """Return for each period which category incidents fell into. Two queries for all of them."""
    counted = categories_by_period(school, periods)
    occurring = {pk for counts in counted for _, pk in counts if pk}
    labels: dict[tuple[str, str], str] = {}
    keys: dict[int, tuple[str, str]] = {}
    for one in categories_of(school) if occurring else ():
        if one.pk in occurring:
            staff = one.subject == Subject.STAFF
            keys[one.pk] = (one.subject, one.code)
            labels[keys[one.pk]] = f"Staff, category {one.code}: {one.name}" if staff else str(one)
    return [
        _categories(school, period, counts, keys, labels)
        for period, counts in zip(periods, counted, strict=True)
    ]


def _categories(
    school: School,
    period: Period,
    counts: Counter[tuple[str, int | None]],
    keys: dict[int, tuple[str, str]],
    labels: dict[tuple[str, str], str],
) -> Table:
    url = page_url(school, "incident_list")
    days = {
        "restricted": "no",
        "reported_since": period.start.isoformat(),
        "reported_until": period.end.isoformat(),
    }
    rows = [
        Row(
            f"{subject}_{code}",
            label,
            sum(n for (_, pk), n in counts.items() if pk and keys[pk] == (subject, code)),
            url=f"{url}?{urlencode({'category': code, 'about': subject} | days)}",
            power=POWER,
        )
        for (subject, code), label in sorted(labels.items())
    ]
    rows += [Row(key, label, counts[key, None]) for key, label in WITHOUT_CATEGORY.items()]
    rows.append(Row("total", "All incidents", counts.total()))
    title = "Which category of the policy incidents fell into"
    return Table(
        "category", title, "Category", tuple(rows), adds_up=True, chart=True, note=LEFT_OUT
    )


def filter_tables(school: School, period: Period, *, at: datetime) -> tuple[Table, ...]:
    """Return how the filter was changed, what it blocked and what was reported. Two queries."""
    days = Days(period.label, period.start, period.end)
    changes = measures.change_figures(school, days, at=min(at, period.ends_at))
    failures = measures.failure_figures(school, days)
    listed = {"asked": ("change_list", "view_changes")}
    reported = {"reported": ("failure_list", "view_failures")}
    return (
        Counted("changes", "How the filter was changed", CHANGES, changes, listed).drawn(
            school, period
        ),
        Counted("over_blocking", "How often something needed was blocked", OPENING, changes).drawn(
            school, period
        ),
        Counted(
            "failures", "What people reported about filtering", FAILURES, failures, reported
        ).drawn(school, period),
    )


def alerts_by_verdict(school: School, period: Period) -> Table:
    """Return what alerts of a period turned out to be. One query."""
    counts = measures.alert_figures(school, Days(period.label, period.start, period.end))
    rows = [Row(key, label, counts[key]) for key, label in VERDICTS.items()]
    rows.append(Row("total", "All together", counts["total"]))
    title = "What alerts turned out to be"
    return Table("verdict", title, "Kind", tuple(rows), adds_up=True, chart=True)


def requests_by_month(school: School, period: Period) -> Table:
    """Return how often something was asked to be opened, month by month. One query."""
    months = measures.requests_by_month(school, Days(period.label, period.start, period.end))
    url = page_url(school, "change_list")
    rows = tuple(
        Row(f"{first}", f"{first:%B %Y}", allow, url=url, power="view_changes")
        for first, allow, _ in months
    )
    title = "How often somebody asked for something to be opened"
    return Table("requests", title, "Month", rows, people=False, chart=True)


def latest_log(school: School) -> list[LogEntry]:
    """Return the newest lines of the change log, without a name or anybody's own words."""
    return list(log_rows(school, ()).order_by("-at", "-pk")[:LOG_SHOWN])


def oversight_of(
    request: SchoolRequest, *, at: datetime
) -> tuple[list[Figure], GovernorReview | None]:
    """Return what of governors' reviews is open, and the review that is next. Two queries.

    Nothing for who does not see reviews.
    """
    if not request.may("view_governor_reviews"):
        return [], None
    school, day = request.school, localdate(at)
    left = actions_left(school).filter(seen_with(request.powers)).order_by()
    asked = GovernorQuestion.objects.filter(school=school, answered_at=None)
    counts = School.objects.filter(pk=school.pk).values_list(
        _number_of(left), _number_of(left.filter(due_date__lt=day)), _number_of(asked)
    )
    actions, late, questions = counts.get()
    reviews = list(reviews_in_hand(school))
    listed = {
        name: page_url(school, f"governor_{name}_list") for name in ("action", "question", "review")
    }
    return [
        Figure(
            questions,
            "questions without an answer",
            f"{listed['question']}?state=open",
            one="question without an answer",
        ),
        Figure(
            actions,
            "actions of reviews and meetings to be done",
            f"{listed['action']}?state=open",
            f"{late} overdue" if late else "",
            "action of reviews to be done",
        ),
        Figure(
            sum(one.due_date < day for one in reviews),
            "governors’ reviews past their day",
            f"{listed['review']}?until={day.isoformat()}",
            one="governors’ review past its day",
        ),
    ], reviews[0] if reviews else None


def _number_of(rows: QuerySet) -> Coalesce:
    """Return how many rows there are, as a part of another query."""
    counted = rows.order_by().values("school").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def oversight_figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return what of governors' reviews is open, for those who see reviews."""
    return oversight_of(request, at=at)[0]


def vacancy_figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return how many roles every school must have are held by nobody (REP-14)."""
    if not request.may("view_roles"):
        return []
    count = len(vacancies(request.school, on=localdate(at)))
    url = page_url(request.school, "role_list")
    return [Figure(count, "roles that nobody holds", url, one="role that nobody holds")]

"""The papers of a governors' review: figures as governors may see them, and what is left to do.

They are plain JSON and stay as they were put together (REP-03, REP-17, workflows c.14).
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from common.sections import Period
from filtering.models import LogEntry
from people.models import School
from people.queries import threshold_of
from reports.figures import Figures, compose
from reports.gathering import gather
from reports.models import GovernorQuestion, GovernorReview
from reports.periods import compared, terms_of
from reports.queries.reports import issued_figures
from reports.queries.reviews import actions_left
from roles.queries import vacancies

# What of a report is looked at in a review: section and table.
PAPERS = (
    ("incidents", "subject"),
    ("incidents", "category"),
    ("filtering", "changes"),
    ("filtering", "over_blocking"),
    ("filtering", "failures"),
    ("filtering", "checks"),
    ("monitoring", "verdict"),
    ("agreements", "coverage"),
    ("policy", "versions"),
    ("duties", "outcome"),
)
WITHOUT_TERM = timedelta(weeks=12)


def pack_of(review: GovernorReview, *, at: datetime) -> dict[str, Any]:
    """Return the papers of a review as they are on a day, beside the term before.

    Figures about people are counted to the end of last week, as on the governors' dashboard, and
    marked against the reports governors have been given.
    """
    school, day = review.school, localdate(at)
    period = so_far(term_of(review), day)
    periods = [one for one in (period, compared(school, term_of(review)).previous) if one]
    figures = compose(
        [(one, gather(school, one)) for one in periods],
        threshold_of(school),
        issued_figures(school),
    )
    span = period or term_of(review)
    return {
        "figures": _papers(figures),
        "log_rows": log_rows_in(school, span),
        "actions_left": actions_left(school).filter(meeting=None).count(),
        "questions_open": GovernorQuestion.objects.filter(school=school, answered_at=None).count(),
        "vacancies": len(vacancies(school, on=day)),
        "since": str(span.start),
        "until": str(span.end),
    }


def term_of(review: GovernorReview) -> Period:
    """Return the term a review is about; twelve weeks where no term has its name any more."""
    found = (term for term in terms_of(review.school) if term.label == review.label)
    start = review.due_date - WITHOUT_TERM
    return next(found, Period(start, review.due_date, review.label))


def so_far(period: Period, day: date) -> Period | None:
    """Return a period as far as its weeks are over on a day, or None while none is.

    Governors see figures to the end of a week, so that nobody can watch one case come in.
    """
    sunday = day - timedelta(days=day.isoweekday())
    if period.end <= sunday or period.end < day:
        return period
    if sunday < period.start:
        return None
    return Period(period.start, sunday, f"{period.label} so far")


def log_rows_in(school: School, period: Period) -> int:
    """Return how many lines the change log of the filter got in a span of days."""
    rows = LogEntry.objects.filter(school=school, at__gte=period.begins_at, at__lt=period.ends_at)
    return rows.count()


def _papers(figures: Figures) -> Figures:
    """Return figures with the tables alone that are looked at in a review."""
    sections = [
        section
        | {
            "tables": [
                table for table in section["tables"] if (section["code"], table["code"]) in PAPERS
            ]
        }
        for section in figures["sections"]
    ]
    return figures | {"sections": [section for section in sections if section["tables"]]}

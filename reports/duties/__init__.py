"""What of reports and governors' reviews needs a person now, falls due and recurs."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db.models import Min, QuerySet
from django.db.models.functions import Greatest

from common.duties import OFF, Need, RecurringDuty
from common.requests import SchoolRequest
from people.models import School
from reports.audiences import Audience
from reports.duties import reports, reviews
from reports.models import GovernorReport, GovernorReview, Meeting
from reports.queries.meetings import first_held, meetings_held

PARTS = (reports, reviews)
ASKS = (reports.asks, reviews.asks)
REMINDERS = reviews.REMINDERS


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return what waits for the person, part by part."""
    return [need for part in PARTS for need in part.needs(request, at=at)]


def reports_issued(start: date, end: date) -> QuerySet[GovernorReport, GovernorReport]:
    """Return the issued reports on times that a span of days is part of, or has a part of.

    So one that is issued in the last two weeks of its time counts at once.
    """
    touching = {"period_start__lte": end, "period_end__gte": start}
    return GovernorReport.objects.filter(state="issued", **touching)


def issued_to(audience: str) -> Callable[[Any, date, date], datetime | None]:
    """Return what finds when a report to some readers was first issued (REP-01, 02, 05)."""

    def evidence(school: School, start: date, end: date) -> datetime | None:
        """Return when a report on a time in a span of days was first issued."""
        rows = reports_issued(start, end).filter(school=school, audience=audience)
        found: datetime | None = rows.aggregate(first=Min("issued_at"))["first"]
        return found

    return evidence


def reviews_signed(start: date, end: date) -> QuerySet[GovernorReview, GovernorReview]:
    """Return the signed reviews that were due in a span of days."""
    return GovernorReview.objects.filter(state="signed", due_date__range=(start, end))


def review_signed(school: School, start: date, end: date) -> datetime | None:
    """Return when a governors' review that was due in a span of days had both signatures."""
    rows = reviews_signed(start, end).filter(school=school)
    signed = Greatest("governor_signed_at", "lead_signed_at")
    found: datetime | None = rows.aggregate(first=Min(signed))["first"]
    return found


RECURRING = (
    RecurringDuty(
        code="governor_report",
        label="Report to the governors",
        roles=("osl", "head"),
        words="The governors get a report on every term. This stops when the headteacher has "
        "issued it.",
        requirement="REP-02",
        escalate=("head", "os_gov"),
        remind_days=(10, 3, 0),
        evidence=issued_to(Audience.GOVERNORS),
        records=reports_issued,
        page="governor_report_list",
    ),
    RecurringDuty(
        code="governor_review",
        label="Governors’ review with the online safety lead",
        roles=("os_gov", "osl", "dsl"),
        words="The online-safety governor and the lead look through reports and logs every term. "
        "This stops when both have signed the review.",
        requirement="REP-03",
        escalate=("chair",),
        late_days=20,
        remind_days=(0,),  # two weeks before, its own reminder says that the papers are ready
        evidence=review_signed,
        records=reviews_signed,
        page="governor_review_list",
    ),
    RecurringDuty(
        code="monitoring_to_head",
        label="Monitoring report to the headteacher",
        roles=("osl", "dsl"),
        words="The headteacher hears every half-term what monitoring has brought up. This stops "
        "when you have sent a report on it.",
        requirement="REP-01",
        period="half_term",
        remind_days=(5, 0),
        evidence=issued_to(Audience.HEAD),
        records=reports_issued,
        page="governor_report_list",
    ),
    RecurringDuty(
        code="leaders_meeting",
        label="Online safety discussed with senior leaders",
        roles=("osl", "dsl"),
        words="The lead goes through issues, incidents and logs with senior leaders every "
        "half-term. This stops when you have recorded the meeting.",
        requirement="REP-04",
        period="half_term",
        remind_days=(5, 0),
        evidence=first_held(Meeting.Kind.LEADERS),
        records=meetings_held(Meeting.Kind.LEADERS),
        page="meeting_list",
    ),
    RecurringDuty(
        code="committee_meeting",
        label="Online safety discussed with governors in committee",
        roles=("osl", "dsl", "clerk"),
        words="A committee of governors looks at issues, incidents and logs every term. This stops "
        "when the meeting is recorded.",
        requirement="REP-04",
        escalate=("head", "os_gov"),
        remind_days=(10, 0),
        evidence=first_held(Meeting.Kind.COMMITTEE, Meeting.Kind.GOVERNORS),
        records=meetings_held(Meeting.Kind.COMMITTEE, Meeting.Kind.GOVERNORS),
        page="meeting_list",
    ),
    RecurringDuty(
        code="authority_report",
        label="Report to the local authority or safeguarding board",
        roles=("head", "osl"),
        words="The school reports to its authority or board. This stops when the headteacher has "
        "issued the report.",
        requirement="REP-05",
        period=OFF,
        escalate=("head",),
        evidence=issued_to(Audience.AUTHORITY),
        records=reports_issued,
        page="governor_report_list",
    ),
)

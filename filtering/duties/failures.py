"""What of reports about filtering needs a person now, what falls due, and figures."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Expression, Q, QuerySet
from django.utils import timezone

from common.asking import answers, any_of, counts_of
from common.dates import uk_datetime
from common.duties import Due, Figure, Need, RecurringDuty
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.models import FailureReport
from filtering.queries.failures import OPEN, failures_visible_to
from filtering.queries.provision import end_of_day
from filtering.workflow import FAILURE
from people.models import School
from roles.queries import current_holders

REMINDERS = {"late_failure": "Report about filtering that nobody has taken on"}
RECURRING: tuple[RecurringDuty, ...] = ()
MOST = 12


def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know of reports, as far as the person may see them."""
    found = {}
    if request.may("view_failures") or request.may("test_filtering"):
        found["waiting"] = any_of(_waiting(request, at))
    if request.may("view_failures"):
        found["counts"] = counts_of(
            failures_visible_to(request.person, request.powers).filter(joined=None),
            open=Count("pk", filter=Q(state__in=OPEN)),
            late=Count("pk", filter=_late(at)),
        )
    return found


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return the reports that wait for the person: to be taken on, mended, or tested.

    Whoever sees reports but does not mend them is shown those that nobody took on in time. The
    test is offered to those who see reports, and to staff who sent one; never to who mended it.
    """
    if not answers(request, asks, at=at).get("waiting"):
        return []
    found = _waiting(request, at).order_by("reported_at")[:MOST]
    return [_need(request, failure, at) for failure in found]


def _waiting(request: SchoolRequest, at: datetime) -> QuerySet[FailureReport, FailureReport]:
    rows = failures_visible_to(request.person, request.powers).filter(joined=None, state__in=OPEN)
    waiting = _late(at) if request.may("view_failures") else Q(pk__in=[])
    if request.may("handle_failures"):
        waiting |= Q(state__in=[state for state in OPEN if state != "fixed"])
    if request.may("test_filtering"):
        waiting |= Q(state="fixed") & ~Q(fixed_by=request.person)
    return rows.filter(waiting)


def _late(at: datetime) -> Q:
    return Q(state="reported", due_at__lt=at)


def _need(request: SchoolRequest, failure: FailureReport, at: datetime) -> Need:
    steps = FAILURE.open_to(failure.state, request.powers)
    main = next((step for step in steps if step.main and step.page), None)
    untaken = failure.state == "reported"
    return Need(
        what=f"Report {failure} · {failure.get_kind_display()}",
        why=f"{failure.get_state_display()}. Sent {uk_datetime(failure.reported_at)}",
        url=page_url(request.school, main.page if main else "failure_detail", failure.reference),
        label=main.label if main else "Look at this report",
        due_at=failure.due_at if untaken else None,
        late=untaken and failure.due_at < at,
    )


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return how many reports are open, for those who see reports."""
    counts = answers(request, asks, at=at).get("counts")
    if not counts:
        return []
    note = f"{counts['late']} not taken on in time" if counts["late"] else ""
    url = f"{page_url(request.school, 'failure_list')}?open=open"
    one = "open report about filtering"
    return [Figure(counts["open"], "open reports about filtering", url, note, one)]


def may_be_due(*, on: date) -> list[QuerySet[Any, Any]]:
    """Return the rows, of any school, without which there is nothing to remind of."""
    late = {"state": "reported", "joined": None, "due_at__lt": end_of_day(on)}
    return [FailureReport.objects.filter(**late)]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield a reminder to the headteacher for each report nobody took on in time (FIL-11).

    Once a report. Today’s count only once their time is over.
    """
    late = FailureReport.objects.filter(
        school=school,
        state="reported",
        joined=None,
        due_at__lt=min(end_of_day(on), timezone.now()),
    )
    numbers = list(late.values_list("pk", flat=True))
    heads = current_holders(school, "head", on=on) if numbers else []
    for number in numbers:
        for head in heads:
            yield Due(
                duty="late_failure",
                person_id=head.pk,
                period=str(number),
                words=(
                    "Nobody has taken on a report about filtering in time. This stops once "
                    "somebody does."
                ),
            )

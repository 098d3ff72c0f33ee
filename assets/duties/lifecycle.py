"""What of loans, upkeep, evidence and losses needs a person now, and what falls due."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Expression, Q, QuerySet
from django.utils.timezone import localdate

from assets.actions.losses import JUDGES
from assets.models import Loan, Loss, Upkeep
from assets.queries.lifecycle import losses_to_judge, open_loans, unjudged, upkeep_due
from assets.school_settings import LONGEST_LOAN_NOTICE
from common.asking import answers, any_of, counts_of
from common.duties import Due, Figure, Need, RecurringDuty
from common.pages import page_url
from common.requests import SchoolRequest
from common.stand_ins import with_settings
from people.calendar import LONDON, SchoolCalendar
from people.models import School
from roles.queries import current_holders, holders_by_role, holders_of_power

REMINDERS = {
    "loan_due": "Something borrowed, soon to be back",
    "loan_overdue": "Something borrowed, overdue",
    "loss_to_judge": "Lost equipment with data, to be judged",
    "upkeep_due": "A safety check of equipment",
}
RECURRING: tuple[RecurringDuty, ...] = ()
DUE_WORDS = (
    "You borrowed something from the school and its day comes near. This stops when you have "
    "brought it back."
)
LATE_WORDS = (
    "You borrowed something from the school and its day has passed. This stops when you have "
    "brought it back."
)
HEAD_WORDS = "Equipment that was lent is overdue for some days. This stops when it was taken back."
LOSS_WORDS = (
    "Equipment that may hold personal data is gone, and nobody has judged it. A data breach has to "
    "be judged within 72 hours. This stops when an incident is raised or somebody says why not."
)
CHECK_WORDS = (
    "The day of a safety check of equipment has come. This stops when the check is written down."
)
HEAD_AFTER = 3  # school days overdue after which the headteacher is told
JUDGED_WITHIN = timedelta(hours=72)
MOST = 6


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return what a borrower answers, losses to judge, overdue loans, and checks that are due."""
    told = answers(request, asks, at=at)
    found = _borrowed(request, at) if told.get("borrowed") else []
    if told.get("losses"):
        losses = losses_to_judge(request.school).order_by("noticed_at")[:MOST]
        found += [_loss(request, loss, at) for loss in losses]
    if loans := told.get("loans"):
        found += _lent(request, loans)
    if checks := told.get("checks"):
        url = f"{page_url(request.school, 'upkeep_list')}?open=due"
        found += _many(checks["due"], "check of equipment", "checks of equipment", "Due", url)
    return found


@with_settings("loan_remind_days")
def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know of loans, losses and checks, as far as it may."""
    school, on, found = request.school, localdate(at), {}
    if request.may("borrow_assets"):
        found["borrowed"] = any_of(_loans_of(request, at))
    if request.role_codes.intersection(JUDGES):
        found["losses"] = any_of(losses_to_judge(school))
    if request.may("lend_assets"):
        found["loans"] = counts_of(
            open_loans(school),
            out=Count("pk"),
            late=Count("pk", filter=Q(due_date__lt=on)),
            leavers=Count("pk", filter=Q(borrower__left_date__isnull=False)),
        )
    if request.may("edit_assets"):
        found["checks"] = counts_of(upkeep_due(school, on=on), due=Count("pk"))
    return found


def _loans_of(request: SchoolRequest, at: datetime) -> QuerySet[Loan, Loan]:
    """Return what a borrower has to accept, or to bring back soon."""
    soon = localdate(at) + timedelta(days=request.school.setting("loan_remind_days"))
    return Loan.objects.filter(
        Q(accepted_at=None) | Q(due_date__lte=soon), borrower=request.person, returned_at=None
    )


def _borrowed(request: SchoolRequest, at: datetime) -> list[Need]:
    found = []
    for loan in _loans_of(request, at).select_related("asset").order_by("due_date")[:MOST]:
        new = loan.accepted_at is None
        due = datetime.combine(loan.due_date, time(16), LONDON)
        page = page_url(request.school, "loan_accept", loan.pk)
        found.append(
            Need(
                f"{loan.asset.get_kind_display()} {loan.asset.tag}, lent to you",
                "Say that you have it" if new else "Bring it back, without your data",
                page if new else page_url(request.school, "loan_mine"),
                "I have it" if new else "Look at it",
                None if new else due,
                late=not new and due < at,
            )
        )
    return found


def _loss(request: SchoolRequest, loss: Loss, at: datetime) -> Need:
    due = loss.noticed_at + JUDGED_WITHIN
    return Need(
        f"{loss.get_kind_display()}: {loss.asset.get_kind_display()} {loss.asset.tag}",
        "Personal data may be on it. A data breach is judged within 72 hours",
        page_url(request.school, "loss_detail", loss.pk),
        "Judge it",
        due,
        late=due < at,
    )


def _lent(request: SchoolRequest, counts: dict[str, int]) -> list[Need]:
    """Return the overdue loans and those with people who leave, as two needs."""
    url = page_url(request.school, "loan_list")
    leaves = "Fetch it before the person is gone"
    return [
        *_many(
            counts["leavers"], "loan to a leaver", "loans to leavers", leaves, f"{url}?open=leavers"
        ),
        *_many(counts["late"], "overdue loan", "overdue loans", "Take it back", f"{url}?open=late"),
    ]


def _many(count: int, one: str, several: str, why: str, url: str) -> list[Need]:
    if not count:
        return []
    return [Need(f"1 {one}" if count == 1 else f"{count} {several}", why, url, "Look at them")]


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return how much is lent now, for those who lend."""
    counts = answers(request, asks, at=at).get("loans")
    if not counts or not counts["out"]:
        return []
    note = f"{counts['late']} overdue" if counts["late"] else ""
    url = f"{page_url(request.school, 'loan_list')}?open=open"
    return [Figure(counts["out"], "devices on loan", url, note, "device on loan")]


def may_be_due(*, on: date) -> list[QuerySet[Any, Any]]:
    """Return the rows, of any school, without which there is nothing to remind of."""
    soon = on + timedelta(days=LONGEST_LOAN_NOTICE)
    return [
        Loan.objects.filter(returned_at=None, due_date__lte=soon),
        Loss.objects.filter(unjudged()),
        Upkeep.objects.filter(next_date__lte=on),
    ]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield whom to remind: borrowers before and after the day, then the head; judges; checkers.

    Once a loan and day set for it (AST-10), once a loss, once a check (AST-19).
    """
    yield from _loan_dues(school, on)
    losses = list(losses_to_judge(school).values_list("pk", flat=True))
    if losses:
        holders = holders_by_role(school, JUDGES, on=on).values()
        for person in {one.pk for people in holders for one in people}:
            for number in losses:
                yield Due("loss_to_judge", person, str(number), LOSS_WORDS)
    checks = list(upkeep_due(school, on=on).values_list("pk", flat=True))
    if checks:
        for checker in holders_of_power(school, "edit_assets", on=on):
            for number in checks:
                yield Due("upkeep_due", checker.pk, str(number), CHECK_WORDS)


def _loan_dues(school: School, on: date) -> Iterator[Due]:
    soon = on + timedelta(days=school.setting("loan_remind_days"))
    rows = list(
        open_loans(school).filter(due_date__lte=soon).values_list("pk", "borrower", "due_date")
    )
    heads = [head.pk for head in current_holders(school, "head", on=on)] if rows else []
    calendar = SchoolCalendar.of(school)
    for pk, borrower, due in rows:
        period = f"{pk}-{due:%y%m%d}"
        if due >= on:
            yield Due("loan_due", borrower, period, DUE_WORDS)
            continue
        yield Due("loan_overdue", borrower, period, LATE_WORDS)
        if calendar.school_days_between(due, on) >= HEAD_AFTER:
            for head in set(heads) - {borrower}:
                yield Due("loan_overdue", head, period, HEAD_WORDS)

"""What of disposals and their companies needs a person now, and what falls due (AST-04 to AST-07).

Recipients of a need are told who they are by their powers; no reminder names a thing or a company.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Expression, Q, QuerySet
from django.utils.timezone import localdate

from assets.conditions.disposal_companies import RUNS_OUT
from assets.models import DisposalBatch, DisposalCompany
from assets.queries.disposal import in_work_of, maybe_breached, to_decide, without_papers
from assets.queries.disposal_companies import companies_ending, companies_to_approve, ends_by
from assets.queries.witnessing import hand_overs_seen_by
from assets.school_settings import LONGEST_NOTICE
from assets.workflow import BATCH_OPEN
from common.asking import answers, any_of, counts_of
from common.duties import Due, Figure, Need, RecurringDuty
from common.pages import page_url
from common.requests import SchoolRequest
from common.stand_ins import with_settings
from people.calendar import LONDON
from people.models import School
from roles.queries import holders_by_role, holders_of_power

MOST = 12
NONE = {"count": 0}
# Who is told that data may be lost; whoever of them writes what was done ends it (AST-07).
TOLD_OF_BREACHES = ("siro", "head")
REMINDERS = {
    "disposal_papers": "Papers of a disposal that have not come",
    "disposal_breach": "Papers of a disposal so late that data may be lost",
    "disposal_company": "Disposal company whose licence, guarantee or insurance ends",
}
RECURRING: tuple[RecurringDuty, ...] = ()
PAPERS_WORDS = (
    "You prepared a disposal whose papers should be here by now. This stops once it is closed."
)
BREACH_WORDS = (
    "Papers of a disposal are so late that data may be lost. This stops once somebody writes what "
    "was done or raises an incident from it, or the disposal is closed."
)
COMPANY_WORDS = (
    "What a disposal company has to show runs out soon. This stops once a new day is entered, or "
    "the company is no longer used."
)


@with_settings("papers_late_days", "licence_remind_days")
def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know of disposals and companies, as far as it may."""
    school, person, on = request.school, request.person, localdate(at)
    found: dict[str, Expression] = {}
    if request.may("approve_disposal"):
        found["breaches"] = counts_of(maybe_breached(school, on), count=Count("pk"))
        found["to_decide"] = counts_of(to_decide(person), count=Count("pk"))
    if request.may("prepare_disposal"):
        found["own"] = any_of(in_work_of(person))
    if request.may("confirm_as_witness"):
        found["seen"] = any_of(hand_overs_seen_by(person).filter(witnessed_at=None))
    if request.may("approve_company"):
        found["new_companies"] = any_of(companies_to_approve(person, on))
    if request.may("edit_companies"):
        found["companies"] = any_of(companies_ending(school, on))
    if request.may("view_disposals"):
        late = Q(state="collected", papers_due_date__lt=on)
        found["counts"] = counts_of(
            DisposalBatch.objects.filter(school=school),
            open=Count("pk", filter=Q(state__in=BATCH_OPEN)),
            late=Count("pk", filter=late),
        )
    return found


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return what waits for the person: breaches, decisions, own disposals, then companies."""
    told = answers(request, asks, at=at)
    found: list[Need] = []
    if (told.get("breaches") or NONE)["count"]:
        late = maybe_breached(request.school, localdate(at))[:MOST]
        found += [_need(request, one, "disposal_breach", at) for one in late]
    if (told.get("to_decide") or NONE)["count"]:
        waiting = to_decide(request.person)[:MOST]
        found += [_need(request, one, "disposal_decide", at) for one in waiting]
    if told.get("own"):
        own = in_work_of(request.person).order_by("papers_due_date", "pk")[:MOST]
        found += [_need(request, one, "disposal_detail", at) for one in own]
    if told.get("seen"):
        seen = hand_overs_seen_by(request.person).filter(witnessed_at=None)[:MOST]
        found += [_need(request, one, "hand_over_confirm", at) for one in seen]
    if told.get("new_companies"):
        found += [
            _of_company(request, one, "company_approve", "It waits for your approval", "Look at it")
            for one in companies_to_approve(request.person, localdate(at))[:MOST]
        ]
    if told.get("companies"):
        found += [
            _of_company(request, one, "company_detail", "Something it has shown runs out", "Renew")
            for one in companies_ending(request.school, localdate(at))[:MOST]
        ]
    return found


WORDS = {
    "disposal_breach": ("Papers so late that data may be lost", "Write what was done"),
    "disposal_decide": ("Waits for approval", "Decide"),
    "disposal_detail": ("You prepared it, and it is not closed yet", "Continue"),
    "hand_over_confirm": ("You saw it handed over. Say so yourself", "Confirm it"),
}


def _need(request: SchoolRequest, batch: DisposalBatch, page: str, at: datetime) -> Need:
    why, label = WORDS[page]
    due = None
    if page in {"disposal_breach", "disposal_detail"} and batch.papers_due_date:
        due = datetime.combine(batch.papers_due_date, time(16), LONDON)
    return Need(
        what=f"Disposal {batch}",
        why=why,
        url=page_url(request.school, page, batch.reference),
        label=label,
        due_at=due,
        late=bool(due and due < at),
    )


def _of_company(
    request: SchoolRequest, company: DisposalCompany, page: str, why: str, label: str
) -> Need:
    url = page_url(request.school, page, company.pk)
    return Need(what=f"Disposal company “{company}”", why=why, url=url, label=label)


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return how many disposals are open and how many wait for late papers."""
    counts = answers(request, asks, at=at).get("counts")
    if not counts or not counts["open"]:
        return []
    note = f"{counts['late']} with papers late" if counts["late"] else ""
    url = f"{page_url(request.school, 'disposal_list')}?open=open"
    one = "open disposal of equipment"
    return [Figure(counts["open"], "open disposals of equipment", url, note, one)]


def may_be_due(*, on: date) -> list[QuerySet[Any, Any]]:
    """Return the rows, of any school, without which there is nothing to remind of."""
    soon = on + timedelta(days=LONGEST_NOTICE)
    return [
        DisposalBatch.objects.filter(state="collected"),
        DisposalCompany.objects.filter(ends_by(soon), ended_at=None),
    ]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield who is reminded of missing papers, possible breaches, and what runs out at companies.

    Papers: whoever prepared it, on their day. A possible breach: the risk owner and the
    headteacher. A company: those who keep the register, some days before each day.
    """
    for batch in without_papers(school, on):
        yield Due("disposal_papers", batch.prepared_by_id, str(batch.pk), PAPERS_WORDS)
    late = list(maybe_breached(school, on))
    told = holders_by_role(school, TOLD_OF_BREACHES, on=on) if late else {}
    people = {person.pk for held in told.values() for person in held}
    for batch in late:
        for pk in sorted(people):
            yield Due("disposal_breach", pk, str(batch.pk), BREACH_WORDS)
    yield from _companies(school, on)


def _companies(school: School, on: date) -> Iterator[Due]:
    ending = list(companies_ending(school, on))
    keepers = list(holders_of_power(school, "edit_companies", on=on)) if ending else []
    until = on + timedelta(days=school.setting("licence_remind_days"))
    for company in ending:
        for field, _words in RUNS_OUT:
            day = getattr(company, field)
            if day and day <= until:
                for person in keepers:
                    period = f"{company.pk}:{field.removesuffix('_until')}:{day}"
                    yield Due("disposal_company", person.pk, period, COMPANY_WORDS)

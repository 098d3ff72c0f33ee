"""May this company take equipment away? What it must have shown, and by whom (AST-03, AST-06)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from assets.models import CompanyPaper, DisposalCompany
from assets.vocabulary import CompanyPaperKind
from common.dates import uk_date
from common.errors import Conflicted, Refusal
from people.models import Person, School

# What must be in force, as the field, in words, and the paper that shows it.
MUST_SHOW = (
    ("licence_until", "waste carrier licence", CompanyPaperKind.LICENCE),
    ("guarantee_until", "written guarantee", CompanyPaperKind.GUARANTEE),
)
# What runs out, and is reminded of.
RUNS_OUT = (
    *((field, words) for field, words, _kind in MUST_SHOW),
    ("insurance_until", "insurance"),
    ("standard_until", "certificate of a standard"),
)
# What was approved: whoever changes it takes the approval away.
APPROVED = ("carrier_licence", "licence_until", "guarantee_until")


def lapsed(company: DisposalCompany, on: date) -> list[str]:
    """Return what a company must have in force and has not on a day, in words."""
    return [words for field, words, _kind in MUST_SHOW if getattr(company, field) < on]


def standing_of(company: DisposalCompany, on: date) -> str:
    """Return how a company stands on a day: in_force, soon, waiting, expired or ended."""
    if company.ended_at:
        return "ended"
    if lapsed(company, on):
        return "expired"
    if company.approved_by_id is None:
        return "waiting"
    soon = on + timedelta(days=company.school.setting("licence_remind_days"))
    ends = [getattr(company, field) for field, _words in RUNS_OUT]
    return "soon" if any(day and day <= soon for day in ends) else "in_force"


def why_not(company: DisposalCompany, on: date) -> str:
    """Return why a company may not take anything away on a day, or "" when it may (AST-06)."""
    if company.ended_at:
        return f"“{company}” is no longer used. Choose another company."
    if company.approved_by_id is None:
        return f"“{company}” has not been approved yet."
    for field, words, _kind in MUST_SHOW:
        until = getattr(company, field)
        if until < on:
            return (
                f"The {words} of “{company}” ran out on {uk_date(until)}. Nothing is handed to it "
                "until it has shown a new one and is approved again."
            )
    return ""


def check_in_force(company: DisposalCompany, on: date) -> None:
    """Refuse a company that may not take anything away on a day (AST-03, AST-06)."""
    if why := why_not(company, on):
        raise Refusal(why)


def check_details(school: School, details: dict[str, Any], but: DisposalCompany | None) -> None:
    """Refuse a company without a name or licence number, and a name that is in use."""
    if not details["name"] or not details["carrier_licence"]:
        raise Refusal("Give the company’s name and the number of its waste carrier licence.")
    rows = DisposalCompany.objects.filter(
        school=school, name__iexact=details["name"], ended_at=None
    )
    if (rows.exclude(pk=but.pk) if but else rows).exists():
        raise Refusal(f"“{details['name']}” is in the register already.")


def check_used(company: DisposalCompany) -> None:
    """Refuse to change a company that is no longer used."""
    if company.ended_at:
        raise Refusal(f"“{company}” is no longer used. Enter it again if you need it again.")


def check_approvable(
    company: DisposalCompany, papers: Iterable[CompanyPaper], by: Person, on: date
) -> None:
    """Refuse whoever entered it, what has run out, and dates no paper shows (AST-06).

    The newest licence and the newest guarantee on file must run until the days of the register.
    """
    check_used(company)
    if company.approved_by_id:
        raise Refusal("This company is approved already.")
    if by.pk == company.entered_by_id:
        raise Conflicted("You entered this company, so somebody else has to approve it.")
    newest = {paper.kind: paper for paper in sorted(papers, key=lambda one: one.pk)}
    for field, words, kind in MUST_SHOW:
        until, paper = getattr(company, field), newest.get(kind)
        if until < on:
            raise Refusal(f"Its {words} ran out on {uk_date(until)}.")
        if paper is None:
            raise Refusal(f"Its {words} is not on file. Add the paper first.")
        if paper.valid_until != until:
            raise Refusal(
                f"Its {words} on file does not run until {uk_date(until)}, as the register says. "
                "Add the right paper, or correct the date."
            )


def check_endable(company: DisposalCompany) -> None:
    """Refuse to end a company to which equipment is to go or from which papers are to come."""
    check_used(company)
    open_now = company.batches.filter(state__in=("proposed", "submitted", "approved", "collected"))
    if found := open_now.first():
        raise Refusal(f"Disposal {found} with this company is still open.")

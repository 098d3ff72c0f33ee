"""Read the register of disposal companies and their papers (AST-06)."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.http import Http404

from assets.conditions.disposal_companies import RUNS_OUT, why_not
from assets.models import CompanyPaper, DisposalCompany
from people.models import Person, School


def companies_of(school: School) -> QuerySet[DisposalCompany, DisposalCompany]:
    """Return the companies of a school, those in use first."""
    rows = DisposalCompany.objects.filter(school=school)
    return rows.select_related("school", "entered_by", "approved_by").order_by(
        "-ended_at", "name", "pk"
    )


def company_or_404(school: School, pk: int) -> DisposalCompany:
    """Return one company of a school."""
    found = companies_of(school).filter(pk=pk).first()
    if found is None:
        raise Http404("no such company")
    return found


def papers_of_company(company: DisposalCompany) -> list[CompanyPaper]:
    """Return the papers of a company, newest first."""
    return list(company.papers.select_related("added_by"))


def company_paper_or_404(school: School, pk: int) -> CompanyPaper:
    """Return one paper of a company of a school."""
    found = CompanyPaper.objects.filter(school=school, pk=pk).select_related("company").first()
    if found is None:
        raise Http404("no such paper")
    return found


def companies_to_choose(school: School, on: date) -> list[DisposalCompany]:
    """Return the companies that may take something away on a day. One query."""
    return [one for one in companies_of(school).filter(ended_at=None) if not why_not(one, on)]


def companies_to_approve(person: Person, on: date) -> QuerySet[DisposalCompany, DisposalCompany]:
    """Return the companies that this person may approve on a day: nothing of them has run out."""
    rows = DisposalCompany.objects.filter(
        school=person.school_id,
        approved_by=None,
        ended_at=None,
        licence_until__gte=on,
        guarantee_until__gte=on,
    )
    return rows.exclude(entered_by=person)


def companies_ending(school: School, on: date) -> QuerySet[DisposalCompany, DisposalCompany]:
    """Return the companies in use with something that has run out or soon will (AST-06)."""
    soon = on + timedelta(days=school.setting("licence_remind_days"))
    return DisposalCompany.objects.filter(ends_by(soon), school=school, ended_at=None)


def ends_by(day: date) -> Q:
    """Return what tells companies with something that runs out by a day."""
    ending = Q()
    for field, _words in RUNS_OUT:
        ending |= Q(**{f"{field}__lte": day})
    return ending

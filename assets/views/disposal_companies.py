"""Pages of disposal companies: list, one of them, its papers, approval and end (AST-06)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions import disposal_companies as deeds
from assets.conditions.disposal_companies import standing_of
from assets.disposal_files import MEGABYTES
from assets.forms.disposal_companies import CompanyDeedForm, CompanyForm, CompanyPaperForm
from assets.models import DisposalCompany
from assets.queries.disposal_companies import (
    companies_of,
    company_or_404,
    company_paper_or_404,
    papers_of_company,
)
from assets.showing.disposal_companies import company_facts, company_steps
from assets.views.deed_page import DeedPage, done, drawn
from common.access import requires
from common.errors import Refusal
from common.exports import as_private_download
from common.file_checks import ALLOWED_WORDS
from common.pages import page_url
from common.requests import SchoolRequest

ROWS = 50


@requires("view_disposals")
def company_list(request: SchoolRequest) -> HttpResponse:
    """Show the companies with what runs out when."""
    page = Paginator(companies_of(request.school), ROWS).get_page(request.GET.get("page"))
    today = timezone.localdate()
    for company in page:
        company.standing = standing_of(company, today)  # type: ignore[attr-defined]
    return render(request, "assets/company_list.html", {"page": page})


@requires("edit_companies")
def company_create(request: SchoolRequest) -> HttpResponse:
    """Enter a company; somebody else approves it."""
    form = CompanyForm(request.POST or None)
    if form.is_valid() and done(
        form,
        deeds.enter_company,
        school=request.school,
        details=deeds.CompanyDetails(**form.cleaned_data),
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Entered. Add its papers, then somebody else approves it.")
        return redirect("company_list", request.school.slug)
    back = page_url(request.school, "company_list")
    page = DeedPage("Enter a company", "Enter this company", back, "Companies")
    return drawn(request, page, form)


@requires("view_disposals")
def company_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show a company: what it must have in force, its papers, and what happens next."""
    company = company_or_404(request.school, pk)
    today = timezone.localdate()
    context = {
        "company": company,
        "standing": standing_of(company, today),
        "facts": company_facts(company, today),
        "papers": papers_of_company(company),
        **company_steps(request, company),
    }
    return render(request, "assets/company_detail.html", context)


@requires("edit_companies")
def company_edit(request: SchoolRequest, pk: int) -> HttpResponse:
    """Change a company; another licence or guarantee has to be approved anew."""
    company = company_or_404(request.school, pk)
    form = CompanyForm(request.POST or None, company=company)
    if form.is_valid():
        told = dict(form.cleaned_data)
        version, details = told.pop("version"), deeds.CompanyDetails(**told)
        if _did(request, company, form, deeds.edit_company, version=version, details=details):
            return _back(request, company, "Changed.")
    page = _page(
        company,
        "Change this company",
        "Save this",
        lead="Another licence or guarantee takes its approval away until it is approved again.",
    )
    return drawn(request, page, form)


@requires("edit_companies")
def company_paper(request: SchoolRequest, pk: int) -> HttpResponse:
    """Put a paper of a company on file."""
    company = company_or_404(request.school, pk)
    form = CompanyPaperForm(request.POST or None, request.FILES or None)
    if form.is_valid() and done(
        form,
        deeds.add_company_paper,
        company=company,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        return _back(request, company, "The paper is on file.")
    context = {
        "page": _page(company, "Add a paper", "Add this paper"),
        "form": form,
        "kinds": ALLOWED_WORDS,
        "megabytes": MEGABYTES,
    }
    return render(request, "assets/disposal_upload.html", context)


@requires("view_disposals")
def company_paper_copy(request: SchoolRequest, pk: int) -> HttpResponseBase:
    """Give a copy of a company's paper to keep, never to show; the trail notes it."""
    paper = company_paper_or_404(request.school, pk)
    try:
        deeds.hand_on_company_paper(paper=paper, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("company_detail", request.school.slug, paper.company_id)
    response = FileResponse(paper.file.open("rb"), content_type=paper.file_kind)
    return as_private_download(response, paper.file_name)


@requires("approve_company")
def company_approve(request: SchoolRequest, pk: int) -> HttpResponse:
    """Approve a company, beside what it has shown."""
    company = company_or_404(request.school, pk)
    form = CompanyDeedForm(request.POST or None, company=company)
    if form.is_valid() and _did(request, company, form, deeds.approve_company, **form.cleaned_data):
        return _back(request, company, "Approved. It may be chosen for a disposal now.")
    page = _page(
        company,
        "Approve this company",
        "Approve it",
        lead="Read its licence and its guarantee before you approve it.",
        facts=company_facts(company, timezone.localdate()),
    )
    return drawn(request, page, form)


@requires("edit_companies")
def company_end(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say that a company is no longer used."""
    company = company_or_404(request.school, pk)
    form = CompanyDeedForm(request.POST or None, company=company)
    if form.is_valid() and _did(request, company, form, deeds.end_company, **form.cleaned_data):
        return _back(request, company, f"“{company}” is no longer used.")
    page = _page(
        company,
        "No longer use this company",
        "No longer use it",
        lead="It cannot be chosen any more. What it took, and its papers, stay on file.",
        kind="warning",
    )
    return drawn(request, page, form)


def _did(
    request: SchoolRequest,
    company: DisposalCompany,
    form: Any,
    deed: Any,
    *,
    version: int,
    **values: Any,
) -> bool:
    return done(
        form,
        partial(deed, version=version),
        fresh=company.version,
        company=company,
        **values,
        by=request.person,
        at=timezone.now(),
    )


def _back(request: SchoolRequest, company: DisposalCompany, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("company_detail", request.school.slug, company.pk)


def _page(company: DisposalCompany, title: str, button: str, **more: Any) -> DeedPage:
    back = page_url(company.school, "company_detail", company.pk)
    return DeedPage(title, button, back, str(company), caption=str(company), **more)

"""Pages of personal use of lent equipment: say it, see who said what, tell payroll (AST-11)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions import declarations as deeds
from assets.exporting.care import DECLARED, declaration_cells
from assets.filters.care import DeclarationFilter
from assets.forms.care import PassForm, UseForm
from assets.queries.declarations import (
    declaration_rows,
    tax_year_asked,
    tax_year_or_404,
    to_declare,
    to_pass,
)
from assets.views.deed_page import DeedPage, done, drawn
from assets.views.sheets import sent_as_sheet
from common.access import requires
from common.dates import uk_date
from common.pages import page_url
from common.requests import SchoolRequest

ROWS = 50
NAMED = 12


def _found(request: SchoolRequest) -> DeclarationFilter:
    rows = declaration_rows(request.school)
    return DeclarationFilter(request.GET, queryset=rows, request=request)


@requires("keep_declarations")
def declaration_list(request: SchoolRequest) -> HttpResponse:
    """Show what staff declared, who has not yet, and what payroll has to be told."""
    found = _found(request)
    rows, sort = found.sorted()
    today = timezone.localdate()
    missing = to_declare(request.school, today).order_by("family_name", "given_name", "pk")
    context = {
        "filter": found,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "sort": sort,
        "year": tax_year_asked(request.school, today),
        "missing": list(missing[:NAMED]),
        "missing_count": missing.count(),
        "waits": to_pass(request.school).exclude(person=request.person).count(),
    }
    return render(request, "assets/declaration_list.html", context)


@requires("export_declarations")
def declaration_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the declarations as they are filtered and sorted; the trail notes it (SYS-03)."""
    return sent_as_sheet(
        request,
        _found(request),
        page="declaration_list",
        verb="export_declarations",
        power="export_declarations",
        name="personal use",
        heading=DECLARED,
        cells=declaration_cells,
    )


@requires("keep_declarations")
def declaration_pass(request: SchoolRequest) -> HttpResponse:
    """Tick the declarations that payroll was told of."""
    rows = to_pass(request.school).exclude(person=request.person).order_by("declared_at", "pk")
    form = PassForm(request.POST or None, rows=rows)
    if form.is_valid() and done(
        form,
        deeds.pass_declarations,
        school=request.school,
        declarations=form.chosen,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Written down. Payroll has been told of them.")
        return redirect("declaration_list", request.school.slug)
    back = page_url(request.school, "declaration_list")
    page = DeedPage(
        "Payroll has been told",
        "Payroll has been told of these",
        back,
        "Personal use",
        lead="Tell payroll first, for example with the list as a file. Then tick whom it is about.",
    )
    return drawn(request, page, form)


@requires("declare_use")
def declaration_create(request: SchoolRequest) -> HttpResponse:
    """Say whether one used what was lent for oneself in the last tax year."""
    year = tax_year_or_404(request.person, timezone.localdate())
    form = UseForm(request.POST or None)
    if form.is_valid() and done(
        form,
        deeds.declare_use,
        submission=form.cleaned_data["submission"],
        use=form.use,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Thank you. That is written down.")
        return redirect("loan_mine", request.school.slug)
    page = DeedPage(
        "Your own use of what you borrowed",
        "Declare this",
        page_url(request.school, "loan_mine"),
        "Your loans",
        lead="The school lent you something in the tax year from "
        f"{uk_date(year.starts)} to {uk_date(year.ends)}. Significant use for yourself may be "
        "taxed, so the school has to ask.",
    )
    return drawn(request, page, form)

"""Loans of equipment: all, one's own, lending, accepting, taking back (AST-10, AST-14)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions import loans as deeds
from assets.actions.exporting_own import export_loans
from assets.exporting.loans import HEADING, rows_of
from assets.filters.lifecycle import LoanFilter
from assets.forms.own_devices import VersionForm
from assets.models import Loan
from assets.queries.declarations import declarations_mine, must_declare
from assets.queries.lifecycle import extensions_of, loan_or_404, loan_rows, loans_mine
from assets.showing.inventory import life_in_words
from assets.views.deed_page import DeedPage, done, drawn
from assets.views.export_page import export_page
from common.access import requires
from common.dates import uk_date
from common.pages import page_url
from common.requests import SchoolRequest

ROWS = 50


def _found(request: SchoolRequest) -> LoanFilter:
    return LoanFilter(request.GET, queryset=loan_rows(request.school), request=request)


@requires("view_assets", "lend_assets")
def loan_list(request: SchoolRequest) -> HttpResponse:
    """Show what is lent, to whom and until when; overdue ones stand out (AST-10)."""
    found = _found(request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "sort": sort, "today": timezone.localdate()}
    return render(request, "assets/loan_list.html", context)


@requires("export_assets")
def loan_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the list of loans as it is filtered and sorted; the trail notes it (SYS-03)."""
    school = request.school
    return export_page(
        request,
        _found(request),
        page="loan_list",
        name="loans",
        note=export_loans,
        heading=HEADING,
        read=lambda part: rows_of(school, part),
    )


@requires("view_assets", "borrow_assets")
def loan_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show one loan: its terms, on what agreement it rests, and how it came back."""
    loan = loan_or_404(request.person, request.powers, pk)
    context = {
        "loan": loan,
        "facts": _facts(loan),
        "longer": life_in_words(extensions_of(loan)),
        "mine": loan.borrower_id == request.person.pk,
        "late": not loan.returned_at and loan.due_date < timezone.localdate(),
    }
    return render(request, "assets/loan_detail.html", context)


@requires("borrow_assets")
def loan_mine(request: SchoolRequest) -> HttpResponse:
    """Show what one borrowed, and what one has to say about it (AST-10)."""
    page = Paginator(loans_mine(request.person), ROWS).get_page(request.GET.get("page"))
    today = timezone.localdate()
    declare = request.may("declare_use") and must_declare(request.person, today)
    context = {"page": page, "today": today, "declare": declare}
    if request.may("declare_use"):
        context["declared"] = declarations_mine(request.person)
    return render(request, "assets/loan_mine.html", context)


@requires("borrow_assets")
def loan_accept(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say as the borrower that one has the device and keeps to the terms."""
    words = ("You have it", "I have it and keep to the terms", "Thank you. That is written down.")
    return _answer(request, pk, deeds.accept_loan, words)


@requires("borrow_assets")
def loan_clear(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say as the borrower that one's own data is off the device."""
    told = "Thank you. Bring the device to the office now."
    return _answer(request, pk, deeds.clear_loan, ("My data is removed", "It is removed", told))


def _answer(
    request: SchoolRequest, pk: int, deed: Callable[..., Any], words: tuple[str, str, str]
) -> HttpResponse:
    loan = loan_or_404(request.person, request.powers, pk)
    title, button, told = words
    form = VersionForm(request.POST or None, version=loan.version)
    if form.is_valid() and done(
        form,
        deed,
        fresh=loan.version,
        loan=loan,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, told)
        return redirect("loan_mine", request.school.slug)
    back = page_url(request.school, "loan_mine")
    page = DeedPage(title, button, back, "Your loans", facts=_facts(loan))
    return drawn(request, page, form)


def _facts(loan: Loan) -> list[dict[str, Any]]:
    """Return what was agreed, and how it came back, as rows of a summary list."""
    rows = {
        "Device": f"{loan.asset.name} ({loan.asset.tag})",
        "Borrower": loan.borrower,
        "For": loan.get_use_display(),
        "Activity": loan.activity,
        "Switched on": loan.features_in_words,
        "May do with it": loan.permitted,
        "With the pupil": loan.supervised_by,
        "Protected data": "Yes" if loan.protected_data else "No",
        "Agreement": loan.agreement,
        "Goes with it": loan.with_it,
        "Lent": f"{uk_date(loan.lent_at)} by {loan.lent_by}",
        "Back by": uk_date(loan.due_date),
        "State when lent": loan.get_condition_out_display(),
        "Borrower has it": uk_date(loan.accepted_at) or "Not said yet",
        "Virus protection confirmed": uk_date(loan.protected_at),
        "Borrower’s data is off it": uk_date(loan.data_removed_at) or "Not said yet",
        "Taken back": loan.returned_at and f"{uk_date(loan.returned_at)} by {loan.taken_back_by}",
        "State when back": loan.get_condition_back_display(),
        "Noticed": loan.note_back,
    }
    return [{"label": label, "value": str(value)} for label, value in rows.items() if value]

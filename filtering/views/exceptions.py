"""Exceptions of the governors to the rule that a change takes several people (FIL-06)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.attempt import attempt
from common.errors import Refusal
from common.requests import SchoolRequest
from filtering.actions.exceptions import end_exception, grant_exception
from filtering.forms.exceptions import ExceptionForm
from filtering.queries.changes import exception_or_404, exceptions_of
from filtering.views.change_page import sent_by

ROWS = 50


@requires("view_changes", "grant_exception")
def exception_list(request: SchoolRequest) -> HttpResponse:
    """Show every exception ever recorded, and which one is in force."""
    rows = exceptions_of(request.school)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "today": timezone.localdate()}
    return render(request, "filtering/exception_list.html", context)


@requires("grant_exception")
def exception_grant(request: SchoolRequest) -> HttpResponse:
    """Record an exception that the governing body has minuted."""
    form = ExceptionForm(request.POST or None)
    if form.is_valid() and attempt(
        form, grant_exception, school=request.school, **form.cleaned_data, **sent_by(request)
    ):
        messages.success(request, "The exception is recorded.")
        return redirect("exception_list", request.school.slug)
    return render(request, "filtering/exception_grant.html", {"form": form})


@requires("grant_exception")
def exception_end(request: SchoolRequest, pk: int) -> HttpResponse:
    """End an exception before its day; asks once more before it does."""
    exception = exception_or_404(request.school, pk)
    refusal = ""
    if request.method == "POST":
        try:
            end_exception(exception=exception, **sent_by(request))
        except Refusal as refused:
            refusal = str(refused)
        else:
            messages.success(request, "The exception is ended.")
            return redirect("exception_list", request.school.slug)
    context = {"exception": exception, "refusal": refusal}
    return render(request, "filtering/exception_end.html", context)

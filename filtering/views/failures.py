"""Report something about filtering, follow it, and see the reports (FIL-11, FIL-24)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify

from common.access import requires
from common.errors import Refusal
from common.exports import mend_first, stream_csv
from common.filters import filters_in_words
from common.requests import SchoolRequest
from common.trail_links import what_followed
from filtering.actions.failing import report_failure
from filtering.actions.taking_out_provision import export_failures
from filtering.conditions.failures import needs_authority, needs_incident
from filtering.exporting.failures import HEADING, rows_of
from filtering.filters.failures import FailureFilter
from filtering.forms.failures import FailureForm, FamilyFailureForm
from filtering.models import FailureReport
from filtering.queries.failures import (
    changes_from,
    checks_behind,
    failure_or_404,
    failure_rows,
    reports_joined,
    shown_reporter,
    story_of_failure,
)
from filtering.steps.next_failure import next_deeds
from roles.matrix import PUPILS_AND_PARENTS

ROWS = 50


@requires("report_failure")
def failure_create(request: SchoolRequest) -> HttpResponse:
    """Report something unsuitable or a filter that does not work: one page, for everybody.

    Pupils and parents are asked three questions in plain words; nobody is asked for a picture.
    """
    family = request.role_codes <= PUPILS_AND_PARENTS
    posted = request.POST or None
    child = "pupil" in request.role_codes
    form: Form = (
        FamilyFailureForm(posted, child=child)
        if family
        else FailureForm(posted, school=request.school)
    )
    if form.is_valid():
        now = timezone.now()
        values = {"seen_at": now, **form.cleaned_data}
        try:
            failure = report_failure(school=request.school, **values, by=request.person, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _thanks(failure))
            return redirect("failure_detail", request.school.slug, failure.reference)
    context = {"form": form, "family": family, "child": child}
    return render(request, "filtering/failure_create.html", context)


def _thanks(failure: FailureReport) -> str:
    if failure.joined:
        return "Thank you. We know about this already and are working on it."
    return "Thank you. The people who look after this have been told."


@requires("report_failure", "view_failures")
def failure_list(request: SchoolRequest) -> HttpResponse:
    """Show the reports: all for those who see them, else what the person reported."""
    found = _found(request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    for failure in page:
        failure.shown_reporter = shown_reporter(  # type: ignore[attr-defined]
            failure.reported_by, request.person, request.powers
        )
    context = {"filter": found, "page": page, "sort": sort}
    return render(request, "filtering/failure_list.html", context)


@requires("report_failure", "view_failures")
def failure_detail(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show a report: its story and next step, or to who sent it only their words and the state."""
    failure = failure_or_404(request.person, request.powers, reference)
    context: dict[str, Any] = {"failure": failure, "own": not request.may("view_failures")}
    if not context["own"]:
        context |= {
            "reporter": shown_reporter(failure.reported_by, request.person, request.powers),
            "story": story_of_failure(failure, request.person, request.powers),
            "joined": reports_joined(failure),
            "checks": checks_behind(failure) if request.may("view_checks") else [],
            "changes": changes_from(failure) if request.may("view_changes") else [],
            "needs_incident": needs_incident(failure),
            "needs_authority": needs_authority(failure),
            "followed": what_followed(request, failure),
            **next_deeds(request, failure),
        }
    return render(request, "filtering/failure_detail.html", context)


@requires("view_failures")
def failure_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the list of reports as it is filtered and sorted; the trail notes it."""
    found = _found(request)
    if wrong := mend_first(request, found.form, "failure_list"):
        return wrong
    rows, sort = found.sorted()
    keys, now = list(rows.values_list("pk", flat=True)), timezone.now()
    export_failures(
        school=request.school,
        filters=filters_in_words(found, sort),
        count=len(keys),
        by=request.person,
        at=now,
    )
    person, powers = request.person, request.powers
    return stream_csv(
        f"{slugify(f'filtering reports {request.school} {timezone.localdate(now)}')}.csv",
        school_id=request.school.pk,
        heading=HEADING,
        keys=keys,
        read=lambda part: rows_of(person, powers, part),
    )


def _found(request: SchoolRequest) -> FailureFilter:
    rows = failure_rows(request.person, request.powers)
    return FailureFilter(request.GET, queryset=rows, request=request)

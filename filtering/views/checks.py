"""Filter checks: where, the grid of the term, one check, the history and its export (R-FM-3)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from common.access import requires
from common.attempt import attempt
from common.errors import Refusal
from common.exports import mend_first, stream_csv
from common.filters import filters_in_words
from common.requests import SchoolRequest
from filtering.actions.checking import add_check_points, end_check_point, record_check
from filtering.actions.taking_out_oversight import export_checks
from filtering.conditions.oversight import CHECKING
from filtering.exporting.checks import HEADING, rows_of
from filtering.filters.oversight import CheckFilter, GridFilter
from filtering.forms.checks import CheckForm, CheckPointsForm
from filtering.queries.checks import (
    check_or_404,
    checkers_of,
    checks_of,
    grid_of,
    point_or_404,
    points_of,
)
from filtering.queries.provision import profiles_in_force
from filtering.vocabulary import CheckTest

ROWS = 50


@requires("view_checks")
def check_grid(request: SchoolRequest) -> HttpResponse:
    """Show what was last found at each place, and what is not checked this term."""
    found = GridFilter(request.GET, queryset=points_of(request.school), request=request)
    points = found.qs if found.form.is_valid() or not found.is_bound else found.queryset
    grid = grid_of(request.school, on=timezone.localdate(), points=points)
    context = {"filter": found, "grid": grid, "tests": CheckTest.labels}
    return render(request, "filtering/check_grid.html", context)


@requires("view_checks")
def check_list(request: SchoolRequest) -> HttpResponse:
    """Show every check that was made, with search, filters, sorting and paging."""
    found = CheckFilter(request.GET, queryset=checks_of(request.school), request=request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "sort": sort}
    return render(request, "filtering/check_list.html", context)


@requires("view_checks")
def check_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the checks as they are filtered and sorted, one row for each test."""
    found = CheckFilter(request.GET, queryset=checks_of(request.school), request=request)
    if wrong := mend_first(request, found.form, "check_list"):
        return wrong
    rows, _ = found.sorted()
    keys, now = list(rows.values_list("pk", flat=True)), timezone.now()
    export_checks(
        school=request.school,
        filters=filters_in_words(found),
        count=len(keys),
        by=request.person,
        at=now,
    )
    return stream_csv(
        f"{slugify(f'filter checks {request.school} {timezone.localdate(now)}')}.csv",
        school_id=request.school.pk,
        heading=HEADING,
        keys=keys,
        read=lambda part: rows_of(request.school, part),
    )


@requires("view_checks")
def check_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show one check: who made it, on what, and what each test gave."""
    check = check_or_404(request.school, pk)
    return render(request, "filtering/check_detail.html", {"check": check})


@requires("record_check")
def check_create(request: SchoolRequest) -> HttpResponse:
    """Record a check that two people made; what was reached is reported at once."""
    now = timezone.now()
    points = list(points_of(request.school))
    checkers = checkers_of(request.school, CHECKING, on=timezone.localdate(now))
    form = CheckForm(
        request.POST or None,
        points=points,
        **checkers,
        by=request.person,
        initial={"point": request.GET.get("point", "")},
    )
    if form.is_valid() and attempt(
        form, record_check, **form.check_made(), by=request.person, at=now
    ):
        failed = any(one.failed for one in form.check_made()["results"].values())
        report = " What was reached is reported to those who mend the filter." if failed else ""
        messages.success(request, f"The check is recorded.{report}")
        return redirect("check_grid", request.school.slug)
    return render(request, "filtering/check_create.html", {"form": form, "points": points})


@requires("edit_check_points")
def check_point_create(request: SchoolRequest) -> HttpResponse:
    """Say where filtering is to be checked: every combination of what is ticked."""
    now = timezone.now()
    profiles = list(profiles_in_force(request.school, now))
    form = CheckPointsForm(request.POST or None, school=request.school, profiles=profiles)
    if form.is_valid() and attempt(
        form,
        add_check_points,
        school=request.school,
        **form.cleaned_data,
        by=request.person,
        at=now,
    ):
        messages.success(request, "Filtering is checked there every term from now on.")
        return redirect("check_grid", request.school.slug)
    context = {"form": form, "profiles": profiles}
    return render(request, "filtering/check_point_create.html", context)


@requires("edit_check_points")
@require_POST
def check_point_end(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say that filtering is no longer checked at a place; its checks stay."""
    point = point_or_404(request.school, pk)
    try:
        end_check_point(point=point, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"No longer checked: {point}.")
    return redirect("check_grid", request.school.slug)

"""The figures of filtering and monitoring over a period, on a page and as a file (R-FM-8)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify

from common.access import requires
from common.exports import as_private_download, csv_sheet, mend_first
from common.requests import SchoolRequest
from filtering.actions.taking_out_oversight import export_measures
from filtering.forms.measures import PeriodForm
from filtering.showing.measures import EXACT_FOR, as_rows, measures_of

HEADING = ("Part", "What", "Which figure", "Figure")


@requires("view_measures")
def measures_detail(request: SchoolRequest) -> HttpResponse:
    """Show over-blocking, alert precision, time to open and what else tells how well it works."""
    now = timezone.now()
    form = PeriodForm(request.GET or None)
    period = form.chosen(request.school, on=timezone.localdate(now))
    context = {
        "form": form,
        "period": period,
        "sections": measures_of(request.school, period, request.powers, at=now),
        "exact": EXACT_FOR in request.powers,
    }
    return render(request, "filtering/measures_detail.html", context)


@requires("view_measures")
def measures_export(request: SchoolRequest) -> HttpResponse:
    """Send the same figures as a file; small numbers are left out as on the page."""
    now = timezone.now()
    form = PeriodForm(request.GET or None)
    if wrong := mend_first(request, form, "measures_detail"):
        return wrong
    period = form.chosen(request.school, on=timezone.localdate(now))
    sections = measures_of(request.school, period, request.powers, at=now)
    start, end = period.start.isoformat(), period.end.isoformat()
    export_measures(school=request.school, start=start, end=end, by=request.person, at=now)
    sheet = csv_sheet(HEADING, [("Period", start, "until", end), *as_rows(sections)])
    response = HttpResponse(sheet, content_type="text/csv; charset=utf-8")
    name = slugify(f"filtering figures {request.school} {start} {end}")
    return as_private_download(response, f"{name}.csv")

"""The change log: every deed and decision with its cause, newest first (FIL-03, FIL-35)."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify

from common.access import requires
from common.exports import mend_first, stream_csv
from common.filters import filters_in_words
from common.requests import SchoolRequest
from filtering.actions.taking_out_provision import export_log
from filtering.exporting.log import heading_of, rows_of
from filtering.filters.log import LogFilter
from filtering.long_lists import LongPaginator
from filtering.queries.log import log_rows, sees_names, told_by

ROWS = 50


@requires("view_change_log", "view_plain_log")
def log_list(request: SchoolRequest) -> HttpResponse:
    """Show the log; governors see it without names and without anybody's own words."""
    found = _found(request)
    rows, sort = found.sorted()
    pages = LongPaginator(rows, ROWS)
    page = pages.get_page(request.GET.get("page"))
    for entry in page:
        entry.told_by = told_by(entry, request.person, request.powers)
    context = {
        "filter": found,
        "page": page,
        "count": "" if pages.cut else pages.count,
        "sort": sort,
        "named": sees_names(request.powers),
    }
    return render(request, "filtering/log_list.html", context)


@requires("export_change_log")
def log_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the log as it is filtered and sorted, with names for those who see them."""
    found = _found(request)
    if wrong := mend_first(request, found.form, "log_list"):
        return wrong
    rows, sort = found.sorted()
    keys, now = list(rows.values_list("pk", flat=True)), timezone.now()
    export_log(
        school=request.school,
        filters=filters_in_words(found, sort),
        count=len(keys),
        by=request.person,
        at=now,
    )
    school, person, powers = request.school, request.person, request.powers
    return stream_csv(
        f"{slugify(f'filtering log {school} {timezone.localdate(now)}')}.csv",
        school_id=school.pk,
        heading=heading_of(powers),
        keys=keys,
        read=lambda part: rows_of(school, person, powers, part),
    )


def _found(request: SchoolRequest) -> LogFilter:
    rows = log_rows(request.school, request.powers)
    return LogFilter(request.GET, queryset=rows, request=request)

"""The list of reminders."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from common.access import requires
from common.requests import SchoolRequest
from reminders.filters import ReminderFilter
from reminders.queries import visible_reminders

PER_PAGE = 50


@requires("view_reminders")
def reminder_list(request: SchoolRequest) -> HttpResponse:
    """Show who was reminded of what and when, and what became of the mail (SYS-02)."""
    rows = visible_reminders(request.person, request.powers)
    found = ReminderFilter(request.GET, rows, request=request)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page}
    return render(request, "reminders/reminder_list.html", context)

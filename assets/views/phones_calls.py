"""Private phones used for school in an emergency: say so, and read it (MOB-09)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions import phones_calls as deeds
from assets.exporting.phones import CALL_HEADING, call_cells
from assets.filters.phones import PrivateCallFilter
from assets.forms.phones import PrivateCallForm
from assets.queries.phones import call_or_404, calls_visible_to
from assets.showing.taken import rows as facts
from assets.views.deed_page import DeedPage, done, drawn
from assets.views.export_page import export_page
from common.access import requires
from common.dates import uk_datetime
from common.pages import page_url
from common.requests import SchoolRequest

ROWS = 50
READS = ("read_private_calls", "read_head_calls")


@requires("record_private_call", *READS)
def private_call_list(request: SchoolRequest) -> HttpResponse:
    """Show private phones used: one's own, and those the headteacher or the chair reads."""
    found = _found(request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "sort": sort, "reads": _reads(request)}
    return render(request, "assets/private_call_list.html", context)


@requires(*READS)
def private_call_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the list as it is filtered and sorted; the trail notes it (SYS-03)."""
    person, powers = request.person, request.powers
    return export_page(
        request,
        _found(request),
        page="private_call_list",
        name="private phones used",
        note=deeds.export_private_calls,
        heading=CALL_HEADING,
        read=lambda part: call_cells(person, powers, part),
    )


@requires("record_private_call")
def private_call_create(request: SchoolRequest) -> HttpResponse:
    """Say that one used one's private phone; the headteacher is told at once."""
    form = PrivateCallForm(request.POST or None)
    to_chair = request.may("read_private_calls")
    reader = "chair of governors" if to_chair else "headteacher"
    if form.is_valid() and done(
        form,
        deeds.record_private_call,
        school=request.school,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, f"It is written down, and the {reader} is told.")
        return redirect("private_call_list", request.school.slug)
    page = DeedPage(
        "You used your private phone",
        "Write it down",
        page_url(request.school, "private_call_list"),
        "Private phones used",
        lead=f"For school, in an emergency. The {reader} is told when you save this.",
    )
    return drawn(request, page, form)


@requires(*READS)
def private_call_read(request: SchoolRequest, pk: int) -> HttpResponse:
    """Read how somebody used their private phone, and say so (MOB-09)."""
    call = call_or_404(request.person, request.powers, pk)
    form = Form(request.POST if request.method == "POST" else None)
    back = page_url(request.school, "private_call_list")
    if form.is_valid() and done(
        form, deeds.read_private_call, call=call, by=request.person, at=timezone.now()
    ):
        messages.success(request, "Thank you. It is marked as read.")
        return redirect(back)
    told = facts(
        ("Who", call.caller),
        ("Used", uk_datetime(call.used_at)),
        ("Emergency", call.reason),
        ("Number", "It was hidden" if call.number_hidden else "It may have been seen"),
        ("Written down", uk_datetime(call.recorded_at)),
        ("Read", call.read_at and f"{uk_datetime(call.read_at)}, by {call.read_by}"),
    )
    page = DeedPage(
        "A private phone was used",
        "I have read this",
        back,
        "Private phones used",
        facts=told,
        sends=call.read_at is None,
    )
    return drawn(request, page, form)


def _reads(request: SchoolRequest) -> bool:
    return any(request.may(power) for power in READS)


def _found(request: SchoolRequest) -> PrivateCallFilter:
    rows = calls_visible_to(request.person, request.powers)
    return PrivateCallFilter(request.GET, queryset=rows, request=request)

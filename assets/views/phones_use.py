"""Permissions to use a phone outside breaks or in a lesson (MOB-06, MOB-07)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions import phones_use as deeds
from assets.exporting.phones import PHONE_USE_HEADING, phone_use_cells
from assets.filters.phones import PhoneUseFilter
from assets.forms.own_devices import VersionForm
from assets.forms.phones import EmergencyUseForm, PhoneUseForm
from assets.forms.recording import DecideRecordingForm, WithdrawRecordingForm
from assets.queries.phones import (
    class_choices,
    phone_use_or_404,
    phone_uses_visible_to,
    story_of_phone_use,
)
from assets.showing.phones import (
    KIND_WORDS,
    STATE_KINDS,
    days_of,
    next_phone_use_deeds,
    phone_use_facts,
)
from assets.views.deed_page import DeedPage, done, drawn
from assets.views.export_page import export_page
from common.access import requires
from common.pages import page_url
from common.requests import SchoolRequest
from people.queries import people_source

ROWS = 50
TOLD = ("Reason", "Activity")  # by the story
SEES = ("ask_phone_use", "view_phone_uses", "decide_phone_use")


@requires(*SEES)
def phone_use_list(request: SchoolRequest) -> HttpResponse:
    """Show what was allowed: all for those who see it, else one's own and lessons allowed."""
    found = _found(request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    for permission in page:
        permission.state_kind = STATE_KINDS[permission.state]
        permission.kind_words = KIND_WORDS[permission.kind]
        permission.days = days_of(permission)
    context = {"filter": found, "page": page, "sort": sort}
    return render(request, "assets/phone_use_list.html", context)


@requires("view_phone_uses")
def phone_use_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the list as it is filtered and sorted; the trail notes it (SYS-03)."""
    person, powers = request.person, request.powers
    return export_page(
        request,
        _found(request),
        page="phone_use_list",
        name="use of phones",
        note=deeds.export_phone_uses,
        heading=PHONE_USE_HEADING,
        read=lambda part: phone_use_cells(person, powers, part),
    )


@requires("ask_phone_use")
def phone_use_create(request: SchoolRequest) -> HttpResponse:
    """Ask to use one's phone outside breaks, or for pupils' own devices in a lesson."""
    form = PhoneUseForm(request.POST or None, classes=class_choices(request.school))
    page = DeedPage(
        "Ask to use a phone",
        "Ask for it",
        page_url(request.school, "phone_use_list"),
        "Use of phones",
        lead="A leader decides. It holds for what you name, for the days you name, and ends by "
        "itself.",
    )
    return _new(request, form, deeds.ask_phone_use, page, "The leaders have been asked.")


@requires("record_emergency_use")
def phone_use_emergency(request: SchoolRequest) -> HttpResponse:
    """Write down today what one allowed in an emergency today (MOB-06)."""
    source = people_source(
        request.person,
        request.role_codes,
        url=f"{page_url(request.school, 'person_find')}?kind=staff&kind=volunteer&kind=external",
        on=timezone.localdate(),
        kinds=("staff", "volunteer", "external"),
    )
    form = EmergencyUseForm(request.POST or None, source=source)
    page = DeedPage(
        "Write down an emergency",
        "Write it down",
        page_url(request.school, "phone_use_list"),
        "Use of phones",
        lead="You allowed somebody their phone by word of mouth today. It ends with the day.",
    )
    return _new(request, form, deeds.record_emergency_use, page, "It is written down.")


@requires(*SEES)
def phone_use_detail(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show a permission: what it is good for, its story, and the next step."""
    permission = phone_use_or_404(request.person, request.powers, reference)
    context = {
        "permission": permission,
        "state_kind": STATE_KINDS[permission.state],
        "facts": [fact for fact in phone_use_facts(permission) if fact["label"] not in TOLD],
        "story": story_of_phone_use(permission),
        **next_phone_use_deeds(request, permission),
    }
    return render(request, "assets/phone_use_detail.html", context)


@requires("decide_phone_use")
def phone_use_decide(request: SchoolRequest, reference: str) -> HttpResponse:
    """Allow or refuse as a leader."""
    words = ("Decide on the use of a phone", "Save this decision", "Decided. The person is told.")
    return _step(request, reference, DecideRecordingForm, _decide, words)


@requires("decide_phone_use")
def phone_use_withdraw(request: SchoolRequest, reference: str) -> HttpResponse:
    """Take a permission back at once; the person is told."""
    words = ("Withdraw this permission", "Withdraw it now", "Withdrawn. The person is told.")
    return _step(request, reference, WithdrawRecordingForm, deeds.withdraw_phone_use, words)


@requires("ask_phone_use")
def phone_use_end(request: SchoolRequest, reference: str) -> HttpResponse:
    """Say that one no longer needs it."""
    words = ("It is no longer needed", "End it now", "It is ended.")
    return _step(request, reference, VersionForm, deeds.end_phone_use, words)


def _decide(*, decision: str, note: str, **deed: Any) -> None:
    step = deeds.decide_phone_use if decision == "allow" else deeds.refuse_phone_use
    step(note=note, **deed)


def _new(
    request: SchoolRequest, form: Any, deed: Callable[..., Any], page: DeedPage, told: str
) -> HttpResponse:
    if form.is_valid() and done(
        form,
        deed,
        school=request.school,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, told)
        return redirect("phone_use_list", request.school.slug)
    return drawn(request, page, form)


def _step(
    request: SchoolRequest,
    reference: str,
    form_class: type[VersionForm],
    deed: Callable[..., Any],
    words: tuple[str, str, str],
) -> HttpResponse:
    """Draw a step's form, or do it; ``words`` are its title, its button, and what is said after."""
    permission = phone_use_or_404(request.person, request.powers, reference)
    form = form_class(request.POST or None, version=permission.version)
    title, button, told = words
    if form.is_valid() and done(
        form,
        deed,
        fresh=permission.version,
        permission=permission,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, told)
        return redirect("phone_use_detail", request.school.slug, permission.reference)
    back = page_url(request.school, "phone_use_detail", permission.reference)
    page = DeedPage(title, button, back, permission.reference, facts=phone_use_facts(permission))
    return drawn(request, page, form)


def _found(request: SchoolRequest) -> PhoneUseFilter:
    rows = phone_uses_visible_to(request.person, request.powers)
    return PhoneUseFilter(request.GET, queryset=rows, request=request)

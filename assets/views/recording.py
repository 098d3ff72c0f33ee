"""Permissions to record with one's own device, and the pictures (MOB-05, MOB-08)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions import recording as deeds
from assets.actions.recording_uses import confirm_deletion, use_recording
from assets.filters.own_devices import RecordingFilter
from assets.forms.own_devices import VersionForm
from assets.forms.recording import (
    AskRecordingForm,
    DecideRecordingForm,
    DeletionForm,
    NoteRecordingForm,
    UseRecordingForm,
    WithdrawRecordingForm,
)
from assets.models import RecordingPermission
from assets.queries.own_devices import (
    devices_to_record_with,
    recording_or_404,
    recording_rows,
    story_of_recording,
    use_or_404,
    uses_of,
)
from assets.showing.recording import next_recording_deeds
from assets.views.deed_page import DeedPage, done, drawn
from common.access import requires
from common.dates import uk_date
from common.pages import page_url
from common.requests import SchoolRequest

ROWS = 50


@requires("ask_recording", "view_recordings")
def recording_list(request: SchoolRequest) -> HttpResponse:
    """Show who may record: all for those who watch it, else one's own requests (MOB-05)."""
    rows = recording_rows(request.person, request.powers)
    found = RecordingFilter(request.GET, queryset=rows, request=request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "page": page,
        "sort": sort,
        "banned": request.school.setting("personal_recording") == "banned",
    }
    return render(request, "assets/recording_list.html", context)


@requires("ask_recording")
def recording_create(request: SchoolRequest) -> HttpResponse:
    """Ask the headteacher to let one record with a device of one's own."""
    devices = list(devices_to_record_with(request.person))
    form = AskRecordingForm(request.POST or None, devices=devices)
    if form.is_valid() and done(
        form,
        deeds.ask_recording,
        school=request.school,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "The headteacher has been asked.")
        return redirect("recording_list", request.school.slug)
    context = {"form": form, "devices": devices}
    return render(request, "assets/recording_create.html", context)


@requires("ask_recording", "view_recordings")
def recording_detail(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show a permission: until when it holds, its story, each use, and the next step."""
    permission = recording_or_404(request.person, request.powers, reference)
    context = {
        "permission": permission,
        "mine": permission.holder_id == request.person.pk,
        "story": story_of_recording(permission),
        "uses": uses_of(permission),
        "today": timezone.localdate(),
        "same_day": request.school.setting("same_day_deletion"),
        **next_recording_deeds(request, permission),
    }
    return render(request, "assets/recording_detail.html", context)


@requires("decide_recording")
def recording_decide(request: SchoolRequest, reference: str) -> HttpResponse:
    """Allow or refuse as the headteacher."""
    return _step(
        request,
        reference,
        DecideRecordingForm,
        _decide,
        ("Decide on recording", "Save this decision", "Decided. The person is told."),
    )


@requires("decide_recording")
def recording_withdraw(request: SchoolRequest, reference: str) -> HttpResponse:
    """Take a permission back at once; the person is told."""
    words = ("Withdraw this permission", "Withdraw it now", "Withdrawn. The person is told.")
    return _step(request, reference, WithdrawRecordingForm, deeds.withdraw_recording, words)


@requires("view_recordings")
def recording_note(request: SchoolRequest, reference: str) -> HttpResponse:
    """Write down what was seen of how a permission is used."""
    words = ("Write what was seen", "Write it down", "Written down.")
    return _step(request, reference, NoteRecordingForm, deeds.note_recording, words)


@requires("ask_recording")
def recording_use(request: SchoolRequest, reference: str) -> HttpResponse:
    """Say that one recorded; the pictures are to be off the device the same day (MOB-08)."""
    done_words = "Written down. Once the pictures are off your device, say so here."
    words = ("Say that you recorded", "Write it down", done_words)
    return _step(request, reference, UseRecordingForm, use_recording, words)


@requires("ask_recording")
def recording_delete(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say where the pictures are now and when they were deleted from one's device (MOB-08)."""
    use = use_or_404(request.person, pk)
    form = DeletionForm(request.POST or None)
    back = page_url(request.school, "recording_detail", use.permission.reference)
    if form.is_valid() and done(
        form,
        confirm_deletion,
        use=use,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Thank you. That is written down.")
        return redirect(back)
    page = DeedPage(
        "The pictures are off my device",
        "They are deleted",
        back,
        use.permission.reference,
        facts=[
            {"label": "Recorded", "value": uk_date(use.used_date)},
            {"label": "What", "value": use.what},
        ],
    )
    return drawn(request, page, form)


def _decide(*, decision: str, note: str, **deed: Any) -> None:
    if decision == "allow":
        deeds.decide_recording(note=note, **deed)
    else:
        deeds.refuse_recording(note=note, **deed)


def _step(
    request: SchoolRequest,
    reference: str,
    form_class: type[VersionForm],
    deed: Callable[..., Any],
    words: tuple[str, str, str],
) -> HttpResponse:
    """Draw a step's form, or do it; ``words`` are its title, its button, and what is said after."""
    permission = recording_or_404(request.person, request.powers, reference)
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
        return redirect("recording_detail", request.school.slug, permission.reference)
    back = page_url(request.school, "recording_detail", permission.reference)
    page = DeedPage(title, button, back, permission.reference, facts=_facts(permission))
    return drawn(request, page, form)


def _facts(permission: RecordingPermission) -> list[dict[str, Any]]:
    days = f"{uk_date(permission.from_date)} to {uk_date(permission.until_date)}"
    rows = {
        "Who": permission.holder,
        "Device": permission.device,
        "What for": permission.purpose,
        "Days": days,
    }
    return [{"label": label, "value": str(value)} for label, value in rows.items()]

"""The deeds on a disposal, one page each (workflows c.12)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from assets.actions import disposal_deciding, disposal_handing, disposal_preparing
from assets.disposal_needs import DisposalFile
from assets.forms import disposal as forms
from assets.models import DisposalBatch
from assets.queries.disposal import device_in_or_404, devices_to_choose, disposal_or_404
from assets.queries.disposal_companies import companies_to_choose
from assets.showing.disposal import asked_rows, device_rows, identity_of
from assets.views.deed_page import DeedPage, done, drawn
from common.access import requires
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest
from people.queries import people_source


@requires("prepare_disposal")
def disposal_edit(request: SchoolRequest, reference: str) -> HttpResponse:
    """Put devices into a disposal, by ticking them or by their tags, and take them out."""
    batch = disposal_or_404(request.school, reference)
    form = forms.DevicesForm(request.POST or None, devices=devices_to_choose(request.school))
    if form.is_valid() and _did(request, batch, form, disposal_preparing.add_devices, **form.told):
        messages.success(request, "They are in it now. Put in more, or go back and ask.")
        return redirect("disposal_edit", request.school.slug, reference)
    file = DisposalFile(batch, on=timezone.localdate())
    context = {"batch": batch, "form": form, "devices": file.devices}
    return render(request, "assets/disposal_edit.html", context)


@requires("prepare_disposal")
@require_POST
def disposal_take_out(request: SchoolRequest, reference: str, pk: int) -> HttpResponse:
    """Take a device out of a disposal that is being prepared."""
    batch = disposal_or_404(request.school, reference)
    item = device_in_or_404(batch, pk)
    try:
        disposal_preparing.take_out_device(item=item, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{item.asset} is out of it.")
    return redirect("disposal_edit", request.school.slug, reference)


@requires("prepare_disposal")
def disposal_change(request: SchoolRequest, reference: str) -> HttpResponse:
    """Change route, company or reason of a disposal that is being prepared."""
    batch = disposal_or_404(request.school, reference)
    companies = companies_to_choose(request.school, timezone.localdate())
    form = forms.DisposalForm(request.POST or None, companies=companies, batch=batch)
    if form.is_valid():
        told = dict(form.cleaned_data)
        version = told.pop("version")
        details = disposal_preparing.DisposalDetails(**told)
        deed = disposal_preparing.edit_disposal
        if _did(request, batch, form, deed, version=version, details=details):
            return _back(request, batch, "Changed.")
    return drawn(request, _page(batch, "Change route, company or reason", "Save this"), form)


@requires("prepare_disposal")
def disposal_submit(request: SchoolRequest, reference: str) -> HttpResponse:
    """Ask for approval of a disposal."""
    return _simple(
        request,
        reference,
        forms.BatchForm,
        disposal_preparing.submit_disposal,
        title="Ask for approval",
        button="Ask for approval",
        done="Asked. Somebody else decides now.",
        lead="Whoever approves it cannot be you. Nothing can be put in until then.",
    )


@requires("prepare_disposal")
def disposal_withdraw(request: SchoolRequest, reference: str) -> HttpResponse:
    """Withdraw a disposal before anything left."""
    return _simple(
        request,
        reference,
        forms.WithdrawForm,
        disposal_preparing.withdraw_disposal,
        title="Withdraw this disposal",
        button="Withdraw it",
        done="Withdrawn.",
        lead="The devices are no longer wanted, as before. What was wiped stays written down.",
        kind="warning",
    )


@requires("approve_disposal")
def disposal_decide(request: SchoolRequest, reference: str) -> HttpResponse:
    """Approve, send back or refuse, beside exactly what would leave (AST-27)."""
    batch = disposal_or_404(request.school, reference)
    form = forms.DecideForm(request.POST or None, batch=batch)
    if form.is_valid():
        told = dict(form.cleaned_data)
        deed = getattr(disposal_deciding, told.pop("decision"))
        if _did(request, batch, form, deed, **told):
            return _back(request, batch, "Your decision is recorded.")
    file = DisposalFile(batch, on=timezone.localdate())
    context = {
        "batch": batch,
        "form": form,
        "identity": identity_of(batch),
        "asked": asked_rows(batch),
        "devices": device_rows(request, file),
    }
    return render(request, "assets/disposal_decide.html", context)


@requires("prepare_disposal")
def disposal_collect(request: SchoolRequest, reference: str) -> HttpResponse:
    """Hand the devices over, counted by two people (AST-03)."""
    batch = disposal_or_404(request.school, reference)
    form = forms.HandOverForm(request.POST or None, batch=batch, source=staff_picker(request))
    if form.is_valid():
        told = dict(form.cleaned_data)
        version = told.pop("version")
        seen = disposal_handing.HandOver(**told)
        if _did(
            request, batch, form, disposal_handing.collect_disposal, version=version, seen=seen
        ):
            return _back(request, batch, "Handed over. The papers are to come now.")
    page = _page(
        batch,
        "Hand the devices over",
        "Record this hand-over",
        lead="Two people of the school stand there and count. Nothing leaves that is not in it.",
        facts=[{"label": "Taken by", "value": str(batch.company or batch.recipient)}],
    )
    return drawn(request, page, form)


@requires("prepare_disposal")
def disposal_finish(request: SchoolRequest, reference: str) -> HttpResponse:
    """Close a disposal whose papers are complete."""
    return _simple(
        request,
        reference,
        forms.BatchForm,
        disposal_handing.finish_disposal,
        title="Close this disposal",
        button="Close it: papers are complete",
        done="Closed and sealed. Its certificate can be printed now.",
        lead="What its certificate says is sealed and cannot be changed afterwards.",
    )


@requires("approve_disposal")
def disposal_breach(request: SchoolRequest, reference: str) -> HttpResponse:
    """Write what was done about papers so late that data may be lost (AST-07)."""
    batch = disposal_or_404(request.school, reference)
    form = forms.BreachForm(request.POST or None, initial={"note": batch.breach_note})
    if form.is_valid() and _did(
        request, batch, form, disposal_handing.note_breach, **form.cleaned_data
    ):
        return _back(request, batch, "Written down. The disposal stays open.")
    page = _page(
        batch,
        "What was done about late papers",
        "Write this down",
        warning="Nobody can show what became of the data. If it may be lost, raise an incident, "
        "and tell your data protection officer today.",
    )
    return drawn(request, page, form)


def staff_picker(request: SchoolRequest) -> Any:
    """Return where this person's pickers find members of staff."""
    return people_source(
        request.person,
        request.role_codes,
        url=page_url(request.school, "person_find"),
        on=timezone.localdate(),
        kinds=("staff", "governor"),
    )


def _simple(
    request: SchoolRequest,
    reference: str,
    form_class: type[forms.BatchForm],
    deed: Any,
    *,
    title: str,
    button: str,
    done: str,
    **more: Any,
) -> HttpResponse:
    """Draw a form whose fields are what the deed takes, or do it."""
    batch = disposal_or_404(request.school, reference)
    form = form_class(request.POST or None, batch=batch)
    if form.is_valid() and _did(request, batch, form, deed, **form.cleaned_data):
        return _back(request, batch, done)
    return drawn(request, _page(batch, title, button, **more), form)


def _did(
    request: SchoolRequest, batch: DisposalBatch, form: Form, deed: Any, **values: Any
) -> bool:
    at = timezone.now()
    act = partial(deed, batch=batch, **values, by=request.person, at=at)
    return done(form, act, fresh=batch.version)


def _back(request: SchoolRequest, batch: DisposalBatch, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("disposal_detail", request.school.slug, batch.reference)


def _page(batch: DisposalBatch, title: str, button: str, **more: Any) -> DeedPage:
    back = page_url(batch.school, "disposal_detail", batch.reference)
    caption = f"Disposal {batch}"
    return DeedPage(title, button, back, caption, caption=caption, **more)

"""What the pages of deeds on a filter change share: load, form, one action, message, redirect."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.errors import Refusal, StaleRecord
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.models import ChangeRequest
from filtering.queries.change_page import asked_rows, identity_of, judged_rows
from filtering.queries.changes import change_or_404, changes_visible_to
from filtering.queries.overlaps import overlaps_of
from filtering.workflow import CHANGE
from people.queries import people_source

Act = Callable[[dict[str, Any]], Any]


def load(request: SchoolRequest, reference: str) -> ChangeRequest:
    """Return the change of the address if the person may see it."""
    return change_or_404(request.person, request.powers, reference)


def staff_picker(request: SchoolRequest) -> Any:
    """Return where a picker finds members of staff."""
    return people_source(
        request.person,
        request.role_codes,
        url=page_url(request.school, "person_find"),
        on=timezone.localdate(),
        kinds=("staff",),
    )


def sent_by(request: SchoolRequest) -> dict[str, Any]:
    """Return who does it, and when, as every action takes it."""
    return {"by": request.person, "at": timezone.now()}


def deed_page(
    request: SchoolRequest,
    change: ChangeRequest,
    form: Form,
    act: Act,
    *,
    step: str,
    done: str,
    template: str = "filtering/change_step.html",
    **context: Any,
) -> HttpResponse:
    """Draw the form of a step beside what is asked for, or do it; a refusal keeps what was typed.

    After a stale refusal the form carries the version now in force, so that whoever looked at
    the change can send it again.
    """
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, StaleRecord):
                data = request.POST.copy()
                data["version"] = str(change.version)
                form.data = data
        else:
            messages.success(request, done)
            return redirect(after(request, change))
    shown = {
        "change": change,
        "form": form,
        "step": CHANGE.step(step),
        "identity": identity_of(change, at=timezone.now()),
        "asked": asked_rows(change),
        "judged": judged_rows(change),
        "overlaps": overlaps_of(change),
    }
    return render(request, template, shown | context)


def after(request: SchoolRequest, change: ChangeRequest) -> str:
    """Return where to go after a deed: the change, or the list for whoever no longer sees it."""
    seen = changes_visible_to(request.person, request.powers).filter(pk=change.pk)
    if seen.exists():
        return page_url(request.school, "change_detail", change.reference)
    return page_url(request.school, "change_list")

"""The deeds on a report about filtering, each a page (FIL-12, workflows c.7)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.errors import Refusal, StaleRecord
from common.requests import SchoolRequest
from filtering.actions import mending
from filtering.forms.failures import (
    ContainForm,
    EscalateForm,
    FailureNoteForm,
    FailureStepForm,
    FixForm,
    TakeOnForm,
    VerifyForm,
)
from filtering.queries.failures import failure_or_404
from filtering.vocabulary import TestResult
from filtering.workflow import FAILURE


@requires("handle_failures")
def failure_acknowledge(request: SchoolRequest, reference: str) -> HttpResponse:
    """Take a report on."""
    return _step(
        request, reference, TakeOnForm, mending.acknowledge_failure, "You took this report on."
    )


@requires("handle_failures")
def failure_contain(request: SchoolRequest, reference: str) -> HttpResponse:
    """Say how it was made safe for now."""
    return _step(request, reference, ContainForm, mending.contain_failure, "Written down.")


@requires("handle_failures")
def failure_note(request: SchoolRequest, reference: str) -> HttpResponse:
    """Write a line into the log."""
    return _step(request, reference, FailureNoteForm, mending.note_failure, "Written down.")


@requires("handle_failures")
def failure_escalate(request: SchoolRequest, reference: str) -> HttpResponse:
    """Pass a report to the provider."""
    return _step(request, reference, EscalateForm, mending.escalate_failure, "Passed on.")


@requires("handle_failures")
def failure_fix(request: SchoolRequest, reference: str) -> HttpResponse:
    """Say what was wrong and that it is mended."""
    done = "Mended. Somebody else tests it now."
    return _step(request, reference, FixForm, mending.fix_failure, done)


@requires("test_filtering")
def failure_verify(request: SchoolRequest, reference: str) -> HttpResponse:
    """Test as a second person: it works and is closed, or the work goes on."""
    return _step(request, reference, VerifyForm, _verify, "Your test is written down.")


def _verify(*, result: str, note: str, no_incident_reason: str = "", **deed: Any) -> None:
    if result == TestResult.WORKS:
        mending.verify_failure(note=note, no_incident_reason=no_incident_reason, **deed)
    else:
        mending.return_failure(note=note, **deed)


def _step(
    request: SchoolRequest,
    reference: str,
    form_class: type[FailureStepForm],
    act: Callable[..., Any],
    done: str,
) -> HttpResponse:
    """Draw the form of the page's step, or do it; a refusal keeps what was typed and says why.

    After a stale refusal the form carries the version now in force.
    """
    failure = failure_or_404(request.person, request.powers, reference)
    form = form_class(request.POST or None, failure=failure)
    if form.is_valid():
        try:
            act(failure=failure, **form.cleaned_data, by=request.person, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, StaleRecord):
                form.data = request.POST.copy()
                form.data["version"] = str(failure.version)
        else:
            messages.success(request, done)
            return redirect("failure_detail", request.school.slug, failure.reference)
    page = request.resolver_match.url_name if request.resolver_match else ""
    step = next(step for step in FAILURE.steps if step.page == page)
    context = {"failure": failure, "form": form, "step": step}
    return render(request, "filtering/failure_step.html", context)

"""What the pages of deeds of oversight share: do it once, keep what was typed when refused."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.documents import Imprint
from common.errors import Refusal, StaleRecord
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.models import Review
from filtering.workflow import REVIEW
from people.queries import people_source


def send(form: Form, deed: Callable[..., Any], *, fresh: int, **values: Any) -> bool:
    """Return whether the deed was done; a refusal becomes an error of the form.

    After a stale refusal the form carries the version now in force, so that whoever has looked
    at the change can send it again.
    """
    try:
        deed(**values)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        if isinstance(refusal, StaleRecord):
            typed: Any = form.data
            form.data = again = typed.copy()
            again["version"] = str(fresh)
        return False
    return True


def step_page(
    request: SchoolRequest,
    form: Form,
    *,
    title: str,
    button: str,
    back: str,
    back_label: str,
    template: str = "filtering/oversight_step.html",
    **context: Any,
) -> HttpResponse:
    """Draw the form of a deed with its title, its button and the way back."""
    context |= {"title": title, "button": button, "back": back, "back_label": back_label}
    return render(request, template, {"form": form, **context})


def step_open(request: SchoolRequest, review: Review, step: str) -> bool:
    """Return whether a step can be taken now; says in words why not when its page is opened."""
    try:
        REVIEW.check(step, review.state)
    except Refusal as refusal:
        if request.method != "POST":
            messages.info(request, str(refusal))
            return False
    return True


def picker(request: SchoolRequest, kinds: tuple[str, ...] = ()) -> Any:
    """Return where this person's pickers find people."""
    return people_source(
        request.person,
        request.role_codes,
        url=page_url(request.school, "person_find"),
        on=timezone.localdate(),
        kinds=kinds,
    )


def imprint(request: SchoolRequest, title: str, at: datetime) -> Imprint:
    """Return what stands on something printed: whose it is, and who printed it when."""
    return Imprint(title, request.school.name, str(request.person), at)

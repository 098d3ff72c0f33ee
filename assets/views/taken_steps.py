"""The deeds on an item taken from a pupil, each a page (MOB-04, R-SSC-3, workflows c.15)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from assets.actions import taken_steps as actions
from assets.forms.taken import (
    ClearForm,
    ItemStepForm,
    KeeperForm,
    KeepForm,
    PassForm,
    PoliceForm,
    ReturnForm,
    TellForm,
)
from assets.models import Confiscation
from assets.queries.taken import item_or_404
from assets.showing.taken import rows
from assets.views.deed_page import DeedPage, done, drawn
from assets.views.taken import people_of_kind
from assets.workflow import ITEM
from common.access import requires
from common.pages import page_url
from common.requests import SchoolRequest

NOBODY = (
    "No parent or carer with contact is on the register for this pupil. Ask the office to enter "
    "them first: the item is given only to somebody the school knows."
)


@requires("keep_confiscated")
def confiscation_tell(request: SchoolRequest, reference: str) -> HttpResponse:
    """Record that a parent was told."""
    return _step(request, reference, TellForm, actions.tell_parent, "It is written down.")


@requires("keep_confiscated")
def confiscation_move(request: SchoolRequest, reference: str) -> HttpResponse:
    """Record that somebody else holds it."""
    return _step(request, reference, KeeperForm, actions.move_confiscated, "It is written down.")


@requires("confiscate_item")
def confiscation_pass(request: SchoolRequest, reference: str) -> HttpResponse:
    """Pass it to the safeguarding lead."""
    said = "Take it to the safeguarding lead now. The lead is told."
    return _step(request, reference, PassForm, actions.pass_to_lead, said)


@requires("decide_confiscated")
def confiscation_police(request: SchoolRequest, reference: str) -> HttpResponse:
    """Record that the police took it."""
    return _step(request, reference, PoliceForm, actions.hand_to_police, "It is written down.")


@requires("confiscate_item")
def confiscation_return(request: SchoolRequest, reference: str) -> HttpResponse:
    """Give it back to whoever may have it, who types their name."""
    return _step(
        request,
        reference,
        ReturnForm,
        actions.return_confiscated,
        "It is given back.",
        warning=lambda form: "" if form.people else NOBODY,
    )


@requires("decide_confiscated")
def confiscation_clear(request: SchoolRequest, reference: str) -> HttpResponse:
    """Let it go back to the office, to be fetched."""
    return _step(
        request, reference, ClearForm, actions.clear_confiscated, "It can be collected now."
    )


@requires("decide_confiscated")
def confiscation_dispose(request: SchoolRequest, reference: str) -> HttpResponse:
    """Record that it is not given back."""
    return _step(request, reference, KeepForm, actions.keep_for_good, "It is written down.")


def _step(
    request: SchoolRequest,
    reference: str,
    form_class: type[ItemStepForm],
    act: Callable[..., Any],
    success: str,
    warning: Callable[[Any], str] = lambda _form: "",
) -> HttpResponse:
    """Draw the form of the page's step, or do it; a refusal keeps what was typed and says why."""
    item = item_or_404(request.person, request.powers, reference)
    form = form_class(request.POST or None, item=item, source=people_of_kind(request, "staff"))
    if form.is_valid() and done(
        form,
        act,
        fresh=item.version,
        item=item,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, success)
        return redirect("confiscation_detail", request.school.slug, item.reference)
    return drawn(request, _page(request, item, warning(form)), form)


def _page(request: SchoolRequest, item: Confiscation, warning: str) -> DeedPage:
    name = request.resolver_match.url_name if request.resolver_match else ""
    step = next(step for step in ITEM.steps if step.page == name)
    return DeedPage(
        title=step.label,
        button=step.label,
        back=page_url(request.school, "confiscation_detail", item.reference),
        back_label=item.reference,
        caption=item.reference,
        warning=warning,
        facts=rows(
            ("Item", f"{item.get_kind_display()}: {item.item}"),
            ("Pupil", item.pupil),
            ("Where it is", item.stored_where),
        ),
    )

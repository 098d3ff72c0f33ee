"""Class mode: the list of classes, the class page, a pupil's mark, closing (AGR-08)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from agreements.actions.sittings import close_sitting, open_sitting, sign_in_class
from agreements.filters_ways import ClassFilter
from agreements.forms.ways import PresentForm, SittingForm
from agreements.marks import MARKS
from agreements.models import ClassSitting
from agreements.queries.sittings import (
    class_rows,
    classes_led_by,
    open_sitting_of,
    read_since,
    register_of_classes,
    sitters_of,
    sittings_of,
    texts_for_class,
)
from agreements.shown import Shown, read_ticket, shown_to, ticket_for
from agreements.vocabulary import Asks, Audience
from common.access import requires
from common.attempt import attempt
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest

ROWS = 30
HISTORY = 15


@requires("lead_sitting")
def sitting_list(request: SchoolRequest) -> HttpResponse:
    """Show the classes one leads, who has signed and what is still open, and past readings."""
    led, today = _led(request), timezone.localdate()
    since = read_since(request.school, on=today)
    period = request.school.setting("discussed")
    found = ClassFilter(
        request.GET, queryset=register_of_classes(led), request=request, since=since
    )
    page = Paginator(found.qs, ROWS).get_page(request.GET.get("page"))
    history = Paginator(sittings_of(led), HISTORY).get_page(request.GET.get("history"))
    return render(
        request,
        "agreements/sitting_list.html",
        {
            "filter": found,
            "page": page,
            "rows": class_rows(page.object_list, since=since),
            "history": history,
            "expected": period != "never",
            "not_yet": f"Not yet this {period}",
            "since": since,
        },
    )


@requires("lead_sitting")
def sitting_create(request: SchoolRequest, pk: int) -> HttpResponse:
    """Choose text and language, and open them before the class."""
    group = get_object_or_404(_led(request), pk=pk)
    group.school = request.school
    form = SittingForm(request.POST or None, versions=texts_for_class(group))
    if form.is_valid():
        version, language = form.chosen
        running = open_sitting_of(group, version)
        if running is None and attempt(
            form,
            open_sitting,
            school_class=group,
            version=version,
            language=language,
            by=request.person,
            at=timezone.now(),
        ):
            running = open_sitting_of(group, version)
        if running:
            return redirect("sitting_detail", request.school.slug, running.pk)
    return render(request, "agreements/sitting_create.html", {"form": form, "group": group})


@requires("lead_sitting")
def sitting_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show the whole screen to the class: the text, then the names; or who was there, later."""
    sitting = _sitting(request, pk)
    context: dict[str, Any] = {"sitting": sitting, "sitters": sitters_of(sitting)}
    if sitting.closed_at:
        return render(request, "agreements/sitting_closed.html", context)
    shown = _shown(sitting)
    context |= {
        "shown": shown,
        "young": sitting.version.agreement.audience == Audience.PUPIL_KS1,
        "signs": sitting.asks == Asks.SIGN,
        "ticket": ticket_for([], shown, at=sitting.opened_at),
    }
    return render(request, "agreements/sitting_detail.html", context)


@requires("lead_sitting")
def sitting_sign(request: SchoolRequest, pk: int, pupil: int) -> HttpResponse:
    """Let one pupil choose a mark under the text the class has read."""
    sitting = _sitting(request, pk)
    sitter = next((one for one in sitters_of(sitting) if one.pupil.pk == pupil), None)
    if sitter is None:
        raise Http404("not in this class")
    back = f"{page_url(request.school, 'sitting_detail', sitting.pk)}#names"
    given = request.POST if request.method == "POST" else request.GET
    name = sitter.pupil.known_as or sitter.pupil.given_name
    try:
        opened = read_ticket(given.get("ticket", ""))
        if request.method == "POST":
            sign_in_class(
                sitting=sitting,
                pupil=sitter.pupil,
                mark=given.get("mark", ""),
                opened=opened,
                user_agent=request.headers.get("User-Agent", ""),
                by=request.person,
                at=timezone.now(),
            )
            messages.success(request, f"Thank you, {name}. You have signed.")
            return redirect(back)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    if sitting.closed_at or not sitter.waiting:
        return redirect(back)
    context = {
        "sitting": sitting,
        "pupil": sitter.pupil,
        "shown": _shown(sitting),
        "marks": MARKS,
        "ticket": given["ticket"],
        "back": back,
    }
    return render(request, "agreements/sitting_sign.html", context)


@requires("lead_sitting")
def sitting_close(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say who was there, and close the text; whoever is absent stays open."""
    sitting = _sitting(request, pk)
    if sitting.closed_at:
        return redirect("sitting_detail", request.school.slug, sitting.pk)
    sitters = sitters_of(sitting)
    form = PresentForm(
        request.POST if request.method == "POST" else None,
        pupils=[one.pupil for one in sitters if not one.there],
        all_here=sitting.asks != Asks.SIGN,
    )
    if form.is_valid() and attempt(
        form,
        close_sitting,
        sitting=sitting,
        present=form.chosen(),
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, f"The text is closed for {sitting.school_class}.")
        return redirect("sitting_list", request.school.slug)
    context = {"form": form, "sitting": sitting, "there": sum(one.there for one in sitters)}
    return render(request, "agreements/sitting_close.html", context)


def _led(request: SchoolRequest) -> Any:
    return classes_led_by(request.person, request.powers, on=timezone.localdate())


def _sitting(request: SchoolRequest, pk: int) -> ClassSitting:
    """Return a reading of a class that the person leads; any other is not there."""
    return get_object_or_404(
        sittings_of(_led(request)).select_related("school_class__school", "version__agreement"),
        pk=pk,
    )


def _shown(sitting: ClassSitting) -> Shown:
    return shown_to(sitting.version, sitting.language)

"""Record searches of pupils and devices, and read the records (R-SSC-1, MOB-10)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions import taken_searches as actions
from assets.actions.taken_exports import export_searches, print_search
from assets.exporting.taken import SEARCH_HEADING, search_cells
from assets.filters.taken import SearchFilter
from assets.forms.taken_searches import SearchForm, SearchNoteForm, SearchTellForm
from assets.queries.taken import items_visible_to
from assets.queries.taken_searches import authorisers, notes_of, search_or_404, search_rows
from assets.showing.taken import rows, search_facts, story
from assets.views.deed_page import DeedPage, done, drawn
from assets.views.export_page import export_page
from assets.views.taken import imprint, people_of_kind
from common.access import requires
from common.attempt import attempt
from common.pages import page_url
from common.requests import SchoolRequest
from common.trail_links import what_followed

ROWS = 50
SEES_SEARCHES = ("record_search", "view_searches")


@requires("record_search")
def search_record_create(request: SchoolRequest) -> HttpResponse:
    """Record a search; ``?item=`` fills in the item that was taken, and from whom."""
    staff = people_of_kind(request, "staff")
    items = items_visible_to(request.person, request.powers)
    item = items.select_related("pupil").filter(reference=request.GET.get("item", "")).first()
    form = SearchForm(
        request.POST or None,
        pupils=people_of_kind(request, "pupil"),
        staff=staff,
        authorisers=authorisers(request.school, on=timezone.localdate()),
        items=items,
        initial={
            "searched_by": request.person,
            **({"confiscation": item.reference, "pupil": item.pupil} if item else {}),
        },
    )
    saved: dict[str, Any] = {}

    def deed(**values: Any) -> None:
        saved["search"] = actions.record_search(**values)

    if form.is_valid() and attempt(
        form,
        deed,
        school=request.school,
        submission=form.cleaned_data["submission"],
        details=form.details,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "The search is recorded. Tell the parents next.")
        return redirect("search_record_detail", request.school.slug, saved["search"].reference)
    return render(request, "assets/search_record_create.html", {"form": form})


@requires(*SEES_SEARCHES)
def search_record_list(request: SchoolRequest) -> HttpResponse:
    """Show the records of searches: all for those who see them, else those one had a part in."""
    found = _found(request)
    listed, sort = found.sorted()
    page = Paginator(listed, ROWS).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "sort": sort}
    return render(request, "assets/search_record_list.html", context)


@requires(*SEES_SEARCHES)
def search_record_detail(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show a record with what was added to it; every reading is recorded (SYS-03)."""
    search = search_or_404(request.person, request.powers, reference)
    actions.read_search(search=search, by=request.person, at=timezone.now())
    context = {
        "search": search,
        "parts": search_facts(search),
        "story": story(notes_of(search)),
        "item": _item_of(request, search),
        "followed": what_followed(request, search),
    }
    return render(request, "assets/search_record_detail.html", context)


@requires("record_search")
def search_record_tell(request: SchoolRequest, reference: str) -> HttpResponse:
    """Record that the parents were told (R-SSC-2)."""
    title = "Parents told"
    return _step(request, reference, SearchTellForm, actions.tell_searched, title)


@requires("record_search")
def search_record_note(request: SchoolRequest, reference: str) -> HttpResponse:
    """Add a line; what is saved is not changed."""
    return _step(request, reference, SearchNoteForm, actions.note_search, "Add a line")


@requires(*SEES_SEARCHES)
def search_record_print(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show a record for printing; the trail notes it."""
    search, now = search_or_404(request.person, request.powers, reference), timezone.now()
    print_search(search=search, by=request.person, at=now)
    context = {
        "search": search,
        "parts": search_facts(search),
        "story": story(notes_of(search)),
        "imprint": imprint(request, "Record of a search", now),
    }
    return render(request, "assets/search_record_print.html", context)


@requires("export_confiscations")
def search_record_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the records as they are filtered and sorted; the trail notes it."""
    person, powers = request.person, request.powers
    return export_page(
        request,
        _found(request),
        page="search_record_list",
        name="searches",
        note=export_searches,
        heading=SEARCH_HEADING,
        read=lambda part: search_cells(person, powers, part),
    )


def _found(request: SchoolRequest) -> SearchFilter:
    listed = search_rows(request.person, request.powers)
    return SearchFilter(request.GET, queryset=listed, request=request)


def _item_of(request: SchoolRequest, search: Any) -> Any:
    """Return the item that goes with a search, if the person may see it."""
    seen = items_visible_to(request.person, request.powers)
    return seen.filter(pk=search.confiscation_id).first()


def _step(
    request: SchoolRequest,
    reference: str,
    form_class: Any,
    act: Callable[..., Any],
    title: str,
) -> HttpResponse:
    search = search_or_404(request.person, request.powers, reference)
    form = form_class(request.POST or None, search=search)
    back = page_url(request.school, "search_record_detail", search.reference)
    if form.is_valid() and done(
        form,
        act,
        fresh=search.version,
        search=search,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "It is written down.")
        return redirect(back)
    page = DeedPage(
        title=title,
        button=title,
        back=back,
        back_label=search.reference,
        caption=search.reference,
        facts=rows(("Pupil", search.pupil), ("Searched", search.get_kind_display())),
    )
    return drawn(request, page, form)

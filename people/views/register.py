"""Pages of the register of people."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.access import requires
from common.requests import SchoolRequest
from people import queries
from people.filters import SORTS, PersonFilter

PER_PAGE = 50


@requires("view_people")
def person_list(request: SchoolRequest) -> HttpResponse:
    """Show the people of the school, with search, filters and sorting (ROL-28, ROL-29)."""
    asked = request.GET.get("sort", "")
    sort = asked if asked in SORTS else "name"
    rows = PersonFilter(request.GET, queries.register(request.school), request=request)
    page = Paginator(rows.qs.order_by(*SORTS[sort]), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = queries.add_hints(list(page.object_list))
    context = {"filter": rows, "page": page, "sort": sort, "today": timezone.localdate()}
    return render(request, "people/person_list.html", context)


@requires("view_people")
def person_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show one person: details, places in classes, and who cares for whom."""
    person = queries.register(request.school).filter(pk=pk).first()
    if person is None:
        raise Http404("no such person")
    today = timezone.localdate()
    context = {
        "person": person,
        "places": queries.places_of(person),
        "carers": queries.carer_links(pupil=person),
        "children": queries.carer_links(carer=person),
        "refusal": queries.mail_refusals([person]).get(person.pk),
        "has_left": bool(person.left_date and person.left_date < today),
    }
    return render(request, "people/person_detail.html", context)

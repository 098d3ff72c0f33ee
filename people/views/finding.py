"""The answers behind every person picker."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from common.access import requires
from common.pages import page_url
from common.person_picker import picker_results
from people.queries import people_source


@requires("report_incident")
def person_find(request: HttpRequest) -> JsonResponse:
    """Answer typed letters with people the finder may look up, at most twelve, names and class."""
    source = people_source(
        request.person,
        request.role_codes,
        url=page_url(request.school, "person_find"),
        on=timezone.localdate(),
        kinds=tuple(request.GET.getlist("kind")),
    )
    return JsonResponse(picker_results(source, request.GET.get("q", "")))

"""The answers behind every person picker."""

from django.core.cache import cache
from django.http import JsonResponse
from django.utils import timezone

from common.access import requires
from common.pages import page_url
from common.person_picker import picker_results
from common.requests import SchoolRequest
from people.models import Person
from people.queries import people_source

# Typing a name asks a few times; two a second for a whole minute is a machine reading the register.
ASKED_PER_MINUTE = 120


@requires("report_incident")
def person_find(request: SchoolRequest) -> JsonResponse:
    """Answer typed letters with people the finder may look up, at most twelve, names and class.

    Refuses somebody who asks without pause.
    """
    if _asks_too_often(request.person):
        return JsonResponse({"results": []}, status=429)
    source = people_source(
        request.person,
        request.role_codes,
        url=page_url(request.school, "person_find"),
        on=timezone.localdate(),
        kinds=tuple(set(request.GET.getlist("kind")) & set(Person.Kind.values)),
    )
    return JsonResponse(picker_results(source, request.GET.get("q", "").replace("\0", "")))


def _asks_too_often(person: Person) -> bool:
    key = f"person-find-{person.pk}-{timezone.now():%H%M}"
    cache.add(key, 0, timeout=60)
    return cache.incr(key) > ASKED_PER_MINUTE

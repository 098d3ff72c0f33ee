"""Enforce what each page declares: the school of the path, the person there, and their powers."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpResponse
from django.utils import timezone

from common.requests import SchoolRequest
from common.scope import school_scope
from people.models import Person, School
from roles.queries import standing_of

IDLE_KEY = "last_seen"


class SchoolMiddleware:
    """Resolve ``/<school>/…`` and refuse what is not the person's to open (house rules, part 3).

    Sets ``request.school``, ``person``, ``powers``, ``role_codes`` and ``may``; takes the school
    out of the view's arguments; runs the view in one transaction that the database confines to
    that school. Another school's page is 404. A page that declares nothing is refused outright.
    """

    def __init__(self, get_response: Callable[[SchoolRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SchoolRequest) -> HttpResponse:
        request.school = None
        request.person = None
        request.powers = request.role_codes = frozenset()
        request.role_labels = []
        request.may = lambda power: power in request.powers
        return self.get_response(request)

    def process_view(
        self, request: SchoolRequest, view: Callable, args: tuple, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Run a school page inside its school's scope; leave other pages to Django."""
        openness = _declared(view)
        slug = kwargs.pop("school", None)
        if slug is None:
            return None
        request.school = _only(School.objects.raw(_SCHOOL, [slug]))
        if request.school is None:
            raise Http404("no such school")
        if openness != "everyone" and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        with school_scope(request.school.pk):
            if request.user.is_authenticated:
                _identify(request)
                if _idle_too_long(request):
                    logout(request)
                    return redirect_to_login(request.get_full_path())
            _admit(request, view, openness)
            return view(request, *args, **kwargs)


def _declared(view: Callable) -> str:
    openness = getattr(view, "openness", "")
    if openness or getattr(view, "powers", ()) or view.__module__.startswith("allauth."):
        return openness
    raise ImproperlyConfigured(f"{view.__module__}.{view.__qualname__} declares no power")


def _identify(request: SchoolRequest) -> None:
    today = timezone.localdate()
    person = _only(Person.objects.raw(_PERSON, [request.school.pk, request.user.pk]))
    if person is None or (person.left_date and person.left_date < today):
        return
    request.person = person
    person.school = request.school
    standing = standing_of(person, on=today)
    request.role_codes, request.role_labels = standing.codes, standing.labels
    request.powers = standing.powers


# Written out, as every page asks them: putting them together took longer than their answers.
_SCHOOL = "SELECT * FROM people_school WHERE slug = %s"
_PERSON = "SELECT * FROM people_person WHERE school_id = %s AND user_id = %s"


def _only(rows: Iterable[Any]) -> Any:
    """Return the one row there can be, or None."""
    return next(iter(rows), None)


def _admit(request: SchoolRequest, view: Callable, openness: str) -> None:
    if openness == "everyone":
        return
    if request.person is None:
        raise Http404("not a member of this school")
    powers = getattr(view, "powers", ())
    if powers and not request.powers.intersection(powers):
        raise PermissionDenied


def _idle_too_long(request: SchoolRequest) -> bool:
    """Return whether the person was away longer than the school allows (SYS-07)."""
    minutes = request.school.setting("idle_minutes")
    if not minutes or request.person is None:
        return False
    now, seen = int(time.time()), request.session.get(IDLE_KEY)
    if seen is not None and now - seen > minutes * 60:
        return True
    if seen is None or now - seen > 20:
        request.session[IDLE_KEY] = now
    return False

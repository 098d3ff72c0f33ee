"""Time the pages of one school as two people see them, and count what they ask the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.scope import school_scope
from incidents.models import Incident, IncidentUserObjectPermission
from people.models import Person, School, User
from safeguard.bench.cases import RARE_WORD

RUNS = 25
WARM_UP = 4
HOST = "localhost"


@dataclass
class Figure:
    """How long one page takes for one person, and how often it asks the database."""

    page: str
    role: str
    rows: int
    median_ms: float
    queries: int


Ask = Callable[[], Any]


def measure(school: School, rows: int, *, written_to: School) -> list[dict[str, Any]]:
    """Measure every page for the safeguarding lead and for a class teacher.

    Reports are written to another school, so that the lists stay as long as they were.
    """
    return [
        asdict(_timed(page, role, rows, ask))
        for role in ("dsl", "teacher")
        for page, ask in (_pages(school, role) | _writing(written_to, role)).items()
    ]


def signed_in(school: School, role: str) -> Client:
    """Return a client that goes through all middleware, signed in as a role's person."""
    client = Client(headers={"host": HOST})
    user = User.objects.get(email=f"{role}@{school.slug}.example")
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def _pages(school: School, role: str) -> dict[str, Ask]:
    client = signed_in(school, role)

    def page(name: str, *args: Any, **query: str) -> Ask:
        url = reverse(name, args=[school.slug, *args])
        return lambda: client.get(url, query)

    incident, pupil = _examples(school, role)
    pages = {
        "incident_list": page("incident_list"),
        "incident_list_filtered": page("incident_list", open="ended", category="C"),
        "incident_search": page("incident_list", q=RARE_WORD),
        "incident_detail": page("incident_detail", incident.reference),
        "home": page("home"),
    }
    if role == "dsl":  # a class teacher may not read everything about a pupil
        pages["pupil_chronology"] = page("chronology_detail", pupil.pk)
    return pages


def _writing(school: School, role: str) -> dict[str, Ask]:
    client, (_, pupil) = signed_in(school, role), _examples(school, role)
    url = reverse("report_create", args=[school.slug])
    return {"incident_create": lambda: client.post(url, _report(pupil))}


def _examples(school: School, role: str) -> tuple[Incident, Person]:
    """Return a closed incident the person may see, and the pupil involved in it."""
    with school_scope(school.pk):
        person = Person.objects.get(user__email=f"{role}@{school.slug}.example")
        named = IncidentUserObjectPermission.objects.filter(user=person.user_id)
        incident = Incident.objects.filter(
            pk__in=named.values("content_object"), restriction="", state="closed"
        ).first()
        if incident is None:
            raise RuntimeError("the bench needs an incident the person may see")
        involved = incident.involvements.select_related("person").first()
        if involved is None or involved.person is None:
            raise RuntimeError("the bench needs an incident that involves a pupil")
        return incident, involved.person


def _report(pupil: Person) -> dict[str, str]:
    yesterday = timezone.localdate() - timedelta(days=1)
    return {
        "submission": str(uuid4()),
        "about": "pupil",
        "description": "Sent an unkind message during the lesson and laughed about it.",
        "occurred_at": f"{yesterday.isoformat()}T09:30",
        "place": "school",
        "imagery": "no",
        "told_lead": "no",
        "people-TOTAL_FORMS": "1",
        "people-INITIAL_FORMS": "0",
        "people-0-person": str(pupil.pk),
        "people-0-part": "alleged",
    }


def _timed(page: str, role: str, rows: int, ask: Ask) -> Figure:
    wanted = 302 if page == "incident_create" else 200
    for _ in range(WARM_UP):
        response = ask()
        if response.status_code != wanted:
            raise RuntimeError(f"{page} as {role} answered {response.status_code}")
    times = []
    for _ in range(RUNS):
        begun = perf_counter()
        ask()
        times.append((perf_counter() - begun) * 1000)
    with _counting() as asked:
        ask()
    return Figure(page, role, rows, round(median(times), 1), len(asked))


@contextmanager
def _counting() -> Iterator[list[str]]:
    asked: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield asked


def session_cookie(school: School, role: str) -> str:
    """Return the cookie of a signed-in person, for asking a real server."""
    return signed_in(school, role).cookies[settings.SESSION_COOKIE_NAME].value

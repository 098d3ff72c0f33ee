"""Measure the pages of one school as two people see them."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from common.scope import school_scope
from incidents.models import Incident, IncidentUserObjectPermission
from people.models import Person, School, User
from safeguard.bench.agreement_pages import SignAgain, agreement_pages
from safeguard.bench.cases import RARE_WORD
from safeguard.bench.equipment import equipment_pages
from safeguard.bench.filtering_pages import filtering_pages
from safeguard.bench.timing import timed

HOST = "localhost"

Ask = Callable[[], Any]


def measure(school: School, rows: int, *, written_to: School) -> list[dict[str, Any]]:
    """Measure every page for the safeguarding lead and for a class teacher, and the governors' one.

    What is written, reports and signatures, goes to another school, so that the lists stay as
    long as they were.
    """
    figures = []
    for role in ("dsl", "teacher"):
        pages, report = _pages(school, role), _report_again(written_to, role)
        figures += [timed(page, role, rows, ask) for page, ask in pages.items()]
        figures.append(timed("incident_create", role, rows, report, wanted=302))
        sign = SignAgain(written_to, role, signed_in(written_to, role))
        figures.append(timed("agreement_sign", role, rows, sign, prepare=sign.prepare, wanted=302))
    figures.append(timed("governor_dashboard", "os_gov", rows, _governors(school)))
    return [asdict(one) for one in figures]


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
        "home_cold": cold(page("home")),
    }
    if role == "dsl":  # a class teacher may not read everything about a pupil
        pages["pupil_chronology"] = page("chronology_detail", pupil.pk)
    pages |= agreement_pages(role, page) | filtering_pages(role, page)
    return pages | equipment_pages(school, role, page)


def cold(ask: Ask) -> Ask:
    """Return how to ask for the home page when nothing of it is kept from before."""

    def asked() -> Any:
        with override_settings(HOME_KEPT_SECONDS=0):
            return ask()

    return asked


def _governors(school: School) -> Ask:
    """Return how to ask for what governors see: the terms of two years beside each other."""
    client, url = signed_in(school, "os_gov"), reverse("dashboard_governors", args=[school.slug])
    return lambda: client.get(url)


def _report_again(school: School, role: str) -> Ask:
    client, (_, pupil) = signed_in(school, role), _examples(school, role)
    url = reverse("report_create", args=[school.slug])
    return lambda: client.post(url, _report(pupil))


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


def session_cookie(school: School, role: str) -> str:
    """Return the cookie of a signed-in person, for asking a real server."""
    return signed_in(school, role).cookies[settings.SESSION_COOKIE_NAME].value

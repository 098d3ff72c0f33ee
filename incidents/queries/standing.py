"""Read incidents together with what their page and their closing guard ask for."""

from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from incidents.models import (
    Decision,
    Feedback,
    Incident,
    IncidentLink,
    IncidentTheme,
    Involvement,
    ParentContact,
    Referral,
    Sanction,
    Task,
)

ALONG = ("school", "category", "infringement__clause", "handler", "reporter")


def with_standing(condition: Q) -> QuerySet[Incident, Incident]:
    """Return incidents with everything ``missing_before_closing`` looks at: five queries in all.

    Adds ``theme_labels``, ``theme_must_act``, ``pupils_with_entry``, ``has_decision``,
    ``has_feedback`` and ``has_links``.
    """
    return _whole().filter(condition)


@cache  # putting it together takes Django as long as asking the database
def _whole() -> QuerySet[Incident, Incident]:
    return (
        Incident.objects.select_related(*ALONG)
        .defer("search")
        .annotate(**_facts())
        .prefetch_related(
            Prefetch("involvements", queryset=Involvement.objects.select_related("person")),
            Prefetch("tasks", queryset=Task.objects.select_related("owner")),
            Prefetch("referrals", queryset=Referral.objects.select_related("agency")),
            Prefetch("sanctions", queryset=Sanction.objects.select_related("kind", "person")),
        )
    )


def _facts() -> dict[str, Any]:
    own = OuterRef("pk")
    themes = IncidentTheme.objects.filter(incident=own, dropped_at=None)
    contacts = ParentContact.objects.filter(incident=own)
    links = IncidentLink.objects.filter(Q(first=own) | Q(second=own))
    return {
        "theme_labels": ArraySubquery(themes.order_by("-main", "pk").values("theme__label")),
        "theme_must_act": Exists(themes.filter(theme__must_act=True)),
        "pupils_with_entry": ArraySubquery(contacts.values("pupil")),
        "has_decision": Exists(Decision.objects.filter(incident=own)),
        "has_feedback": Exists(Feedback.objects.filter(incident=own)),
        "has_links": Exists(links),
    }

"""Read incidents together with what their page and their closing guard ask for."""

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


def with_standing(rows: QuerySet[Incident, Incident]) -> QuerySet[Incident, Incident]:
    """Return incidents with everything ``missing_before_closing`` looks at: five queries in all.

    Adds ``theme_labels``, ``theme_must_act``, ``pupils_with_entry``, ``has_decision``,
    ``has_feedback`` and ``has_links``.
    """
    return (
        rows.select_related("school", "category", "infringement__clause", "handler", "reporter")
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

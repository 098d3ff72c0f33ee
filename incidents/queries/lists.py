"""Lists of incidents: the register, the search and the queue."""

from collections.abc import Collection

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from incidents.models import Decision, Event, Incident, IncidentTheme, Involvement
from incidents.queries.visible import visible_to
from incidents.workflow import OPEN
from people.models import Person

NAME = ("title", "given_name", "known_as", "family_name")
# What lists, queue and export show or reckon with; a row has no more.
SHOWN = (
    *("school", "reference", "version", "state", "restriction", "severity", "subject_kind"),
    *("occurred_at", "reported_at", "routed_at", "opened_at", "classified_at", "closed_at"),
    *("place", "place_detail", "late", "imagery", "reporter", "handler", "category"),
    *("infringement", "category__code", "category__name", "infringement__label"),
)


def incident_rows(person: Person, powers: Collection[str]) -> QuerySet[Incident, Incident]:
    """Return the incidents a person may see, ready for a list: three queries whatever the rows.

    Each knows its ``people`` (involvements) and ``themes_given``, the main one first.
    """
    people = (
        Involvement.objects.select_related("person")
        .only("incident", "described", "part", *(f"person__{field}" for field in NAME))
        .order_by("pk")
    )
    return (
        visible_to(person, powers)
        .select_related("category", "infringement", "handler")
        .only(*SHOWN, *(f"handler__{field}" for field in NAME))
        .prefetch_related(
            _as_list("involvements", people, "people"),
            _themes(),
        )
    )


def _themes() -> Prefetch:
    themes = (
        IncidentTheme.objects.filter(dropped_at=None)
        .select_related("theme")
        .only("incident", "main", "theme__label")
    )
    return _as_list("themes", themes, "themes_given")


def _as_list(relation: str, rows: QuerySet, name: str) -> Prefetch:
    return Prefetch(relation, queryset=rows, to_attr=name)


def search_incidents(rows: QuerySet[Incident, Incident], text: str) -> QuerySet[Incident, Incident]:
    """Narrow incidents to those whose words, chronology or people match (full text, INC-01).

    A reference finds its incident; otherwise every word has to be found. An empty text narrows
    nothing. Only rows already visible are searched.
    """
    text = text.replace("\x00", "").strip()[:200]
    if not text:
        return rows
    english = SearchQuery(text, config="english", search_type="websearch")
    simple = SearchQuery(text, config="simple", search_type="websearch")
    notes = Event.objects.filter(incident=OuterRef("pk"), search=english)
    return rows.filter(
        Q(reference=text)
        | Q(search=english)
        | Q(search=simple)
        | Exists(notes)
        | Exists(Involvement.objects.filter(_named(text), incident=OuterRef("pk")))
    )


def _named(text: str) -> Q:
    rule = Q()
    for word in text.split()[:4]:
        rule &= (
            Q(person__given_name__icontains=word)
            | Q(person__family_name__icontains=word)
            | Q(person__known_as__icontains=word)
            | Q(described__icontains=word)
        )
    return rule


def short_queue_of(person: Person, powers: Collection[str]) -> QuerySet[Incident, Incident]:
    """Return what needs this person now, without the people of it: two queries, not three."""
    return queue_of(person, powers).prefetch_related(None).prefetch_related(_themes())


def waits_for(person: Person, powers: Collection[str]) -> Q:
    """Return the condition under which an incident they may see waits for a person."""
    mine = Q(handler=person) & ~Q(state="confirming")
    if "open_incident" in powers:
        mine |= Q(state="reported")
    if "confirm_decision" in powers:
        mine |= Q(state="confirming")
    return mine & Q(state__in=OPEN)


def queue_of(person: Person, powers: Collection[str]) -> QuerySet[Incident, Incident]:
    """Return what needs this person now: reports to open, decisions to confirm, cases in hand.

    Each knows ``decided_at``, the moment of its latest decision.

    Oldest first. What one proposed oneself waits for somebody else and is not listed.
    """
    decided = Decision.objects.filter(incident=OuterRef("pk")).order_by("-pk")
    read_along = {"decided_at": Subquery(decided.values("decided_at")[:1])}
    return (
        incident_rows(person, powers)
        .filter(waits_for(person, powers))
        .annotate(**read_along)
        .order_by("reported_at")
    )

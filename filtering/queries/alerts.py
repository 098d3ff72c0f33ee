"""Read monitoring alerts: who may see which, their lists and their history (FIL-14, FIL-15)."""

from collections.abc import Collection
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Prefetch, QuerySet
from django.http import Http404

from filtering.models import Alert, AlertEvent
from filtering.vocabulary import AboutWhom
from filtering.workflow import ALERT_OPEN
from people.models import Person

# Which power shows alerts about whom (workflows c.8).
SEES: dict[str, str] = {
    AboutWhom.PUPIL: "view_alerts",
    AboutWhom.STAFF: "view_staff_alerts",
    AboutWhom.HEAD: "view_head_alerts",
}
NAME = ("title", "given_name", "known_as", "family_name")
# What lists, their sheet and the home page show; a row has no more.
SHOWN = (
    *("school", "state", "version", "drill", "severity", "verdict", "about", "graphic"),
    *("happened_at", "received_at", "due_at", "opened_at", "triaged_at", "incident_reference"),
    *("rule", "term", "address", "device", "user_name", "source__name"),
    *(f"{who}__{field}" for who in ("person", "owner") for field in NAME),
)


def alerts_visible_to(person: Person, powers: Collection[str]) -> QuerySet[Alert, Alert]:
    """Return the alerts of a person's school that they may see: lists and exports start here.

    Alerts about staff and about the headteacher have powers of their own, and nobody ever sees
    one about themselves (workflows c.8: such alerts go to the next person).
    """
    kinds = [about for about, power in SEES.items() if power in powers]
    if not kinds:
        return Alert.objects.none()
    seen = Alert.objects.filter(school=person.school_id).exclude(person=person)
    return seen if len(kinds) == len(SEES) else seen.filter(about__in=kinds)


def alert_rows(person: Person, powers: Collection[str]) -> QuerySet[Alert, Alert]:
    """Return the alerts a person may see, ready for a list: one query whatever the rows."""
    related = ("source", "person", "owner")
    return alerts_visible_to(person, powers).select_related(*related).only(*SHOWN)


def search_alerts(rows: QuerySet[Alert, Alert], text: str) -> QuerySet[Alert, Alert]:
    """Narrow alerts to those with every word of a text; an empty text narrows nothing."""
    text = text.replace("\x00", "").strip()[:200]
    if not text:
        return rows
    return rows.filter(search=SearchQuery(text, config="simple", search_type="websearch"))


def alert_or_404(person: Person, powers: Collection[str], pk: int) -> Alert:
    """Return an alert with all it shows, or 404 when it is not there for this person."""
    related = ("school", "source", "person", "owner", "opened_by", "triaged_by")
    found = alerts_visible_to(person, powers).select_related(*related).filter(pk=pk).first()
    if found is None:
        raise Http404("no such alert")
    return found


def events_of(alert: Alert) -> QuerySet[AlertEvent, AlertEvent]:
    """Return the history of an alert, first to last."""
    return AlertEvent.objects.filter(alert=alert).select_related("by")


def open_alerts(person: Person, powers: Collection[str]) -> QuerySet[Alert, Alert]:
    """Return the alerts a person may see that still need somebody; drills are among them."""
    return alerts_visible_to(person, powers).filter(state__in=ALERT_OPEN)


def chosen_alerts(
    person: Person, powers: Collection[str], keys: Collection[int]
) -> QuerySet[Alert, Alert]:
    """Return those of some alerts that a person may see, newest first."""
    return alert_rows(person, powers).filter(pk__in=keys)


def sees_alert(alert: Alert, person: Person, powers: Collection[str]) -> bool:
    """Return whether an alert, as it stands in memory, is one this person may see."""
    return SEES[alert.about] in powers and alert.person_id != person.pk


def drills(person: Person, powers: Collection[str]) -> QuerySet[Alert, Alert]:
    """Return the drills of the chain, latest first, each with its ``history``."""
    history: Prefetch[Any] = Prefetch(
        "events", queryset=AlertEvent.objects.select_related("by"), to_attr="history"
    )
    rows = alerts_visible_to(person, powers).filter(drill=True)
    return rows.select_related("opened_by", "owner").prefetch_related(history)

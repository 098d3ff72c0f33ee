"""May this be done to this alert now? Conditions that no role overrides."""

from collections.abc import Iterable
from datetime import datetime

from common.errors import Conflicted, Refusal, StaleRecord
from filtering.models import Alert
from people.models import CarerLink, Person


def check_alert_version(alert: Alert, version: int) -> None:
    """Refuse a change made on a page that was opened before somebody else's change."""
    if alert.version != version:
        raise StaleRecord(
            "Somebody changed this alert after you opened the page. Nothing was saved, and what "
            "you typed is still here. Look at what changed, then send it again."
        )


def check_not_about(alert: Alert, person: Person) -> None:
    """Refuse whoever the alert is about, and their carers: the next person works on it (ROL-31)."""
    check_not_about_any([alert], person)


def check_not_about_any(alerts: Iterable[Alert], person: Person) -> None:
    """Refuse whoever any of these alerts is about, and their carers. One query."""
    about = {alert.person_id for alert in alerts if alert.person_id}
    if about and (
        person.pk in about or CarerLink.objects.filter(carer=person, pupil__in=about).exists()
    ):
        raise Conflicted(
            "This alert is about you or a child of yours. The next person in the chain deals "
            "with it."
        )


def check_happened(happened_at: datetime, at: datetime) -> None:
    """Refuse a moment that has not come yet."""
    if happened_at > at:
        raise Refusal("That has not happened yet. Check the date and the time.")


def needed(text: str, question: str) -> str:
    """Return a text that has to be there; refuses an empty one with the question it answers."""
    if not text.strip():
        raise Refusal(question)
    return text.strip()

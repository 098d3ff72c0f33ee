"""Conditions that every area of equipment asks: power, version, and words that were left out."""

from datetime import datetime

from django.utils.timezone import localdate

from common.errors import Refusal, StaleRecord
from people.models import Person
from roles.queries import person_may


def check_power(by: Person, power: str, at: datetime) -> None:
    """Refuse whoever does not hold a power (ROL-30)."""
    if not person_may(by, power, on=localdate(at)):
        raise Refusal("Your role at this school does not allow this step.")


def check_version(held: int, seen: int | None) -> None:
    """Refuse a change made on a page that was opened before somebody else's change."""
    if seen is not None and held != seen:
        raise StaleRecord(
            "Somebody changed this after you opened the page. Nothing was saved, and what you "
            "typed is still here. Look at what changed, then send it again."
        )


def said(text: str, refusal: str, longest: int = 300) -> str:
    """Return a text without the spaces around it; refuses an empty one in words."""
    if not text.strip():
        raise Refusal(refusal)
    return text.strip()[:longest]

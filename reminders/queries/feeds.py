"""Find a calendar address, by its person or by its secret."""

import hashlib

from people.models import Person, School
from reminders.models import CalendarFeed


def digest_of(token: str) -> str:
    """Return what is kept of the secret of an address."""
    return hashlib.sha256(token.encode()).hexdigest()


def feed_of(person: Person) -> CalendarFeed | None:
    """Return the address under which a person's calendar program reads, or None."""
    return CalendarFeed.objects.filter(person=person, revoked_at=None).first()


def feed_of_token(school: School, token: str) -> CalendarFeed | None:
    """Return the address of a secret at a school, or None when it is false, ended or replaced."""
    rows = CalendarFeed.objects.filter(school=school, digest=digest_of(token), revoked_at=None)
    return rows.select_related("person").first()

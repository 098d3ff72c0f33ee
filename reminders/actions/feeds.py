"""A private calendar address: made, replaced, ended, read (SYS-02)."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from audit.actions import record
from common.errors import Refusal
from people.models import Person
from reminders.models import CalendarFeed
from reminders.queries import digest_of
from roles.queries import person_may

READ_NOTED = timedelta(days=1)


@transaction.atomic
def make_feed(*, person: Person, by: Person, at: datetime) -> str:
    """Make a person's calendar address and return its secret, once; an earlier one ends.

    Refuses an address for anybody else, and somebody without duties.
    """
    _check(person, by, at)
    Person.objects.select_for_update().get(pk=person.pk)
    _live(person).update(revoked_at=at)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        school_id=person.school_id, person=person, digest=digest_of(token), made_at=at
    )
    record("make_feed", feed, by=by, at=at)
    return token


@transaction.atomic
def revoke_feed(*, person: Person, by: Person, at: datetime) -> None:
    """End a person's calendar address; calendar programs find nothing there any more.

    Refuses anybody else's address, and when there is none.
    """
    _check(person, by, at)
    feed = _live(person).select_for_update().first()
    if feed is None:
        raise Refusal("There is no calendar address to end.")
    feed.revoked_at = at
    feed.save(update_fields=["revoked_at"])
    record("revoke_feed", feed, by=by, at=at)


@transaction.atomic
def read_feed(*, feed: CalendarFeed, at: datetime) -> None:
    """Note that a calendar program read an address, once a day at most."""
    if feed.read_at is None or at - feed.read_at >= READ_NOTED:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=at)


def _live(person: Person) -> QuerySet[CalendarFeed, CalendarFeed]:
    return CalendarFeed.objects.filter(person=person, revoked_at=None)


def _check(person: Person, by: Person, at: datetime) -> None:
    if person.pk != by.pk:
        raise Refusal("A calendar address is made and ended by the person it belongs to.")
    if not person_may(by, "keep_feed", on=localdate(at)):
        raise Refusal("You have no duties that would stand in a calendar.")

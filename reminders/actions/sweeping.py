"""Remind people of what is due: each thing once in its period, in one mail a person and day."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db import connection, transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils.timezone import localdate

from audit.actions import record
from common.duties import Due
from common.pages import page_url
from people.models import School
from reminders.actions.writing import write_digests, write_reminders
from reminders.duties_due import collect_dues
from reminders.models import Digest, Reminder
from reminders.pace import may_remind, next_try

BATCH = 500

_WAITING = {"sent_at": None, "failed_at": None, "stopped_at": None}

Key = tuple[str, int, str]
Dues = Mapping[Key, Due]


@dataclass(frozen=True)
class Addressee:
    """Somebody of whom something is due: may sign in, and can still be written to today."""

    pk: int
    signs_in: bool
    reached: bool


@transaction.atomic(savepoint=False)
def sweep_school(*, school: School, at: datetime) -> int:
    """Write down what is due, make the digests of the day and queue them; returns how many mails.

    Does nothing outside school days and waking hours, or while another sweep of the school is at
    work. Safe to repeat: a unique key keeps each reminder to one a period and each digest to one a
    person and day. Mail that a lost worker left behind is queued again; a digest in which nothing
    is due any more is stopped (SYS-02).
    """
    locked = School.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=school.pk)
    if not may_remind(school, at=at) or not list(locked.order_by().values_list("pk")):
        return 0
    day = localdate(at)
    dues = collect_dues(school, on=day)
    people = _people_in(school, dues, day)
    dues = {key: due for key, due in dues.items() if due.person_id in people}
    again = _take_up(school, dues, day, at)
    there = _reminders_of(school, dues)
    new = [due for key, due in dues.items() if key not in there]
    waiting = {key: pk for key, (pk, digest) in there.items() if digest is None}
    told_of = Counter([due.person_id for due in new] + [person for _, person, _ in waiting])
    digests = _make_digests(school, {people[pk]: count for pk, count in told_of.items()}, at)
    write_reminders(school, new, digests, at=at)
    _tell_waiting(waiting, digests, day)
    if new or digests:
        facts = {"reminders": len(new), "digests": len(digests)}
        record("sweep_school", school, by="sweep_school", at=at, facts=facts, school_id=school.pk)
    _queue([*again, *digests.values()], school)
    return len(again) + len(digests)


def _people_in(school: School, dues: Dues, day: date) -> dict[int, Addressee]:
    """Return those who are to be told and belong to the school on a day, by number."""
    if not dues:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, [day, school.pk, list({person for _, person, _ in dues}), day])
        return {pk: Addressee(pk, signs_in, reached) for pk, signs_in, reached in cursor.fetchall()}


def _reminders_of(school: School, dues: Dues) -> dict[Key, tuple[int, int | None]]:
    """Return the reminders of what is due that were written already, with their digests."""
    if not dues:
        return {}
    duties, people, periods = (list(part) for part in zip(*dues, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, [duties, people, periods, school.pk])
        return {
            (duty, person, period): (pk, digest)
            for duty, person, period, pk, digest in cursor.fetchall()
        }


# Written out, as the sweep asks these of every school: each is found by its key.
_PEOPLE = """
    SELECT person.id, person.user_id IS NOT NULL, person.email <> '' AND NOT EXISTS (
        SELECT 1 FROM reminders_digest told WHERE told.person_id = person.id AND told.day = %s
    )
    FROM people_person person
    WHERE person.school_id = %s AND person.id = ANY(%s)
        AND (person.left_date IS NULL OR person.left_date >= %s)
"""
_WRITTEN = """
    SELECT made.duty, made.person_id, made.period, made.id, made.digest_id
    FROM unnest(%s::text[], %s::bigint[], %s::text[]) AS due (duty, person, period)
    JOIN reminders_reminder made ON made.duty = due.duty AND made.person_id = due.person
        AND made.period = due.period AND made.school_id = %s
"""


def _take_up(school: School, dues: Dues, day: date, at: datetime) -> list[int]:
    """Return the digests to send again; stop those of earlier days, and those with nothing due."""
    waiting = Digest.objects.filter(Q(day__lt=day) | Q(next_at__lte=at), school=school, **_WAITING)
    found = list(waiting.order_by().select_for_update(skip_locked=True))
    _release([digest.pk for digest in found if digest.day < day], at)
    todays = [digest for digest in found if digest.day >= day]
    return _send_again(todays, dues, at) if todays else []


def _release(ids: list[int], at: datetime) -> None:
    """Stop mail of earlier days that never went; what it told of goes into the mail of today."""
    if ids:
        Reminder.objects.filter(digest__in=ids).update(digest=None)
        Digest.objects.filter(pk__in=ids).update(stopped_at=at)


def _send_again(digests: list[Digest], dues: Dues, at: datetime) -> list[int]:
    """Return the digests to take up again; stop those in which nothing is due any more."""
    found = {digest.pk: digest for digest in digests}
    due = dict.fromkeys(found, 0)
    rows = Reminder.objects.filter(digest__in=found)
    for pk, duty, person, period in rows.values_list("digest", "duty", "person", "period"):
        due[pk] += (duty, person, period) in dues
    over = [pk for pk, count in due.items() if not count]
    Digest.objects.filter(pk__in=over).update(stopped_at=at)
    alike: dict[tuple[int, int], list[int]] = defaultdict(list)
    for pk, count in due.items():
        if count:
            alike[found[pk].attempts, count].append(pk)
    for (attempts, count), ids in alike.items():
        again = Digest.objects.filter(pk__in=ids)
        again.update(count=count, next_at=next_try(attempts, at))
    return [pk for pk, count in due.items() if count]


def _make_digests(school: School, counts: dict[Addressee, int], at: datetime) -> dict[int, int]:
    """Make today's digest of each person who has an address and none yet; by person."""
    home = page_url(school, "home")
    told = [
        (person.pk, count, home if person.signs_in else "")
        for person, count in counts.items()
        if person.reached
    ]
    return write_digests(school, told, day=localdate(at), at=at)


def _tell_waiting(waiting: dict[Key, int], digests: dict[int, int], day: date) -> None:
    """Put into the digests of a day the reminders that no mail has told yet."""
    told = [pk for (_, person, _), pk in waiting.items() if person in digests]
    todays = Digest.objects.filter(person=OuterRef("person"), day=day)
    for start in range(0, len(told), BATCH):
        batch = Reminder.objects.filter(pk__in=told[start : start + BATCH])
        batch.update(digest=Subquery(todays.values("pk")[:1]))


def _queue(ids: Iterable[int], school: School) -> None:
    from reminders.tasks import send_digest

    for pk in ids:
        transaction.on_commit(partial(send_digest.delay, digest_id=pk, school_id=school.pk))

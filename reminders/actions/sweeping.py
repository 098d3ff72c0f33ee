"""Remind people of what is due: each thing once in its period, in one mail a person and day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.timezone import localdate

from audit.actions import record
from common.duties import Due
from common.pages import page_url
from people.models import Person, School
from people.queries import current_people
from reminders.duties_due import collect_dues
from reminders.models import Digest, Reminder
from reminders.pace import may_remind, next_try

BATCH = 500

_WAITING = {"sent_at": None, "failed_at": None, "stopped_at": None}

Key = tuple[str, int, str]
Dues = Mapping[Key, Due]


@transaction.atomic
def sweep_school(*, school: School, at: datetime) -> int:
    """Write down what is due, make the digests of the day and queue them; returns how many mails.

    Does nothing outside school days and waking hours, or while another sweep of the school is at
    work. Safe to repeat: a unique key keeps each reminder to one a period and each digest to one a
    person and day. Mail that a lost worker left behind is queued again; a digest in which nothing
    is due any more is stopped (SYS-02).
    """
    locked = School.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=school.pk)
    if not may_remind(school, at=at) or not list(locked.values_list("pk")):
        return 0
    day = localdate(at)
    dues = collect_dues(school, on=day)
    people = current_people(school, on=day).in_bulk({due.person_id for due in dues.values()})
    dues = {key: due for key, due in dues.items() if due.person_id in people}
    reminders = _write_reminders(school, dues.values(), at)
    _release_yesterday(school, day, at)
    again = _send_again(school, dues, at)
    digests = _make_digests(school, dues, people, at)
    if reminders or digests:
        facts = {"reminders": reminders, "digests": len(digests)}
        record("sweep_school", school, by="sweep_school", at=at, facts=facts, school_id=school.pk)
    _queue([*again, *(digest.pk for digest in digests)], school)
    return len(again) + len(digests)


def _write_reminders(school: School, dues: Iterable[Due], at: datetime) -> int:
    """Write the reminders that are not there yet, and return how many those are."""
    rows = [
        Reminder(
            school=school,
            person_id=due.person_id,
            duty=due.duty,
            period=due.period,
            words=due.words,
            made_at=at,
        )
        for due in dues
    ]
    written = Reminder.objects.filter(school=school, made_at=at)
    before = written.count()
    Reminder.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return written.count() - before


def _release_yesterday(school: School, day: date, at: datetime) -> None:
    """Stop mail of earlier days that never went; what it told of goes into the mail of today."""
    left = Digest.objects.filter(school=school, day__lt=day, **_WAITING)
    ids = list(left.select_for_update(skip_locked=True).values_list("pk", flat=True))
    Reminder.objects.filter(digest__in=ids).update(digest=None)
    Digest.objects.filter(pk__in=ids).update(stopped_at=at)


def _send_again(school: School, dues: Dues, at: datetime) -> list[int]:
    """Return the digests to take up again; stop those in which nothing is due any more."""
    waiting = Digest.objects.filter(school=school, next_at__lte=at, **_WAITING)
    found = {digest.pk: digest for digest in waiting.select_for_update(skip_locked=True)}
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
        digests = Digest.objects.filter(pk__in=ids)
        digests.update(count=count, next_at=next_try(attempts, at))
    return [pk for pk, count in due.items() if count]


def _make_digests(
    school: School, dues: Dues, people: Mapping[int, Person], at: datetime
) -> list[Digest]:
    """Make today's digest of each person who has an address, something untold, and none yet."""
    day = localdate(at)
    told = set(Digest.objects.filter(school=school, day=day).values_list("person", flat=True))
    reached = [pk for pk, person in people.items() if person.email and pk not in told]
    untold: dict[int, list[int]] = defaultdict(list)
    rows = Reminder.objects.filter(school=school, digest=None, person__in=reached)
    for pk, duty, person, period in rows.values_list("pk", "duty", "person", "period"):
        if (duty, person, period) in dues:
            untold[person].append(pk)
    home = page_url(school, "home")
    digests = Digest.objects.bulk_create(
        [
            Digest(
                school=school,
                person_id=person,
                day=day,
                count=len(ids),
                path=home if people[person].user_id else "",
                queued_at=at,
                next_at=next_try(0, at),
            )
            for person, ids in sorted(untold.items())
        ],
        batch_size=BATCH,
    )
    ids = [pk for of_person in untold.values() for pk in of_person]
    todays = Digest.objects.filter(person=OuterRef("person"), day=day)
    for start in range(0, len(ids), BATCH):
        batch = Reminder.objects.filter(pk__in=ids[start : start + BATCH])
        batch.update(digest=Subquery(todays.values("pk")[:1]))
    return digests


def _queue(ids: Iterable[int], school: School) -> None:
    from reminders.tasks import send_digest

    for pk in ids:
        transaction.on_commit(partial(send_digest.delay, digest_id=pk, school_id=school.pk))

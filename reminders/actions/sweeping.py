"""Remind people of what is due: each thing once in its period, in one mail a person and day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
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
Untold = dict[int, list[int]]


@transaction.atomic
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
    people = current_people(school, on=day).filter(pk__in={due.person_id for due in dues.values()})
    present = set(people.order_by().values_list("pk", flat=True))
    dues = {key: due for key, due in dues.items() if due.person_id in present}
    again = _take_up(school, dues, day, at)
    reminders, untold = _write_reminders(school, dues, at)
    digests = _make_digests(school, untold, at) if untold else []
    if reminders or digests:
        facts = {"reminders": reminders, "digests": len(digests)}
        record("sweep_school", school, by="sweep_school", at=at, facts=facts, school_id=school.pk)
    _queue([*again, *(digest.pk for digest in digests)], school)
    return len(again) + len(digests)


def _write_reminders(school: School, dues: Dues, at: datetime) -> tuple[int, Untold]:
    """Write the reminders that are not there yet.

    Returns how many those are, and what no mail has told yet by person.
    """
    rows = _reminders_of(school, dues)
    new = [
        Reminder(
            school=school,
            person_id=due.person_id,
            duty=due.duty,
            period=due.period,
            words=due.words,
            made_at=at,
        )
        for key, due in dues.items()
        if key not in rows
    ]
    if new:
        Reminder.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
        rows = _reminders_of(school, dues)
    untold: Untold = defaultdict(list)
    for key in dues:
        pk, digest = rows[key]
        if digest is None:
            untold[key[1]].append(pk)
    return len(new), untold


def _reminders_of(school: School, dues: Dues) -> dict[Key, tuple[int, int | None]]:
    """Return the reminders of what is due that were written already, with their digests."""
    if not dues:
        return {}
    rows = Reminder.objects.filter(
        school=school,
        duty__in={duty for duty, _, _ in dues},
        person__in={person for _, person, _ in dues},
        period__in={period for _, _, period in dues},
    )
    columns = ("duty", "person", "period", "pk", "digest")
    return {
        (duty, person, period): (pk, digest)
        for duty, person, period, pk, digest in rows.order_by().values_list(*columns)
    }


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


def _make_digests(school: School, untold: Untold, at: datetime) -> list[Digest]:
    """Make today's digest of each person who has an address, something untold, and none yet."""
    day, home = localdate(at), page_url(school, "home")
    told = Digest.objects.filter(school=school, day=day).values("person")
    people = Person.objects.filter(school=school, pk__in=untold).exclude(pk__in=told)
    reached = people.exclude(email="").order_by("pk").values_list("pk", "user")
    untold = {pk: untold[pk] for pk, _ in reached}
    digests = Digest.objects.bulk_create(
        [
            Digest(
                school=school,
                person_id=person,
                day=day,
                count=len(untold[person]),
                path=home if user else "",
                queued_at=at,
                next_at=next_try(0, at),
            )
            for person, user in reached
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

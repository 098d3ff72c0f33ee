"""One round of the clock at one school: duties opened and closed, people reminded."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils.timezone import localtime

from audit.models import Entry
from audit.queries import last_entry, trail
from common.scope import school_scope
from people.models import School
from reminders.actions import open_occurrences, sweep_school
from reminders.pace import may_remind
from reminders.queries import mail_is_waiting

SPREAD = 37  # minutes; a number without a common part with 60 spreads the schools over the hour
OWN = ("open_occurrences", "sweep_school")  # what a round itself leaves on the trail
KEPT = 2 * 60 * 60


def make_round(*, school_id: int, at: datetime) -> bool:
    """Open, close and remind at one school, unless nothing can have changed; returns whether.

    What is due depends on the day and on what was done, and whatever is done stands on the trail:
    while its last entry is the same, in the same hour of a day, and no mail waits, a round would
    change nothing. What it opens and what it reminds of are a transaction each, safe to repeat and
    to run twice at once (SYS-02).
    """
    with school_scope(school_id):
        school = School.objects.get(pk=school_id)
        before = last_entry(school_id)
        seen = cache.get(_key(school_id)) == _state(school, before, at)
        if seen and not mail_is_waiting(school, at=at):
            return False
        open_occurrences(school=school, at=at)
    with school_scope(school_id):
        sweep_school(school=school, at=at)
        since = trail(school_id).filter(sequence__gt=before.sequence if before else 0)
        own = list(since[: len(OWN) + 1])
    if all(entry.verb in OWN for entry in own):
        cache.set(_key(school_id), _state(school, own[0] if own else before, at), timeout=KEPT)
    return True


def _state(school: School, last: Entry | None, at: datetime) -> str:
    """Return what a round depends on; a school's hours begin at a minute of its own."""
    moment = localtime(at)
    hour = (moment - timedelta(minutes=school.pk * SPREAD % 60)).hour
    head = f"{last.sequence} {last.hash}" if last else ""
    return f"{moment:%Y-%m-%d} {hour} {may_remind(school, at=at)} {head}"


def _key(school_id: int) -> str:
    return f"reminders:round:{school_id}"

"""The governors let one person do two parts of a filter change, for a time (FIL-06)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from audit.actions import record
from common.dates import uk_date
from common.errors import Refusal
from filtering.asking.opening import lock_school
from filtering.log import write_entry
from filtering.models import SeparationException
from filtering.steps.changes import check_power
from filtering.vocabulary import EntryKind
from people.models import Person, School

LONGEST = timedelta(days=366)


@transaction.atomic
def grant_exception(
    *,
    school: School,
    minute_reference: str,
    reason: str,
    from_date: date,
    until_date: date,
    by: Person,
    at: datetime,
) -> SeparationException:
    """Record an exception that the governing body has minuted, for a year at most (FIL-06).

    Refuses one without minute or reason, one that is over already, and one for days on which
    another is in force.
    """
    check_power(by, "grant_exception", at=at)
    if not (minute_reference.strip() and reason.strip()):
        raise Refusal("Say in which minute it stands, and why it is needed.")
    if until_date < max(from_date, localdate(at)):
        raise Refusal("The last day cannot be before the first, or in the past.")
    if until_date - from_date > LONGEST:
        raise Refusal("The governing body looks at it again after a year at most.")
    lock_school(school)
    others = SeparationException.objects.filter(school=school, ended_at=None)
    other = others.filter(from_date__lte=until_date, until_date__gte=from_date).first()
    if other:
        raise Refusal(
            f"An exception is recorded already until {uk_date(other.until_date)} ({other}). End "
            "it first."
        )
    exception = SeparationException.objects.create(
        school=school,
        minute_reference=minute_reference.strip(),
        reason=reason.strip(),
        from_date=from_date,
        until_date=until_date,
        granted_by=by,
        granted_at=at,
    )
    days = f"from {uk_date(from_date)} until {uk_date(until_date)}"
    words = f"The governors let one person do two parts of a change {days}"
    return _logged("grant_exception", exception, words, exception.reason, by, at)


@transaction.atomic
def end_exception(
    *, exception: SeparationException, by: Person, at: datetime
) -> SeparationException:
    """End an exception before its day; refuses one that has ended (FIL-06)."""
    check_power(by, "grant_exception", at=at)
    rows = SeparationException.objects.select_for_update(of=("self",)).select_related("school")
    exception = rows.get(pk=exception.pk)
    if exception.ended_at or exception.until_date < localdate(at):
        raise Refusal("This exception has ended already.")
    exception.ended_by, exception.ended_at = by, at
    exception.save(update_fields=["ended_by", "ended_at"])
    words = "The governors no longer let one person do two parts of a change"
    return _logged("end_exception", exception, words, "", by, at)


def _logged(
    verb: str, exception: SeparationException, words: str, text: str, by: Person, at: datetime
) -> SeparationException:
    write_entry(
        school=exception.school,
        kind=EntryKind.EXCEPTION,
        words=words,
        text=text,
        cause=str(exception),
        by=by,
        at=at,
    )
    record(verb, exception, by=by, at=at, facts={"until": exception.until_date.isoformat()})
    return exception

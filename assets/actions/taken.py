"""Take an item from a pupil and write it down within a minute (MOB-04, R-SSC-4, c.15)."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, localtime

from assets.conditions.common import check_power, said
from assets.conditions.taken import ExemptPupil, check_past, check_pupil
from assets.models import Confiscation
from assets.queries.taken import exemption_of
from assets.steps.taken import due_day, lead_for, tell_lead, write_line
from assets.vocabulary import Condition, DeviceKind
from audit.actions import record
from common.errors import Refusal
from people.models import Person, School
from people.references import next_reference


@transaction.atomic
def take_item(
    *,
    school: School,
    submission: UUID,
    pupil: Person,
    kind: str = DeviceKind.PHONE,
    item: str,
    item_tag: str = "",
    condition: str = Condition.GOOD,
    rule: str,
    what: str = "",
    suspected: bool = False,
    same_day: bool = False,
    taken_where: str = "",
    taken_at: datetime,
    stored_where: str,
    exempt_known: bool = False,
    incident_reference: str = "",
    by: Person,
    at: datetime,
) -> Confiscation:
    """Record an item taken from a pupil, where it lies, and by when it is to be fetched.

    The same ``submission`` sent twice gives the one item it made. Where indecent images of a child
    may be on it, it is with the safeguarding lead from the first moment, and the lead is told
    (R-SSC-3). Refuses whoever may not take things, somebody who is no pupil, a time to come, and
    a pupil who may keep a device by them unless that is known.
    """
    if made := _made(submission, by):
        return made
    check_power(by, "confiscate_item", at)
    check_pupil(pupil, school, at)
    check_past(taken_at, at)
    exemption = exemption_of(pupil, on=localdate(taken_at))
    if exemption and not exempt_known:
        raise ExemptPupil(pupil, exemption)
    values = {
        "item": said(item, "Say what was taken.", 120),
        "stored_where": said(stored_where, "Say where it is kept.", 120),
        "item_tag": item_tag.strip()[:30],
        "what": what.strip()[:500],
        "taken_where": taken_where.strip()[:120],
    }
    same_day = same_day and not suspected
    reference = next_reference(school=school, series="item", year=localtime(at).year)
    try:
        with transaction.atomic():
            taken = Confiscation.objects.create(
                school=school,
                reference=reference,
                submission=submission,
                state="with_lead" if suspected else "held",
                pupil=pupil,
                kind=kind,
                condition=condition,
                rule=rule,
                suspected=suspected,
                same_day=same_day,
                taken_by=by,
                taken_at=taken_at,
                recorded_at=at,
                held_by=lead_for(school, by, at) if suspected else by,
                due_date=due_day(school, taken_at, same_day=same_day),
                incident_reference=incident_reference,
                **values,
            )
    except IntegrityError as error:
        if "one_confiscation_per_submission" not in str(error):
            raise
        return _made_meanwhile(submission, by)
    _write_down(taken, exempt=exemption is not None)
    return taken


def _write_down(taken: Confiscation, *, exempt: bool) -> None:
    by, at = taken.taken_by, taken.recorded_at
    write_line(taken, "take_item", f"Kept: {taken.stored_where}.", by=by, at=at)
    facts = {"state": taken.state, "same_day": taken.same_day, "exempt": exempt}
    record("take_item", taken, by=by, at=at, facts=facts)
    if taken.suspected:
        tell_lead(taken, by=by, at=at)


def _made(submission: UUID, by: Person) -> Confiscation | None:
    return Confiscation.objects.filter(submission=submission, taken_by=by).first()


def _made_meanwhile(submission: UUID, by: Person) -> Confiscation:
    """Return what the same form, sent a moment earlier, made; refuses somebody else's form."""
    if made := _made(submission, by):
        return made
    raise Refusal("This form was used already. Open a new one and send it from there.")

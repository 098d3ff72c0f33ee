"""Take an item from a pupil and write it down within a minute (MOB-04, R-SSC-4, c.15)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, localtime

from assets.conditions.common import check_power, said
from assets.conditions.taken import ExemptPupil, check_past, check_pupil
from assets.models import Confiscation
from assets.queries.taken import exemption_of
from assets.steps.taken import due_day, lead_for, tell_lead, write_line
from assets.vocabulary import Condition, DeviceKind
from audit.actions import record
from common.once import make_once
from people.models import Person, School
from people.references import next_reference


@dataclass(frozen=True)
class Taking:
    """What was taken from whom, why, and where it lies."""

    pupil: Person
    item: str
    rule: str
    taken_at: datetime
    stored_where: str
    kind: str = DeviceKind.PHONE
    item_tag: str = ""
    condition: str = Condition.GOOD
    what: str = ""
    suspected: bool = False
    same_day: bool = False
    taken_where: str = ""

    def values(self) -> dict[str, Any]:
        """Return the fields of the register; refuses no word on what it is and where it lies."""
        return {
            **vars(self),
            "item": said(self.item, "Say what was taken.", 120),
            "stored_where": said(self.stored_where, "Say where it is kept.", 120),
            "item_tag": self.item_tag.strip()[:30],
            "what": self.what.strip()[:500],
            "taken_where": self.taken_where.strip()[:120],
            "same_day": self.same_day and not self.suspected,
        }


@transaction.atomic
def take_item(
    *,
    school: School,
    submission: UUID,
    taking: Taking,
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
    check_pupil(taking.pupil, school, at)
    check_past(taking.taken_at, at)
    exemption = exemption_of(taking.pupil, on=localdate(taking.taken_at))
    if exemption and not exempt_known:
        raise ExemptPupil(taking.pupil, exemption)
    values = taking.values()
    reference = next_reference(school=school, series="item", year=localtime(at).year)
    taken, new = make_once(
        "one_confiscation_per_submission",
        lambda: Confiscation.objects.create(
            school=school,
            reference=reference,
            submission=submission,
            state="with_lead" if taking.suspected else "held",
            taken_by=by,
            recorded_at=at,
            held_by=lead_for(school, by, at) if taking.suspected else by,
            due_date=due_day(school, taking.taken_at, same_day=values["same_day"]),
            incident_reference=incident_reference,
            **values,
        ),
        lambda: _made(submission, by),
    )
    if new:
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

"""Record how a storage medium was wiped or destroyed, and who looked (AST-05, R-NIST-1)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from assets.conditions.common import said
from assets.conditions.disposal import check_method
from assets.disposal_needs import WIPES, DisposalFile, MediumFile
from assets.models import DisposalBatch, Medium, Sanitisation
from assets.steps.disposal import begin, finish
from assets.vocabulary import Result
from common.dates import uk_datetime, whole_minute
from common.errors import Conflicted, Refusal
from people.models import Person


@dataclass(frozen=True)
class Wipe:
    """What was done to a medium: by one of the school, or by somebody of the company."""

    method: str
    technique: str
    result: str
    done_at: datetime
    done_by: Person | None = None
    done_by_name: str = ""
    tool: str = ""
    tool_version: str = ""
    place: str = ""
    failure: str = ""
    verified_by: Person | None = None
    verification: str = ""
    certificate_number: str = ""


@transaction.atomic
def sanitise_medium(
    *,
    batch: DisposalBatch,
    medium: Medium,
    submission: UUID,
    wipe: Wipe,
    by: Person,
    at: datetime,
) -> Sanitisation:
    """Write down a wipe or a destruction of a medium of a disposal (AST-05).

    The same form sent twice gives the one row it made. Refuses a medium that is not in the
    disposal or is done already, a magnet as destruction, overwriting of flash memory as success,
    destruction before a wipe failed unless the school destroys so, a wipe by software without the
    software and its version, a failure without why, a success without somebody else who looked,
    and a time that cannot be.
    """
    batch = begin("sanitise_medium", batch=batch, by=by, at=at)
    made = Sanitisation.objects.filter(school=batch.school, submission=submission).first()
    if made:
        return made
    file = DisposalFile(batch, on=localdate(at))
    one, since = _found(file, medium)
    values = vars(wipe) | {"technique": said(wipe.technique, "Say how it was done.", 120)}
    check_method(one, batch, method=wipe.method, technique=wipe.technique, result=wipe.result)
    _check_done_by(wipe, batch)
    _check_time(wipe, batch, since, at)
    _check_result(wipe)
    if wipe.result == Result.FAILED:
        values |= {"verified_by": None, "verification": ""}
    row = Sanitisation.objects.create(
        school=batch.school,
        batch=batch,
        medium=medium,
        submission=submission,
        recorded_by=by,
        recorded_at=at,
        **values,
    )
    facts = {"medium": medium.pk, "method": row.method, "result": row.result}
    finish("sanitise_medium", batch, facts=facts, by=by, at=at)
    return row


def _found(file: DisposalFile, medium: Medium) -> tuple[MediumFile, datetime]:
    """Return a medium of the disposal, and since when its device is in it."""
    for device in file.devices:
        for one in device.media:
            if one.medium.pk == medium.pk:
                return one, device.item.added_at
    raise Refusal("This medium is not in the disposal.")


def _check_done_by(wipe: Wipe, batch: DisposalBatch) -> None:
    if bool(wipe.done_by) == bool(wipe.done_by_name.strip()):
        raise Refusal("Say who did it: one of the school, or the name of somebody of the company.")
    if wipe.done_by_name and batch.company_id is None:
        raise Refusal("No company takes part in this disposal. Choose who of the school did it.")
    for person in (wipe.done_by, wipe.verified_by):
        if person and (person.school_id != batch.school_id or person.kind == Person.Kind.PUPIL):
            raise Refusal("Choose members of your own staff.")


def _check_time(wipe: Wipe, batch: DisposalBatch, since: datetime, at: datetime) -> None:
    """Refuse a time to come, one before the device was in the disposal, and one after it left."""
    if wipe.done_at > at:
        raise Refusal("It cannot have been done after now.")
    if wipe.done_at < whole_minute(since):
        raise Refusal(
            f"The device is in this disposal since {uk_datetime(since)}. Only what was done after "
            "that shows that nothing was stored since."
        )
    if wipe.done_by and batch.collected_at and wipe.done_at > batch.collected_at:
        raise Refusal("The devices had left by then. Say who of the company did it.")


def _check_result(wipe: Wipe) -> None:
    if wipe.method in WIPES and not (wipe.tool.strip() and wipe.tool_version.strip()):
        raise Refusal("Say which software or built-in erase was used, and its version.")
    if wipe.result == Result.FAILED:
        said(wipe.failure, "Say why it failed.")
        return
    if wipe.verified_by is None or not wipe.verification.strip():
        raise Refusal("Say who looked that nothing is left, and how they looked.")
    if wipe.verified_by == wipe.done_by:
        raise Conflicted("Whoever did it cannot be the one who looked. Choose somebody else.")

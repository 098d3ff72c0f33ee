"""Record who confirmed what about filtering, on what evidence (FIL-01, FIL-04, FIL-18, FIL-22)."""

import hashlib
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from audit.actions import record
from common.dates import uk_date
from common.errors import Refusal
from common.file_checks import check_upload, file_digest
from filtering.conditions.provision import check_next_date, check_statement
from filtering.log import write_entry
from filtering.models import Attestation, Service
from filtering.provision_words import CAUSE
from filtering.vocabulary import EntryKind, Statement
from people.models import Person, School

MEGABYTES = 20


@transaction.atomic
def attest(
    *,
    school: School,
    statement: str,
    note: str,
    next_date: date,
    service: Service | None = None,
    upload: UploadedFile | None = None,
    by: Person,
    at: datetime,
) -> Attestation:
    """Confirm a statement until its next date; the same one sent twice gives what it made.

    Refuses whoever may not confirm it, an empty note, a product that is not in use, a date that is
    not within a year, and a file that ``check_upload`` refuses (FIL-01, FIL-18, FIL-22).
    """
    check_statement(statement, by, at)
    if not note.strip():
        raise Refusal("Say on what this rests.")
    if service and (service.school_id != school.pk or service.ended_at is not None):
        raise Refusal("Choose a product that is in use.")
    check_next_date(next_date, at)
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    made = Attestation(
        school=school,
        statement=statement,
        service=service,
        note=note.strip()[:500],
        confirmed_by=by,
        confirmed_at=at,
        next_date=next_date,
    )
    checked = check_upload(upload, megabytes=MEGABYTES) if upload else None
    if checked:
        made.evidence_name, made.evidence_kind = checked.name, checked.kind
        made.evidence_sha256 = hashlib.sha256(checked.content).hexdigest()
    earlier = _same_of_today(made)
    if earlier:
        return earlier
    if checked:
        made.evidence.save("", ContentFile(checked.content), save=False)
    try:
        return _save(made)
    except BaseException:
        made.evidence.storage.delete(str(made.evidence.name))
        raise


@transaction.atomic
def hand_on_attestation(*, attestation: Attestation, by: Person, at: datetime) -> Attestation:
    """Give a copy of evidence to somebody who sees the register; the trail notes it (SYS-06).

    Refuses a stored file that is gone or is not, byte for byte, the one that was taken in.
    """
    if file_digest(attestation.evidence) != attestation.evidence_sha256:
        raise Refusal(
            f"“{attestation.evidence_name}” is not in the store as it was taken in. Do not rely on "
            "it, and tell whoever looks after this system."
        )
    facts = {"sha256": attestation.evidence_sha256}
    record("hand_on_attestation", attestation, by=by, at=at, facts=facts)
    return attestation


def _same_of_today(made: Attestation) -> Attestation | None:
    """Return what the same form, sent a moment earlier, made."""
    same = ("school", "statement", "service", "note", "confirmed_by", "next_date")
    rows = Attestation.objects.filter(
        **{name: getattr(made, name) for name in (*same, "evidence_sha256")}
    )
    latest = rows.order_by("-confirmed_at", "-pk").first()
    newest = Attestation.objects.filter(school=made.school, statement=made.statement).first()
    return latest if latest and latest == newest and _close(latest, made) else None


def _close(one: Attestation, other: Attestation) -> bool:
    return (other.confirmed_at - one.confirmed_at).total_seconds() < 3_600


def _save(made: Attestation) -> Attestation:
    made.save(force_insert=True)
    product = f" Product: {made.service}." if made.service else ""
    write_entry(
        school=made.school,
        kind=EntryKind.ATTESTED,
        words=f"Confirmed: {Statement(made.statement).label}.{product}",
        after=f"To be confirmed again by {uk_date(made.next_date)}",
        text=made.note,
        cause=CAUSE,
        by=made.confirmed_by,
        at=made.confirmed_at,
    )
    facts = {"statement": made.statement, "sha256": made.evidence_sha256}
    record("attest", made, by=made.confirmed_by, at=made.confirmed_at, facts=facts)
    return made

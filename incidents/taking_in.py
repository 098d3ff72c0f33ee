"""Store a file as evidence: counted, checked by content, named at random, hashed (SYS-06)."""

import hashlib
from datetime import datetime
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from common.errors import Refusal
from common.file_checks import check_upload, file_digest
from incidents.conditions import check_files_allowed
from incidents.models import CustodyLine, Evidence, Incident
from incidents.orphans import remember_file
from people.models import Person


def take_in(
    incident: Incident, upload: UploadedFile, *, source: str, by: Person, at: datetime
) -> Evidence:
    """Store one file with its SHA-256 and first custody line; refuses as ``attach_evidence``."""
    check_files_allowed(incident)
    school = incident.school
    if incident.evidence.count() >= school.setting("evidence_files"):
        raise Refusal("This incident holds as many files as the school allows.")
    checked = check_upload(upload, megabytes=school.setting("evidence_megabytes"))
    digest = hashlib.sha256(checked.content).hexdigest()
    if incident.evidence.filter(sha256=digest).exists():
        raise Refusal(f"“{checked.name}” is attached already.")
    evidence = Evidence(
        school=school,
        incident=incident,
        key=uuid4(),
        name=checked.name,
        kind=checked.kind,
        size=len(checked.content),
        sha256=digest,
        source=source,
        added_by=by,
        added_at=at,
    )
    evidence.file.save("", ContentFile(checked.content), save=False)
    remember_file(evidence)
    evidence.save(force_insert=True)
    write_custody(evidence, f"Taken in. {source}".strip(), by=by, at=at)
    return evidence


def check_unchanged(evidence: Evidence) -> None:
    """Refuse a stored file that is gone, or whose bytes are not those that were taken in."""
    if file_digest(evidence.file) != evidence.sha256:
        raise Refusal(
            f"“{evidence.name}” is not in the store as it was taken in. Do not rely on it, and "
            "tell whoever looks after this system."
        )


def write_custody(evidence: Evidence, deed: str, *, by: Person, at: datetime) -> None:
    """Append one line to a file's custody (INC-37)."""
    CustodyLine.objects.create(
        school_id=evidence.school_id, evidence=evidence, deed=deed, by=by, at=at
    )

"""Take files in as evidence and keep their custody (SYS-06, INC-37)."""

import hashlib
from datetime import datetime
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from audit.actions import record
from common.errors import Refusal
from incidents.conditions import check_files_allowed
from incidents.file_checks import check_upload
from incidents.models import CustodyLine, Evidence, Incident
from incidents.steps import begin, finish
from incidents.vocabulary import EventKind
from people.models import Person


@transaction.atomic
def attach_evidence(
    *,
    incident: Incident,
    version: int,
    upload: UploadedFile,
    source: str = "",
    by: Person,
    at: datetime,
) -> Evidence:
    """Store a file under a random name with its SHA-256 and first custody line.

    Refused altogether where indecent images of children may be involved (INC-45), and in words
    when it is too large, one too many, the same file again, or of a kind not allowed.
    """
    check_files_allowed(incident)
    incident = begin("attach_evidence", incident=incident, version=version, by=by, at=at)
    check_files_allowed(incident)
    school = incident.school
    if incident.evidence.count() >= school.setting("evidence_files"):
        raise Refusal("This incident holds as many files as the school allows.")
    checked = check_upload(upload, megabytes=school.setting("evidence_megabytes"))
    digest = hashlib.sha256(checked.content).hexdigest()
    if incident.evidence.filter(sha256=digest).exists():
        raise Refusal("This file is attached already.")
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
    evidence.save(force_insert=True)
    _custody(evidence, f"Taken in. {source}".strip(), by, at)
    finish(
        "attach_evidence",
        incident,
        kind=EventKind.EVIDENCE,
        text=f"File attached: {evidence.name}",
        facts={"sha256": digest},
        by=by,
        at=at,
    )
    return evidence


@transaction.atomic
def hand_on_evidence(*, evidence: Evidence, by: Person, at: datetime) -> Evidence:
    """Give a copy of a file to somebody who may see the incident; custody and trail note it."""
    check_files_allowed(evidence.incident)
    _custody(evidence, "Copy taken out.", by, at)
    record("hand_on_evidence", evidence, by=by, at=at, facts={"sha256": evidence.sha256})
    return evidence


def _custody(evidence: Evidence, deed: str, by: Person, at: datetime) -> None:
    CustodyLine.objects.create(
        school_id=evidence.school_id, evidence=evidence, deed=deed, by=by, at=at
    )

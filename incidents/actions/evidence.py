"""Take files in as evidence, and give copies out (SYS-06, INC-37)."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from audit.actions import record
from incidents.conditions import check_files_allowed
from incidents.models import Evidence, Incident
from incidents.orphans import no_file_left_behind
from incidents.steps import begin, finish
from incidents.taking_in import check_unchanged, take_in, write_custody
from incidents.vocabulary import EventKind
from people.models import Person


@transaction.atomic
@no_file_left_behind()
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
    evidence = take_in(incident, upload, source=source, by=by, at=at)
    finish(
        "attach_evidence",
        incident,
        kind=EventKind.EVIDENCE,
        text=f"File attached: {evidence.name}",
        facts={"sha256": evidence.sha256},
        by=by,
        at=at,
    )
    return evidence


@transaction.atomic
def hand_on_evidence(*, evidence: Evidence, by: Person, at: datetime) -> Evidence:
    """Give a copy of a file to somebody who may see the incident; custody and trail note it.

    Refused where indecent images of children may be involved (INC-45), and when the stored file
    is gone or is not, byte for byte, the one that was taken in (INC-37).
    """
    check_files_allowed(evidence.incident)
    check_unchanged(evidence)
    write_custody(evidence, "Copy taken out.", by=by, at=at)
    record("hand_on_evidence", evidence, by=by, at=at, facts={"sha256": evidence.sha256})
    return evidence

"""Start several agreements at once from a school's own files (AGR-01, AGR-24)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from agreements.actions.texts import start_agreement
from agreements.document import AgreementDocument
from agreements.models import AgreementVersion
from agreements.queries.texts import free_code
from common.errors import Refusal
from people.models import Person, School


@dataclass(frozen=True)
class FromFile:
    """One file that was read: its text, and what somebody said it is."""

    file: str
    document: AgreementDocument
    kind: str
    audience: str


@transaction.atomic
def import_agreements(
    *, school: School, files: Sequence[FromFile], by: Person, at: datetime
) -> list[AgreementVersion]:
    """Start an agreement as a draft from each file, all of them or none.

    Refuses what ``start_agreement`` refuses, naming the file.
    """
    if not files:
        raise Refusal("There is no file to bring in.")
    versions = []
    for one in files:
        try:
            version = start_agreement(
                school=school,
                kind=one.kind,
                audience=one.audience,
                code=free_code(school, one.document.title),
                documents=[one.document],
                note=f"Brought in from the file “{one.file}”.",
                by=by,
                at=at,
            )
        except Refusal as refusal:
            raise Refusal(f"“{one.file}”: {refusal}") from None
        versions.append(version)
    return versions

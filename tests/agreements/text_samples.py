"""Records for the pages of agreements' texts, and rows for their list."""

from agreements.actions import texts
from agreements.document import AgreementDocument
from agreements.models import AgreementVersion
from agreements.queries.texts import hash_of
from tests.agreements.walk import published
from tests.cast import NOW, Cast


def draft(cast: Cast) -> AgreementVersion:
    """Return version 2 of the general rules, a draft; version 1 is live."""
    (live,) = published(cast, "general_rules", at=NOW)
    return texts.revise_agreement(
        version=live, change="minor", note="A word was wrong.", by=cast.dora, at=NOW
    )


def approved(cast: Cast) -> AgreementVersion:
    """Return a version that Dora wrote and Hana approved."""
    version = texts.load_agreement(school=cast.school, name="byod_code", by=cast.dora, at=NOW)
    return texts.approve_agreement(version=version, seen=hash_of(version), by=cast.hana, at=NOW)


def one_more_document(cast: Cast, number: int) -> AgreementVersion:
    """Start one more document."""
    return texts.start_agreement(
        school=cast.school,
        kind="document",
        audience="staff",
        code=f"document-{number}",
        documents=[AgreementDocument(f"Document {number}", "", (), "", "")],
        note="A sample",
        by=cast.dora,
        at=NOW,
    )

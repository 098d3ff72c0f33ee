"""Write, approve and publish agreements; what was published is never altered (AGR-01, AGR-07)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from agreements.document import AgreementDocument, to_json
from agreements.document_check import check_document, check_translation
from agreements.libraries import read_library
from agreements.models import Agreement, AgreementText, AgreementVersion
from agreements.queries.texts import hash_of, text_in
from agreements.translating import follow
from agreements.vocabulary import LANGUAGES, Change, Kind
from agreements.workflow import VERSION
from audit.actions import record
from common.errors import Conflicted, Refusal, StaleRecord
from common.pages import page_url
from people.mail import notify
from people.models import Person, School
from policies.models import PolicyVersion
from roles.queries import holders_of_power


@transaction.atomic
def load_agreement(*, school: School, name: str, by: Person, at: datetime) -> AgreementVersion:
    """Start an agreement from one that the product brings along, as a draft (AGR-19, AGR-20)."""
    library = read_library(name)
    return start_agreement(
        school=school,
        kind=library.kind,
        audience=library.audience,
        code=name.replace("_", "-"),
        documents=library.documents,
        note=f"Taken from “{library.document.title}”.",
        by=by,
        at=at,
    )


@transaction.atomic
def start_agreement(
    *,
    school: School,
    kind: str,
    audience: str,
    code: str,
    documents: Sequence[AgreementDocument],
    note: str,
    by: Person,
    at: datetime,
) -> AgreementVersion:
    """Start a new agreement as a draft (AGR-01, AGR-24).

    Refuses a second acceptable-use agreement for an audience, and a name that is taken.
    """
    same = Agreement.objects.filter(school=school)
    if same.filter(code=code).exists():
        raise Refusal("There is an agreement of this name. Choose another name.")
    if (
        kind == Kind.AGREEMENT
        and same.filter(kind=Kind.AGREEMENT, audience=audience, active=True).exists()
    ):
        raise Refusal("This audience has an agreement. Write a new version of that one instead.")
    agreement = Agreement.objects.create(
        school=school,
        code=code,
        kind=kind,
        audience=audience,
        title=documents[0].title,
        created_by=by,
        created_at=at,
    )
    version = _new_version(
        agreement, number=1, change=Change.MATERIAL, note=note, documents=documents, by=by, at=at
    )
    record("start_agreement", agreement, by=by, at=at, facts={"audience": audience})
    return version


@transaction.atomic
def revise_agreement(
    *,
    version: AgreementVersion,
    change: str,
    note: str,
    because_of: PolicyVersion | None = None,
    by: Person,
    at: datetime,
) -> AgreementVersion:
    """Begin the next version as a draft with the words of this one (AGR-07).

    Refuses a version that is not the live one, an empty note, and a draft while there is one.
    """
    version = _locked(version)
    VERSION.check("revise_agreement", version.status)
    if not note.strip():
        raise Refusal("Say what changes and why. Everybody who signs reads it.")
    if not version.live:
        raise StaleRecord("A newer version was published. Start from that one.")
    if version.agreement.versions.exclude(status="published").exists():
        raise Refusal("There is a draft already. Change that one.")
    documents = [text.document for text in version.texts.all()]
    draft = _new_version(
        version.agreement,
        number=version.number + 1,
        change=change,
        note=note.strip(),
        documents=documents,
        based_on=version,
        because_of=because_of,
        by=by,
        at=at,
    )
    record("revise_agreement", draft, by=by, at=at, facts={"change": change})
    return draft


@transaction.atomic
def write_text(
    *,
    version: AgreementVersion,
    document: AgreementDocument,
    seen: str,
    moved: Mapping[str, str] | None = None,
    by: Person,
    at: datetime,
) -> AgreementText:
    """Write the words of a version in one language; an approval it had is void (AGR-01).

    ``seen`` is the hash of the version when the page was opened: somebody else's change in between
    is never overwritten. ``moved`` says which number each clause had before, so that translations
    follow. Refuses a published version and a language that is not known.
    """
    version = _locked(version)
    VERSION.check("write_text", version.status)
    _check_seen(version, seen)
    if document.language not in LANGUAGES:
        raise Refusal("Choose a language from the list.")
    text, _ = AgreementText.objects.update_or_create(
        school_id=version.school_id,
        version=version,
        language=document.language,
        defaults=_columns(document),
    )
    if moved is not None:
        for other in version.texts.exclude(language=document.language):
            clauses = follow(other.document.clauses, document.clauses, moved)
            version.texts.filter(pk=other.pk).update(clauses=to_json(clauses))
    was_approved = version.status == "approved"
    version.status = "draft"
    version.approved_by, version.approved_at, version.approved_hash = None, None, ""
    version.changed_by, version.changed_at = by, at
    version.save()
    facts = {"language": document.language, "hash": hash_of(version), "approval_void": was_approved}
    record("write_text", version, by=by, at=at, facts=facts)
    return text


@transaction.atomic
def approve_agreement(
    *, version: AgreementVersion, seen: str, by: Person, at: datetime
) -> AgreementVersion:
    """Approve a draft as it stands to the letter (AGR-01, AGR-22).

    Refuses one's own draft, a text that has changed since it was opened, missing mandatory topics
    and translations that are out of step.
    """
    version = _locked(version)
    VERSION.check("approve_agreement", version.status)
    _check_seen(version, seen)
    if version.changed_by_id == by.pk:
        raise Conflicted("You wrote this text, so somebody else has to approve it.")
    _check_texts(version)
    version.status = "approved"
    version.approved_by, version.approved_at, version.approved_hash = by, at, seen
    version.save(update_fields=["status", "approved_by", "approved_at", "approved_hash"])
    record("approve_agreement", version, by=by, at=at, facts={"hash": seen})
    return version


@transaction.atomic
def return_agreement(
    *, version: AgreementVersion, reason: str, by: Person, at: datetime
) -> AgreementVersion:
    """Give a text back to its writer with words; an approval it had is void (AGR-01).

    Refuses a published version and an empty reason. The writer gets a mail that says where to look.
    """
    version = _locked(version)
    VERSION.check("return_agreement", version.status)
    if not reason.strip():
        raise Refusal("Say what should be changed.")
    version.status = "draft"
    version.approved_by, version.approved_at, version.approved_hash = None, None, ""
    version.save(update_fields=["status", "approved_by", "approved_at", "approved_hash"])
    record("return_agreement", version, by=by, at=at, facts={"reason": reason.strip()})
    notify([version.changed_by], reason="agreement_returned", path=_path(version), at=at)
    return version


@transaction.atomic
def publish_agreement(*, version: AgreementVersion, by: Person, at: datetime) -> AgreementVersion:
    """Publish an approved version; the one before is history, its signatures stay (AGR-07).

    Refuses a text that is not the one that was approved. Those who have to sign are asked by
    ``issue_obligations``, which whoever publishes starts.
    """
    version = _locked(version)
    VERSION.check("publish_agreement", version.status)
    if hash_of(version) != version.approved_hash:
        raise StaleRecord("This is not the text that was approved. It has to be approved again.")
    AgreementVersion.objects.filter(
        agreement=version.agreement, status="published", superseded_at=None
    ).update(superseded_at=at)
    version.status, version.published_by, version.published_at = "published", by, at
    version.save(update_fields=["status", "published_by", "published_at"])
    title = text_in(version, "en").title
    Agreement.objects.filter(pk=version.agreement_id).update(title=title)
    record(
        "publish_agreement",
        version,
        by=by,
        at=at,
        facts={"hash": version.approved_hash, "change": version.change},
    )
    return version


@transaction.atomic
def ask_for_approval(*, version: AgreementVersion, by: Person, at: datetime) -> None:
    """Tell those who approve that a draft is ready (AGR-01).

    Refuses a text that could not be approved as it stands.
    """
    version = _locked(version)
    VERSION.check("ask_for_approval", version.status)
    _check_texts(version)
    record("ask_for_approval", version, by=by, at=at)
    notify(
        holders_of_power(version.school, "approve_agreement", on=localdate(at)).exclude(pk=by.pk),
        reason="agreement_to_approve",
        path=_path(version),
        at=at,
    )


def _new_version(
    agreement: Agreement,
    *,
    number: int,
    change: str,
    note: str,
    documents: Sequence[AgreementDocument],
    based_on: AgreementVersion | None = None,
    because_of: PolicyVersion | None = None,
    by: Person,
    at: datetime,
) -> AgreementVersion:
    version = AgreementVersion.objects.create(
        school_id=agreement.school_id,
        agreement=agreement,
        number=number,
        change=change,
        note=note[:400],
        based_on=based_on,
        because_of=because_of,
        created_by=by,
        created_at=at,
        changed_by=by,
        changed_at=at,
    )
    for document in documents:
        AgreementText.objects.create(
            school_id=agreement.school_id,
            version=version,
            language=document.language,
            **_columns(document),
        )
    return version


def _path(version: AgreementVersion) -> str:
    return page_url(version.school, "version_detail", version.agreement.code, version.number)


def _columns(document: AgreementDocument) -> dict[str, object]:
    return {
        "title": document.title,
        "intro": document.intro,
        "clauses": to_json(document.clauses),
        "rules": document.rules,
        "statement": document.statement,
    }


def _locked(version: AgreementVersion) -> AgreementVersion:
    """Return a version to work on; refuses one of an agreement that is no longer used."""
    rows = AgreementVersion.objects.select_for_update(of=("self",))
    version = rows.select_related("agreement", "school").get(pk=version.pk)
    if not version.agreement.active:
        raise Refusal("This agreement is no longer used. Use it again first.")
    return version


def _check_seen(version: AgreementVersion, seen: str) -> None:
    if hash_of(version) != seen:
        raise StaleRecord(
            "Somebody else changed this text after you opened it. Nothing was overwritten. Open "
            "it again and look at what has changed."
        )


def _check_texts(version: AgreementVersion) -> None:
    agreement = version.agreement
    texts = [text.document for text in version.texts.all()]
    original = next((one for one in texts if one.language == "en"), texts[0])
    for document in texts:
        check_document(document, agreement.audience, kind=agreement.kind)
        if document is not original:
            check_translation(document, original)

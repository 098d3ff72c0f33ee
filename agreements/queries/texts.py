"""Read agreements, their versions and their texts."""

from itertools import count

from django.db.models import Prefetch, QuerySet
from django.utils.text import slugify

from agreements.document import documents_hash
from agreements.models import Agreement, AgreementText, AgreementVersion
from audit.models import Entry
from audit.queries import trail_of
from people.models import School


def agreements_of(school: School) -> QuerySet[Agreement, Agreement]:
    """Return a school's agreements, each with ``versions`` newest first. Two queries."""
    versions = AgreementVersion.objects.order_by("-number").select_related("published_by")
    return Agreement.objects.filter(school=school).prefetch_related(
        Prefetch("versions", queryset=versions)
    )


def agreement_of(school: School, code: str) -> Agreement | None:
    """Return an agreement of a school by its code."""
    return agreements_of(school).filter(code=code).first()


def version_of(school: School, code: str, number: int) -> AgreementVersion | None:
    """Return a version of an agreement with its texts and those it is based on. Three queries."""
    rows = AgreementVersion.objects.filter(
        school=school, agreement__code=code, number=number
    ).select_related(
        "school",
        "agreement",
        "based_on__agreement",
        "because_of",
        "created_by",
        "changed_by",
        "approved_by",
        "published_by",
    )
    return rows.prefetch_related("texts", "based_on__texts").first()


def live_text_of(school: School, code: str) -> AgreementVersion | None:
    """Return the live version of one agreement in use, with its texts. Two queries."""
    rows = AgreementVersion.objects.filter(
        school=school,
        agreement__code=code,
        agreement__active=True,
        status="published",
        superseded_at=None,
    )
    return rows.select_related("agreement", "school").prefetch_related("texts").first()


def last_word_on(version: AgreementVersion) -> Entry | None:
    """Return the last time a draft was sent for approval or returned, if nothing came after."""
    verbs = ("ask_for_approval", "return_agreement")
    entry = trail_of(version).filter(verb__in=verbs).first()
    return entry if entry and entry.at >= version.changed_at else None


def live_versions(school: School) -> list[AgreementVersion]:
    """Return what people sign now, each with its texts. Two queries."""
    rows = AgreementVersion.objects.filter(
        school=school, status="published", superseded_at=None, agreement__active=True
    )
    return list(
        rows.select_related("agreement").prefetch_related("texts").order_by("agreement__code")
    )


def live_version(school: School, audience: str) -> AgreementVersion | None:
    """Return the live version of the acceptable-use agreement of an audience."""
    return next(
        (
            version
            for version in live_versions(school)
            if version.agreement.audience == audience and version.agreement.kind == "agreement"
        ),
        None,
    )


def text_in(version: AgreementVersion, language: str) -> AgreementText:
    """Return a version's text in a language, or in English where there is none in that one."""
    texts = {text.language: text for text in version.texts.all()}
    return texts.get(language) or texts.get("en") or next(iter(texts.values()))


def free_code(school: School, title: str) -> str:
    """Return a code for a new agreement, made from its title, that no agreement has."""
    taken = set(Agreement.objects.filter(school=school).values_list("code", flat=True))
    wanted = slugify(title)[:34].strip("-") or "agreement"
    if wanted not in taken:
        return wanted
    return next(code for n in count(2) if (code := f"{wanted}-{n}") not in taken)


def hash_of(version: AgreementVersion) -> str:
    """Return the hash of all texts of a version, to which an approval is bound. One query."""
    documents = [text.document for text in AgreementText.objects.filter(version=version)]
    return documents_hash(
        documents, agreement_title=version.agreement.title, version=version.number
    )

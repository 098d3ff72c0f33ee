"""Read agreements, their versions and their texts."""

from itertools import count

from django.db.models import Prefetch, QuerySet
from django.utils.text import slugify

from agreements.models import Agreement, AgreementText, AgreementVersion
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

"""Whether an agreement says what it must, in a form its readers can take in (AGR-22, AGR-23)."""

from collections import Counter
from functools import cache
from pathlib import Path

from agreements.document import AgreementDocument, ClauseText
from agreements.vocabulary import Audience, Kind
from common.errors import Refusal
from roles.catalogue import BY_CODE

# What a clause may be about. A clause carries one topic or none.
TOPICS = {
    "access": "Access with one's own account only",
    "age_limits": "Age limits of apps and games",
    "bypass": "No way round the filter",
    "child_concern": "Concern about a child",
    "communication": "School channels for contact",
    "confidentiality": "Confidentiality",
    "consent": "Permission for pictures and technology",
    "contact": "How the school gets in touch",
    "copyright": "Copyright",
    "data_security": "Data security",
    "downloads": "Downloads and attachments",
    "email": "E-mail and messages",
    "encryption": "Encryption",
    "filtering_limits": "Limits of filtering",
    "image_storage": "Where pictures are kept",
    "images_of_others": "Pictures of other people",
    "internet_use": "Use of the internet",
    "learning_platform": "Learning platform",
    "loans": "Equipment on loan",
    "logging": "Logging and monitoring",
    "malware": "Protection from viruses",
    "meeting": "Meeting people from online",
    "misuse": "How misuse is dealt with",
    "offensive": "Offensive or unlawful material",
    "outside_systems": "Systems of the authority or trust",
    "passwords": "Passwords",
    "personal_details": "Personal details",
    "phones": "Own phones and devices",
    "policy": "The online-safety policy",
    "private_photos": "Photographs with private equipment",
    "professional_use": "Use for work",
    "reporting": "Reporting",
    "respect": "Kindness and respect",
    "school_work": "Use for school work",
    "social_networks": "Social networks",
    "software": "Software and licences",
    "support_at_home": "Support at home",
    "supervision": "Supervision",
    "teaching": "Teaching",
    "tell_adult": "Telling an adult",
}

_ADULTS_AT_WORK = ("private_photos", "passwords", "access", "data_security", "email", "misuse")

# What an agreement for each audience has to cover before anybody may approve it.
MANDATORY: dict[str, tuple[str, ...]] = {
    Audience.STAFF: _ADULTS_AT_WORK,
    Audience.GOVERNOR: _ADULTS_AT_WORK,
    Audience.VOLUNTEER: _ADULTS_AT_WORK,
    Audience.VISITOR: ("access", "private_photos", "misuse"),
    Audience.EXTERNAL: ("access", "private_photos", "misuse"),
    Audience.PARENT: (
        "internet_use",
        "consent",
        "logging",
        "filtering_limits",
        "contact",
        "support_at_home",
        "misuse",
    ),
    Audience.PUPIL_KS1: ("tell_adult", "passwords"),
    Audience.PUPIL_KS2: (
        "passwords",
        "access",
        "email",
        "personal_details",
        "tell_adult",
        "misuse",
    ),
    Audience.PUPIL_SECONDARY: (
        "passwords",
        "access",
        "email",
        "personal_details",
        "images_of_others",
        "tell_adult",
        "misuse",
    ),
}
LONGEST_FOR_KS1 = 90
LONGEST_TITLE = 160
LONGEST_STATEMENT = 600

_ICONS = Path(__file__).resolve().parent.parent / "static" / "img" / "icons.txt"
_SENTENCE_ENDS = ".?!…"


def check_document(
    document: AgreementDocument, audience: str, *, kind: str = Kind.AGREEMENT
) -> None:
    """Refuse, in words, an agreement that may not be approved for an audience (AGR-22, AGR-23).

    Only an agreement must cover the mandatory topics; a policy or another document need not.
    """
    _check_parts(document)
    _check_clauses(document)
    if audience == Audience.PUPIL_KS1:
        for clause in document.clauses:
            _check_for_ks1(clause)
    if kind == Kind.AGREEMENT:
        _check_topics(document, audience)


def check_translation(document: AgreementDocument, original: AgreementDocument) -> None:
    """Refuse a translation whose clauses are not those of the original, one for one (AGR-01)."""
    numbers = [clause.number for clause in document.clauses]
    if numbers != [clause.number for clause in original.clauses]:
        raise Refusal(
            f"The text in “{document.language}” does not have the same clause numbers as the text "
            f"in “{original.language}”. Give both the same clauses in the same order."
        )
    for clause, first in zip(document.clauses, original.clauses, strict=True):
        same = (clause.topic, clause.picture, set(clause.roles))
        if same != (first.topic, first.picture, set(first.roles)):
            raise Refusal(
                f"Clause {clause.number} in “{document.language}” has another topic, picture or "
                "list of roles. A translation changes only the words."
            )


def missing_topics(document: AgreementDocument, audience: str) -> list[str]:
    """Return the labels of mandatory topics that no clause everybody is shown covers."""
    covered = {clause.topic for clause in document.clauses if not clause.roles}
    return [TOPICS[topic] for topic in MANDATORY.get(audience, ()) if topic not in covered]


def _check_parts(document: AgreementDocument) -> None:
    for name, words, longest in (
        ("title", document.title, LONGEST_TITLE),
        ("statement", document.statement, LONGEST_STATEMENT),
    ):
        if not words.strip():
            raise Refusal(f"The agreement has no {name}. Write one.")
        if len(words) > longest:
            raise Refusal(
                f"The {name} is {len(words):,} characters long. Shorten it to {longest:,} or fewer."
            )
    if not document.clauses:
        raise Refusal("The agreement has no clauses. Write at least one.")


def _check_clauses(document: AgreementDocument) -> None:
    for number, count in Counter(one.number.strip() for one in document.clauses).items():
        if not number:
            raise Refusal("A clause has no number. Give each clause its own.")
        if count > 1:
            raise Refusal(f"The number {number} stands twice. Give each clause its own.")
    for clause in document.clauses:
        if not clause.text.strip():
            raise Refusal(f"Clause {clause.number} is empty. Write it or take it out.")
        if clause.topic and clause.topic not in TOPICS:
            raise Refusal(f"Clause {clause.number}: “{clause.topic}” is not a known topic.")
        for code in clause.roles:
            if code not in BY_CODE:
                raise Refusal(f"Clause {clause.number}: “{code}” is not a known role.")
        if clause.picture and clause.picture not in _icons():
            raise Refusal(f"Clause {clause.number}: there is no picture “{clause.picture}”.")


def _check_for_ks1(clause: ClauseText) -> None:
    if len(clause.text.strip()) > LONGEST_FOR_KS1 or _sentences(clause.text) > 1:
        raise Refusal(
            f"Clause {clause.number} is too long for pupils up to Year 2. Write one sentence of "
            f"{LONGEST_FOR_KS1} characters or fewer."
        )
    if not clause.picture:
        raise Refusal(f"Clause {clause.number} needs a picture for pupils up to Year 2.")


def _check_topics(document: AgreementDocument, audience: str) -> None:
    missing = missing_topics(document, audience)
    if missing:
        raise Refusal(
            f"The agreement for “{Audience(audience).label}” must also cover: "
            f"{'; '.join(missing)}. Add a clause that everybody is shown, or give a clause its "
            "topic."
        )


def _sentences(text: str) -> int:
    """Return how many sentences or lines a text has."""
    lines = [line for line in text.splitlines() if line.strip()]
    ends = sum(
        after.isspace()
        for line in lines
        for before, after in zip(line.strip(), line.strip()[1:], strict=False)
        if before in _SENTENCE_ENDS
    )
    return len(lines) + ends


@cache
def _icons() -> frozenset[str]:
    return frozenset(_ICONS.read_text(encoding="utf-8").split())

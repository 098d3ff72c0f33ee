"""A version as its writers look at it: every clause or one role's, and what has changed."""

from dataclasses import dataclass

from agreements.audience import limited_roles
from agreements.comparison import ClauseChange, differences
from agreements.document import AgreementDocument, to_json
from agreements.models import AgreementText, AgreementVersion
from agreements.shown import Shown, shown_to
from agreements.vocabulary import LANGUAGES, Audience
from roles.catalogue import BY_CODE

EVERY_ROLE = tuple(BY_CODE)
NOBODY_SPECIAL = "everybody"


@dataclass(frozen=True)
class LanguageChanges:
    """What differs in one language: nothing but words where the language itself is new or gone."""

    language: str
    note: str
    rows: list[ClauseChange]


def shown_for(version: AgreementVersion, language: str, role: str = "") -> Shown:
    """Return a version with all its clauses, or as holders of one role are shown it."""
    if role == NOBODY_SPECIAL:
        return shown_to(version, language)
    return shown_to(version, language, [role] if role in BY_CODE else EVERY_ROLE)


def preview_of(version: AgreementVersion, document: AgreementDocument) -> Shown:
    """Return a text that is not stored as it would be shown."""
    text = AgreementText(
        version=version,
        language=document.language,
        title=document.title,
        intro=document.intro,
        clauses=to_json(document.clauses),
        rules=document.rules,
        statement=document.statement,
    )
    return Shown(version, text, EVERY_ROLE, "", "")


def changes_between(old: AgreementVersion | None, new: AgreementVersion) -> list[LanguageChanges]:
    """Return what differs between two versions, language by language; nothing without an older."""
    if old is None:
        return []
    before = {text.language: text.document for text in old.texts.all()}
    found = []
    for text in new.texts.all():
        name = LANGUAGES[text.language]
        if text.language not in before:
            found.append(LanguageChanges(name, "This language is new.", []))
            continue
        rows = differences(before.pop(text.language), text.document)
        if rows:
            found.append(LanguageChanges(name, "", rows))
    gone = [LanguageChanges(LANGUAGES[code], "No longer in this language.", []) for code in before]
    return found + gone


def ways_to_look(version: AgreementVersion, language: str, role: str) -> dict[str, object]:
    """Return the switches above a text: its languages, and the roles with clauses of their own."""
    codes = [text.language for text in version.texts.all()]
    roles = sorted(limited_roles(version), key=_label)
    choices = [("", "All clauses"), (NOBODY_SPECIAL, "Everybody else")]
    return {
        "languages": [(code, LANGUAGES[code]) for code in codes if len(codes) > 1],
        "language": language,
        "views": [*choices, *((code, _label(code)) for code in roles)] if roles else [],
        "view": role,
        "young": version.agreement.audience == Audience.PUPIL_KS1,
    }


def _label(code: str) -> str:
    return BY_CODE[code].label if code in BY_CODE else code

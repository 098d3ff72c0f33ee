"""Words of agreements' texts in templates."""

from collections.abc import Iterable

from django import template

from agreements.comparison import ADDED, CHANGED, MOVED, REMOVED
from agreements.libraries import LibraryAgreement
from agreements.vocabulary import LANGUAGES, Audience
from roles.catalogue import BY_CODE

register = template.Library()
KINDS = {ADDED: "New", REMOVED: "Taken out", MOVED: "Moved", CHANGED: "Changed"}
PARTS = {
    "title": "Title",
    "intro": "What stands before the clauses",
    "rules": "Rules",
    "statement": "What signing says",
}


@register.filter
def role_names(codes: Iterable[str]) -> str:
    """Return roles in words, with commas between."""
    return ", ".join(BY_CODE[code].label if code in BY_CODE else code for code in codes)


@register.filter
def change_kind(kind: str) -> str:
    """Return what became of a part of a text, in words."""
    return KINDS.get(kind, kind)


@register.filter
def part_name(part: str) -> str:
    """Return the name of a part of a text."""
    return PARTS.get(part, part)


@register.filter
def audience_name(code: str) -> str:
    """Return an audience in words."""
    return str(Audience(code).label)


@register.filter
def other_languages(library: LibraryAgreement) -> str:
    """Return the further languages of a ready-made text, with commas between."""
    return ", ".join(LANGUAGES[one.language] for one in library.documents[1:])

"""Words that a deed cannot do without."""

from common.errors import Refusal


def said(text: str, refusal: str, longest: int = 300) -> str:
    """Return a text without the spaces around it; refuses an empty one in words."""
    if not text.strip():
        raise Refusal(refusal)
    return text.strip()[:longest]

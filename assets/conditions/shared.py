"""Conditions that every area of equipment asks: power, version, and words that were left out."""

from assets.conditions.common import check_power, check_version
from common.errors import Refusal

__all__ = ["check_power", "check_version", "said"]


def said(text: str, refusal: str, longest: int = 300) -> str:
    """Return a text without the spaces around it; refuses an empty one in words."""
    if not text.strip():
        raise Refusal(refusal)
    return text.strip()[:longest]

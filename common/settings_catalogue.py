"""School settings as typed data: each app declares its own in ``school_settings.py`` (SYS-01)."""

import re
from dataclasses import dataclass, field
from datetime import time
from functools import cache
from typing import Any

from common.discovery import discover
from common.errors import Refusal

KINDS = ("yes_no", "whole", "text", "choice", "choices", "time", "roles")


@dataclass(frozen=True)
class Setting:
    """One difference between schools.

    ``kind`` is one of ``KINDS``; ``low``/``high`` bound a whole number; ``choices`` are (value,
    label) pairs; ``roles`` is an ordered list of role codes; a ``time`` is written "16:30".
    """

    name: str
    kind: str
    default: Any
    label: str
    help: str = ""
    area: str = "School"
    requirement: str = ""
    low: int = 0
    high: int = 10_000
    choices: tuple[tuple[str, str], ...] = field(default=())

    def clean(self, value: Any) -> Any:
        """Return the value in its own type, or refuse it in words."""
        return _CLEANERS[self.kind](self, value)


def _yes_no(setting: Setting, value: Any) -> bool:
    if not isinstance(value, bool):
        raise Refusal(f"{setting.label}: choose yes or no.")
    return value


def _whole(setting: Setting, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refusal(f"{setting.label}: enter a whole number.")
    if not setting.low <= value <= setting.high:
        raise Refusal(f"{setting.label}: enter a number between {setting.low} and {setting.high}.")
    return value


def _text(setting: Setting, value: Any) -> str:
    if not isinstance(value, str) or len(value) > 500:
        raise Refusal(f"{setting.label}: enter at most 500 characters.")
    return value.strip()


def _choice(setting: Setting, value: Any) -> str:
    if value not in dict(setting.choices):
        raise Refusal(f"{setting.label}: choose one of the answers offered.")
    return value


def _choices(setting: Setting, value: Any) -> list[str]:
    if not isinstance(value, list) or not set(value) <= set(dict(setting.choices)):
        raise Refusal(f"{setting.label}: choose from the answers offered.")
    return value


def _roles(setting: Setting, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(
        isinstance(code, str) and re.fullmatch(r"[a-z_]{2,30}", code) for code in value
    ):
        raise Refusal(f"{setting.label}: enter role codes, first choice first.")
    if len(value) != len(set(value)):
        raise Refusal(f"{setting.label}: name each role once.")
    return value


def _time(setting: Setting, value: Any) -> str:
    try:
        return time.fromisoformat(value).strftime("%H:%M")
    except (TypeError, ValueError):
        raise Refusal(f"{setting.label}: enter a time such as 16:30.") from None


_CLEANERS = {
    "yes_no": _yes_no,
    "whole": _whole,
    "text": _text,
    "choice": _choice,
    "choices": _choices,
    "roles": _roles,
    "time": _time,
}


@cache
def catalogue() -> dict[str, Setting]:
    """Return every declared setting by name, in the order of the apps."""
    return {
        setting.name: setting
        for _, module in discover("school_settings")
        for setting in module.SETTINGS
    }

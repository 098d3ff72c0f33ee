"""What every seal shares: a SHA-256 over the name of its format and what it covers.

The format is sealed too, so that no seal of one kind passes for one of another. A later format is
added beside an earlier one, never in its place.
"""

import hashlib
import re
from datetime import UTC, datetime

HASH = re.compile(r"[0-9a-f]{64}")


def sealed_text(name: str, text: str) -> str:
    """Return the seal of a text in the format of a name, in hexadecimal."""
    return hashlib.sha256(f"{name}\n{text}".encode()).hexdigest()


def sealed_moment(moment: datetime) -> str:
    """Return a moment in the one form a seal takes: UTC with microseconds and Z.

    Refuses with ValueError a moment without a time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("A sealed moment needs a time zone.")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_seal(typed: str) -> str:
    """Return the seal somebody typed or copied, or "" where it cannot be one."""
    seal = "".join(typed.split()).lower()
    return seal if HASH.fullmatch(seal) else ""

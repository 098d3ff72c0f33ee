"""The seal of a signature: one hash over all that makes it evidence (AGR-12).

The sealed text is the format's name, then one ``name=value`` line per field in a fixed order. No
value may hold a line end or control character, so no two sets of values write the same text. The
version is sealed too; a later format is added beside this one, never in its place.
"""

import re
import unicodedata
from collections.abc import Mapping

from common.seals import HASH, sealed_text

SEAL_VERSION = 1
NONE = "-"  # stands where a field has nothing to say

SEALED_FIELDS = (
    "reference",
    "school",
    "agreement",
    "version",
    "language",
    "shown_sha256",
    "statement_sha256",
    "signer",
    "typed_name",
    "capacity",
    "about",
    "method",
    "assurance",
    "witness",
    "issued_at",
    "opened_at",
    "signed_at",
    "valid_until",
)
# Fields that may say "-": nobody, or without an end.
MAY_BE_NONE = ("signer", "about", "witness", "valid_until")

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FORMS = {
    "shown_sha256": HASH,
    "statement_sha256": HASH,
    "issued_at": _MOMENT,
    "opened_at": _MOMENT,
    "signed_at": _MOMENT,
    "valid_until": _DAY,
}
_FORBIDDEN = {"Cc", "Cs", "Zl", "Zp"}  # control characters, halves of pairs, line separators


def seal_of(fields: Mapping[str, str]) -> str:
    """Return the seal, version 1, of a signature's fields, in hexadecimal.

    Refuses with ValueError a missing or unknown field, an empty value, one that holds a line end
    or control character, and a hash, moment or day that is not in its one form.
    """
    if set(fields) != set(SEALED_FIELDS):
        odd = sorted(set(fields) ^ set(SEALED_FIELDS))
        raise ValueError(f"A seal needs exactly its fields; check {', '.join(odd)}.")
    for name in SEALED_FIELDS:
        _check(name, fields[name])
    lines = "\n".join(f"{name}={fields[name]}" for name in SEALED_FIELDS)
    return sealed_text(f"safeguard-signature/{SEAL_VERSION}", lines)


def _check(name: str, value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"The seal's field {name} is empty.")
    if any(unicodedata.category(character) in _FORBIDDEN for character in value):
        raise ValueError(f"The seal's field {name} holds a character that may not be sealed.")
    if value == NONE and name in MAY_BE_NONE:
        return
    form = _FORMS.get(name)
    if value == NONE or (form and not form.fullmatch(value)):
        raise ValueError(f"The seal's field {name} is not in its form.")

"""Read one alert as a product describes it, field by field, in words where something is wrong.

Nothing graphic is kept: a picture becomes the fact that there was one (FIL-14, R-FM-6).
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from ipaddress import ip_address
from itertools import product

from common.errors import Refusal
from filtering.intake.products import FIELDS
from filtering.intake.writing import Reported
from filtering.models import AlertSource
from filtering.vocabulary import Severity
from people.calendar import LONDON

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_DAY_FIRST = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d %b %Y", "%d %B %Y")
_MONTH_FIRST = ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y", "%b %d %Y", "%b %d, %Y", "%B %d, %Y")
_TIMES = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p")
_PICTURE = re.compile(r"data:\s*image/|;base64,", re.IGNORECASE)
_NONE = {"", "0", "no", "n", "false", "none", "-", "null"}
_LONGEST = {one.name: one.longest for one in FIELDS}
_LABELS = {one.name: one.label for one in FIELDS}
_TEXTS = ("external_id", "rule", "term", "address", "device", "user_name")
# How far ahead a product's clock may be.
AHEAD = timedelta(days=1)


@dataclass
class ItemReader:
    """Reads the alerts of one source; the form in which it wrote the last date is tried first."""

    source: AlertSource
    at: datetime
    _words: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._words = {word.casefold(): meant for word, meant in self.source.severities.items()}

    def read(self, values: Mapping[str, str]) -> tuple[Reported, list[str]]:
        """Return an alert and what had to be changed in it; refuses one without a usable date.

        ``values`` are texts by the names of our fields.
        """
        remarks: list[str] = []
        happened_at = self._moment(values.get("happened_at", "").strip())
        severity = self._severity(values.get("severity", "").strip(), remarks)
        graphic = values.get("graphic", "").strip().casefold() not in _NONE
        kept: dict[str, str] = {}
        for name in _TEXTS:
            text = values.get(name, "")
            if _PICTURE.search(text) and name != "external_id":
                remarks.append(f"“{_LABELS[name]}” held what looks like a picture. It is not kept.")
                text, graphic = "", True
            kept[name] = _cut(name, text, remarks)
        kept["external_id"] = kept["external_id"] or _fingerprint(values)
        device_ip = _address(values.get("device_ip", "").strip(), remarks)
        reported = Reported(
            happened_at=happened_at, severity=severity, device_ip=device_ip, graphic=graphic, **kept
        )
        return reported, remarks

    def _moment(self, text: str) -> datetime:
        if not text:
            raise Refusal("There is no date and time.")
        moment = self._parsed(text)
        if moment is None:
            raise Refusal(f"“{text[:40]}” is not a date and time that can be read.")
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=LONDON)
        if moment > self.at + AHEAD:
            raise Refusal(f"“{text[:40]}” has not come yet. Does the day or the month come first?")
        if moment.year < 2000:
            raise Refusal(f"“{text[:40]}” is too long ago to be right.")
        return moment

    def _parsed(self, text: str) -> datetime | None:
        if _ISO.match(text):
            try:
                return datetime.fromisoformat(text)
            except ValueError:
                return None
        text = " ".join(text.split())
        for form in self._forms:
            try:
                moment = datetime.strptime(text, form)  # noqa: DTZ007  the school's own clock
            except ValueError:
                continue
            self._forms.remove(form)
            self._forms.insert(0, form)  # the next one is written alike
            return moment
        return None

    @cached_property
    def _forms(self) -> list[str]:
        days = _DAY_FIRST if self.source.day_first else _MONTH_FIRST
        between = (" ", ", ")
        return [f"{day}{gap}{time}" for day, gap, time in product(days, between, _TIMES)]

    def _severity(self, word: str, remarks: list[str]) -> int:
        """Return what a word means; one nobody explained is taken for high rather than lost."""
        if word and word.casefold() not in self._words:
            remarks.append(f"The priority “{word[:40]}” is not explained. It was taken as high.")
        return self._words.get(word.casefold(), Severity.HIGH)


def _cut(name: str, text: str, remarks: list[str]) -> str:
    """Return a text without hidden characters, cut to what is kept, and say when it was cut."""
    text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else " " for letter in text)
    text = text.strip()
    longest = _LONGEST[name]
    if len(text) <= longest:
        return text
    if name == "external_id":  # two long numbers may begin alike
        return hashlib.sha256(text.encode()).hexdigest()
    remarks.append(f"“{_LABELS[name]}” was cut to {longest} characters.")
    return text[:longest].rstrip()


def _address(text: str, remarks: list[str]) -> str | None:
    if not text:
        return None
    try:
        return str(ip_address(text.partition("%")[0]))  # without the name of an interface
    except ValueError:
        remarks.append(f"“{text[:45]}” is not an IP address. It is not kept.")
        return None


def _fingerprint(values: Mapping[str, str]) -> str:
    """Return a number for an alert that has none, made from all that is kept of it."""
    told = "\x1f".join(f"{name}={values.get(name, '').strip()}" for name in sorted(_LONGEST))
    return f"row-{hashlib.sha256(told.encode()).hexdigest()[:40]}"

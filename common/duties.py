"""What needs a person now, what falls due, and figures worth watching.

Each app says its part in ``duties.py``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from common.dates import uk_date, uk_time


@dataclass(frozen=True)
class Need:
    """One thing that waits for a person: what, why, when it is due, and the one button."""

    what: str
    why: str
    url: str
    label: str
    due_at: datetime | None = None
    late: bool = False

    @property
    def due(self) -> str:
        """Return when it is due in words, or nothing."""
        if self.due_at is None:
            return ""
        if self.late:
            return f"Was due {uk_date(self.due_at)}"
        if localdate(self.due_at) == localdate():
            return f"Today by {uk_time(self.due_at)}"
        return f"By {uk_date(self.due_at)}"

    @property
    def due_kind(self) -> str:
        """Return how its chip is drawn."""
        return "late" if self.late else "wait"


@dataclass(frozen=True)
class Figure:
    """One figure of the home page, with what it counts and where to look.

    ``one`` is what it counts where that is a single thing.
    """

    number: int | str
    label: str
    url: str = ""
    note: str = ""
    one: str = ""

    @property
    def words(self) -> str:
        """Return what it counts, in the number it has."""
        return self.one if self.one and self.number == 1 else self.label


@dataclass(frozen=True)
class Due:
    """A reason to remind one person, once in a period (SYS-02).

    ``duty`` is the kind, ``period`` what makes this one different from the next of its kind, both
    codes. ``words`` is a plain sentence why the person gets it and what ends it, without a name.
    """

    duty: str
    person_id: int
    period: str
    words: str


PERIODS = ("week", "month", "half_term", "term", "year")
OFF = "off"


@dataclass(frozen=True)
class RecurringDuty:
    """Something a school does again and again, and what shows that it was done (SYS-02).

    Declared in ``RECURRING`` of an app's ``duties.py``. ``roles`` do it; ``escalate`` are told when
    it is ``late_days`` school days late. ``period`` is one of ``PERIODS``; a school may change it
    or switch it off. ``remind_days`` are school days before the end at which people are reminded.
    ``words`` is a plain sentence: why you get this and what ends it, without a name. ``evidence``
    returns when a record fulfilled it in a span of days, or None; without it a person says so:
    met, partly or not met. ``records`` gives the rows, of any school, without one of which there
    is no evidence in a span, so that the sweep need not ask. ``about`` gives the rows, of any
    school, without one of which there is nothing to do in a span: it is not asked for then, and is
    withdrawn if they are gone again. ``page`` is where it is done.
    ``apart_from`` is the code of a duty that somebody else has to have done. A ``period`` of
    ``OFF`` leaves it out until a school wants it.
    """

    code: str
    label: str
    roles: tuple[str, ...]
    words: str
    requirement: str
    period: str = "term"
    escalate: tuple[str, ...] = ("head",)
    late_days: int = 5
    remind_days: tuple[int, ...] = (10, 3, 0)
    evidence: Callable[[Any, date, date], datetime | None] | None = None
    records: Callable[[date, date], QuerySet[Any, Any]] | None = None
    about: Callable[[date, date], QuerySet[Any, Any]] | None = None
    page: str = ""
    apart_from: str = ""


def soonest_first(needs: list[Need]) -> list[Need]:
    """Return needs in the order somebody should do them; those without a date come last."""
    return sorted(needs, key=lambda need: need.due_at.timestamp() if need.due_at else float("inf"))

"""What needs a person now, what falls due, and figures worth watching.

Each app says its part in ``duties.py``.
"""

from dataclasses import dataclass
from datetime import datetime

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
    """One figure of the home page, with what it counts and where to look."""

    number: int
    label: str
    url: str = ""
    note: str = ""


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


def soonest_first(needs: list[Need]) -> list[Need]:
    """Return needs in the order somebody should do them; those without a date come last."""
    return sorted(needs, key=lambda need: need.due_at.timestamp() if need.due_at else float("inf"))

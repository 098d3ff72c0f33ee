"""What an app contributes to a report on a span of days, in ``sections.py``.

``sections(school, period) -> list[Section]`` returns exact figures about everything, without a
name. What may be shown of them, and beside which other periods, is for the ``reports`` app.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware


@dataclass(frozen=True)
class Period:
    """A span of days, both included, and what it is called."""

    start: date
    end: date
    label: str

    @property
    def begins_at(self) -> datetime:
        """Return its first moment by the school's clock."""
        return make_aware(datetime.combine(self.start, time()))

    @property
    def ends_at(self) -> datetime:
        """Return the first moment after it."""
        return make_aware(datetime.combine(self.end + timedelta(days=1), time()))


@dataclass(frozen=True)
class Row:
    """One figure: its stable key, its words, the value, and where those allowed to may look.

    ``base`` is on how many cases a figure that is not itself a count rests: hours, per cent. A
    figure about fewer people than may be shown is withheld by its base. ``part`` is how many of
    the base a per cent is, exactly, so that a share cannot tell a number that is withheld.
    ``power`` is what opens ``url``. ``value`` is None when there is nothing to tell.
    """

    key: str
    label: str
    value: float | None
    base: int | None = None
    part: int | None = None
    url: str = ""
    power: str = ""


@dataclass(frozen=True)
class Table:
    """Some figures of one kind. ``title`` is a sentence of what it shows.

    ``unit`` is "count", "hours", "days" or "percent". ``adds_up`` says that the rows are parts of
    one whole, whose size is the row with the key "total" when there is one: such a table needs
    complementary suppression. ``people`` says that the figures count people or cases about people,
    so that small ones are withheld from governors; counts of filter changes or checks are not.
    """

    code: str
    title: str
    heading: str
    rows: tuple[Row, ...]
    unit: str = "count"
    adds_up: bool = False
    people: bool = True
    chart: bool = False
    note: str = ""


@dataclass(frozen=True)
class Section:
    """The part of an app, or of one side of it, in its place in the report."""

    code: str
    title: str
    order: int
    lead: str = ""
    tables: tuple[Table, ...] = field(default=())

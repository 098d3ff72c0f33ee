"""Bars for a chart: zero-based, directly labelled; ``components/chart_bar.html`` draws them."""

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 400  # of the drawing, in its own units
LONGEST = 340  # leaves room for the figure at the end of the longest bar
ROW = 48


@dataclass(frozen=True)
class Bar:
    """One bar: its words, its figure and where it stands."""

    label: str
    value: int
    length: float
    top: int

    @property
    def label_at(self) -> int:
        """Return the baseline of the words above the bar."""
        return self.top + 16

    @property
    def bar_at(self) -> int:
        """Return the top of the bar."""
        return self.top + 22

    @property
    def value_x(self) -> float:
        """Return where the figure stands, after the bar."""
        return self.length + 8

    @property
    def value_y(self) -> int:
        """Return the baseline of the figure."""
        return self.top + 36


@dataclass(frozen=True)
class BarChart:
    """A bar chart with its sentence; ``title`` says what it shows."""

    key: str
    title: str
    heading: str
    bars: list[Bar]

    @property
    def height(self) -> int:
        """Return the height of the drawing."""
        return ROW * len(self.bars)

    @property
    def width(self) -> int:
        """Return the width of the drawing."""
        return WIDTH


def bar_chart(key: str, title: str, heading: str, rows: Iterable[tuple[str, int]]) -> BarChart:
    """Return a chart of ``(label, figure)`` rows; refuses a figure below zero."""
    pairs = list(rows)
    if any(value < 0 for _, value in pairs):
        raise ValueError("A bar cannot show a figure below zero.")
    most = max((value for _, value in pairs), default=0) or 1
    bars = [
        Bar(label, value, round(value / most * LONGEST, 1), ROW * row)
        for row, (label, value) in enumerate(pairs)
    ]
    return BarChart(key, title, heading, bars)

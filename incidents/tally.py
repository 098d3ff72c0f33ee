"""What the tables of a report about incidents share: counts, links to the list, whole tables."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from common.pages import page_url
from common.sections import Period, Row, Table
from incidents.queries.figures import Alike
from incidents.queries.figures_people import Pupils
from people.calendar import SchoolCalendar
from people.models import School

POWER = "view_all_incidents"
KEPT_BACK = "Restricted, not broken down"
LEFT_OUT = "Cases about the headteacher are with the chair of governors and in no figure here."


@dataclass(frozen=True)
class Tally:
    """The incidents of a period, counted by what they are like (``figures.profile_of``)."""

    school: School
    period: Period
    calendar: SchoolCalendar
    profile: list[Alike]
    pupils: Pupils

    @property
    def shown(self) -> list[Alike]:
        """Return those that are not restricted."""
        return [row for row in self.profile if not row.restricted]

    @property
    def restricted(self) -> int:
        """Return how many incidents are restricted."""
        return _sum(row for row in self.profile if row.restricted)

    @property
    def total(self) -> int:
        """Return how many incidents count."""
        return _sum(self.profile)

    @property
    def broken_down(self) -> int:
        """Return how many incidents are not restricted."""
        return _sum(self.shown)

    def by(self, name: str) -> Counter[Any]:
        """Return how many incidents that are not restricted have each value of a field."""
        return count_by(self.shown, name)

    def row(self, key: str, label: str, value: int, **narrow: str) -> Row:
        """Return a figure with the list of the incidents it counts."""
        asked = narrow | {
            "restricted": "no",
            "reported_since": self.period.start.isoformat(),
            "reported_until": self.period.end.isoformat(),
        }
        url = f"{page_url(self.school, 'incident_list')}?{urlencode(asked)}"
        return Row(key, label, value, url=url, power=POWER)

    def whole(self, code: str, title: str, heading: str, rows: Iterable[Row], **more: Any) -> Table:
        """Return a table whose rows, with the restricted incidents in one, are all incidents."""
        ends = (
            Row("restricted", KEPT_BACK, self.restricted),
            Row("total", "All incidents", self.total),
        )
        return Table(code, title, heading, (*rows, *ends), adds_up=True, **more)


def count_by(rows: Iterable[Alike], name: str) -> Counter[Any]:
    """Return how many incidents have each value of a field."""
    found: Counter[Any] = Counter()
    for row in rows:
        found[getattr(row, name)] += row.count
    return found


def _sum(rows: Iterable[Alike]) -> int:
    return sum(row.count for row in rows)

"""The calendar of meetings as a sheet (REP-15, REP-16)."""

from collections.abc import Iterator, Sequence

from common.dates import uk_date
from people.models import School
from reports.models import Meeting

MEETINGS = ("Day", "Who", "Committee", "State", "What was talked about", "Minutes", "Recorded by")


def meeting_lines(school: School, keys: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Yield the meetings with some numbers in their order."""
    rows = Meeting.objects.filter(school=school).select_related("held_by")
    found = rows.in_bulk(list(keys))
    for row in (found[key] for key in keys if key in found):
        yield (
            uk_date(row.on_date),
            row.get_kind_display(),
            row.committee,
            row.get_state_display(),
            row.items,
            row.minute,
            str(row.held_by or ""),
        )

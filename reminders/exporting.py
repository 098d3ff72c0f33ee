"""The calendar of duties, as rows of a sheet."""

from collections.abc import Iterator, Sequence

from common.dates import uk_date
from people.models import School
from reminders.queries import occurrences_in
from reminders.recurring import recurring_duties
from roles.queries import role_labels

HEADING = ("Duty", "Requirement", "Roles", "Period begins", "Due", "State", "Done", "By")


def rows_of(school: School, keys: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of some keys in their order."""
    duties = recurring_duties()
    labels = role_labels(school, {code for duty in duties.values() for code in duty.roles})
    found = occurrences_in(school).in_bulk(list(keys))
    for key in keys:
        row = found.get(key)
        if row and row.duty in duties:
            duty = duties[row.duty]
            yield (
                duty.label,
                duty.requirement,
                ", ".join(labels[code] for code in duty.roles if code in labels),
                uk_date(row.starts_date),
                uk_date(row.due_date),
                row.get_state_display(),
                uk_date(row.done_at) if row.done_at else "",
                row.done_by.full_name if row.done_by else "",
            )

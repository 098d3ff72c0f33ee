"""The register of who has signed, as rows of a sheet."""

from collections.abc import Iterator, Sequence

from agreements.queries.lists import obligations_in
from common.dates import uk_date
from people.models import School

HEADING = (
    "Signer",
    "For",
    "Class",
    "Agreement",
    "Version",
    "Asked because",
    "Due",
    "State",
    "Since",
)


def rows_of(school: School, keys: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of some keys in their order."""
    found = obligations_in(school).in_bulk(list(keys))
    for key in keys:
        row = found.get(key)
        if row:
            yield (
                row.signer.full_name,
                row.about.full_name if row.about else "",
                vars(row)["class_name"] or "",
                row.agreement.title,
                str(row.version.number),
                row.get_trigger_display(),
                uk_date(row.due_date),
                row.label,
                uk_date(row.changed_at),
            )

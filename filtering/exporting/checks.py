"""The filter checks as rows of a sheet: one row for each test of each check."""

from collections.abc import Iterator, Sequence

from common.dates import uk_date
from filtering.queries.checks import checks_of
from people.models import School

HEADING = (
    "Date",
    "Kind of device",
    "Site",
    "Network",
    "Profile",
    "Device",
    "Safeguarding",
    "IT",
    "Test",
    "Expected",
    "What happened",
    "Note on the test",
    "Note on the check",
    "Report",
)


def rows_of(school: School, keys: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of some checks in their order."""
    found = checks_of(school).in_bulk(list(keys))
    for check in (found[key] for key in keys if key in found):
        for result in vars(check)["found"]:
            yield (
                uk_date(check.checked_date),
                check.point.device_kind,
                check.point.site,
                check.point.network,
                check.point.profile.name,
                check.device,
                str(check.safeguarding_by),
                str(check.it_by),
                result.get_test_display(),
                result.get_expected_display(),
                result.get_actual_display(),
                result.note,
                check.note,
                result.failure.reference if result.failure else "",
            )

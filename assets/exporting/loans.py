"""Loans as a sheet: its columns, and its rows."""

from collections.abc import Sequence
from typing import Any

from assets.exporting.own_devices import day
from assets.models import Loan
from assets.queries.lifecycle import loan_rows
from people.models import School

HEADING = (
    *("Tag", "Device", "Borrower", "Kind of person", "For", "Protected data", "Agreement"),
    *("Lent", "Back by", "State when lent", "Accepted", "Data removed", "Taken back"),
    *("State when back", "Activity", "Switched on", "With the pupil"),
)


def rows_of(school: School, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return the rows of some loans in the order of ``keys``. One query."""
    found = loan_rows(school).select_related("supervised_by").in_bulk(list(keys))
    return [_cells(found[key]) for key in keys if key in found]


def _cells(loan: Loan) -> tuple[Any, ...]:
    return (
        loan.asset.tag,
        loan.asset.name,
        loan.borrower,
        loan.borrower.get_kind_display(),
        loan.get_use_display(),
        "Yes" if loan.protected_data else "No",
        loan.agreement,
        day(loan.lent_at),
        day(loan.due_date),
        loan.get_condition_out_display(),
        day(loan.accepted_at),
        day(loan.data_removed_at),
        day(loan.returned_at),
        loan.get_condition_back_display(),
        loan.activity,
        loan.features_in_words,
        loan.supervised_by,
    )

"""The register of consents as a sheet (CON-14, REP-15)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from agreements.models import ConsentPurpose
from agreements.queries.consent_lists import pupils_here, standing_in_order
from people.models import School


def heading_of(asked: Sequence[ConsentPurpose]) -> tuple[str, ...]:
    """Return the heads of the columns."""
    return ("Name", "Class", *(one.label for one in asked))


def rows_of(
    school: School, asked: Sequence[ConsentPurpose], keys: Sequence[int], *, on: date
) -> list[tuple[Any, ...]]:
    """Return the rows of some pupils in the order of ``keys``."""
    pupils = pupils_here(school, on=on).in_bulk(list(keys))
    here = [pupils[key] for key in keys if key in pupils]
    return [
        (
            pupil.full_name,
            pupil.class_name,  # type: ignore[attr-defined]
            *(standing.label for _, standing in standings),
        )
        for pupil, standings in standing_in_order(school, here, asked, on=on)
    ]

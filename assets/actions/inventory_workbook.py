"""The register taken out as a workbook, made in the background; it can be brought in again."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localdate

from assets.actions.inventory_exports import export_assets
from assets.conditions.common import check_power
from assets.exporting.inventory import HEADING, rows_of
from common.errors import Refusal
from common.exports import ROWS_AT_ONCE
from common.workbooks import workbook_of
from people.jobs import keep_result, progress, start_job
from people.models import Job, Person, School


@transaction.atomic
def ask_for_workbook(
    *, school: School, keys: Sequence[int], filters: dict[str, str], by: Person, at: datetime
) -> Job:
    """Queue the making of a workbook of some devices, in the order of ``keys`` (REP-15).

    The trail notes it as it does a CSV file. Refuses nothing to take out, and without the power.
    """
    from assets.tasks import make_asset_workbook

    if not keys:
        raise Refusal("There is nothing to take out. Clear a filter first.")
    export_assets(school=school, filters=filters, count=len(keys), by=by, at=at)
    return start_job(
        school=school,
        kind="asset_workbook",
        label="Equipment as a workbook",
        task=make_asset_workbook,
        input={"assets": list(keys)},
        by=by,
        at=at,
        power="export_assets",
        back=("asset_list",),
    )


def make_workbook(*, job: Job, at: datetime) -> None:
    """Make the workbook a job names; refuses whoever may no longer take the register out."""
    by, keys = job.requested_by, job.input["assets"]
    if by is None:
        raise Refusal("Nobody asked for this.")
    check_power(by, "export_assets", at)
    name = slugify(f"equipment {job.school} {localdate(at)}")
    keep_result(job, name=f"{name}.xlsx", content=workbook_of(HEADING, _rows(job, keys)))
    job.message = "1 device is in it." if len(keys) == 1 else f"{len(keys):,} devices are in it."


def _rows(job: Job, keys: Sequence[int]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(keys), ROWS_AT_ONCE):
        yield from rows_of(job.school, keys[start : start + ROWS_AT_ONCE])
        progress(job.pk, min(start + ROWS_AT_ONCE, len(keys)), len(keys))

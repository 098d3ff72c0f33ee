"""Print labels with codes for equipment: asked for, then made in the background (AST-01)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from assets.models import Asset
from assets.queries.inventory import assets_of
from assets.showing.labels import scan_address
from audit.actions import record
from common.codes import qr_code
from common.documents import Imprint, render_pdf
from common.errors import Refusal
from people.jobs import keep_result, progress, start_job
from people.models import Job, Person, School
from roles.queries import person_may

ON_A_SHEET = 24
MOST_LABELS = 20 * ON_A_SHEET
PRINTERS = ("edit_assets", "take_stock")


@transaction.atomic
def print_labels(
    *, school: School, keys: Sequence[int], first: int, by: Person, at: datetime
) -> Job:
    """Queue the making of labels for some devices and return the job.

    ``first`` is the place of the first label on the first sheet, so that a sheet that was begun is
    used up. Refuses none, too many, and whoever neither keeps the register nor takes stock.
    """
    from assets.tasks import make_label_sheets

    _check(by, at)
    if not keys:
        raise Refusal("There is nothing to print.")
    if len(keys) > MOST_LABELS:
        raise Refusal(f"At most {MOST_LABELS} labels are printed at once. Narrow the list first.")
    record("print_labels", school, by=by, at=at, facts={"count": len(keys)}, school_id=school.pk)
    return start_job(
        school=school,
        kind="label_sheet",
        label="Labels for equipment",
        task=make_label_sheets,
        input={"assets": list(keys), "first": first},
        by=by,
        at=at,
        back=("asset_list",),
    )


def make_labels(*, job: Job, at: datetime) -> None:
    """Make the labels a job names as one PDF; called by its job.

    Whoever asked is looked at again: a person who may not print any more gets nothing.
    """
    by = job.requested_by
    if by is None:
        raise Refusal("Nobody asked for these labels.")
    _check(by, at)
    found = assets_of(job.school).in_bulk(job.input["assets"])
    assets = [found[key] for key in job.input["assets"] if key in found]
    places: list[dict[str, Any] | None] = [None] * (job.input["first"] - 1)
    places += [_label(job.school, asset) for asset in assets]
    sheets = [places[n : n + ON_A_SHEET] for n in range(0, len(places), ON_A_SHEET)]
    progress(job.pk, 1, 2)
    imprint = Imprint(
        title="Labels for equipment",
        school=job.school.name,
        printed_by=by.full_name,
        printed_at=at,
    )
    context = {"sheets": sheets, "school": job.school}
    content = render_pdf("documents/asset_labels.html", context, imprint=imprint)
    keep_result(job, name="labels.pdf", content=content)
    progress(job.pk, 2, 2)
    job.message = "1 label is ready." if len(assets) == 1 else f"{len(assets)} labels are ready."


def _label(school: School, asset: Asset) -> dict[str, Any]:
    return {"asset": asset, "qr": qr_code(scan_address(school, asset), f"Code of {asset.tag}")}


def _check(by: Person, at: datetime) -> None:
    if not any(person_may(by, power, on=localdate(at)) for power in PRINTERS):
        raise Refusal("Your role at this school does not allow this step.")

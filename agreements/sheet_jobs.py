"""Make the sheets people asked for as one PDF, with the rights they have when it is done."""

from datetime import datetime

from django.utils.timezone import localdate

from agreements.actions.papers import print_sheets
from agreements.queries.papers import obligations_to_print
from agreements.sheets import sheets_of
from common.documents import Imprint, render_pdf
from common.errors import Refusal
from people.jobs import keep_result, progress
from people.models import Job
from roles.queries import powers_of

MOST_SHEETS = 150
PARTS = 2


def make_sheets(*, job: Job, at: datetime) -> None:
    """Make the sheets a job names, one after the other in one PDF, and record the print (AGR-09).

    What was signed meanwhile is left out. Whoever asked is looked at again: a person who may not
    print any more gets nothing.
    """
    by = job.requested_by
    if by is None or "take_paper" not in powers_of(by, on=localdate(at)):
        raise Refusal("You may no longer print this, so nothing was made.")
    obligations = obligations_to_print(job.school, job.input["obligations"])
    if not obligations:
        raise Refusal("All of this has been signed meanwhile. There is nothing to print.")
    imprint = Imprint(
        title="Sheets to sign",
        school=job.school.name,
        printed_by=by.full_name,
        printed_at=at,
    )
    sheets = sheets_of(obligations)
    content = render_pdf("documents/sheets.html", {"sheets": sheets}, imprint=imprint)
    progress(job.pk, 1, PARTS)
    keep_result(job, name="sheets.pdf", content=content)
    progress(job.pk, PARTS, PARTS)
    job.message = "1 sheet is ready." if len(sheets) == 1 else f"{len(sheets)} sheets are ready."
    print_sheets(school=job.school, count=len(sheets), medium="pdf", by=by, at=at)

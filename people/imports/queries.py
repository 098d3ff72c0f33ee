"""Read imports: their files, the columns as guessed, what they would do."""

from datetime import date

from django.db.models import QuerySet

from common.errors import StepRefused
from people.imports.columns import guess_columns
from people.imports.comparing import make_plan
from people.imports.kinds import IMPORTERS
from people.imports.plan import Plan
from people.imports.reading import Table, read_table
from people.models import ImportMapping, Job, PeopleImport, School

BUSY = (Job.State.WAITING, Job.State.RUNNING)


def imports_of(school: School) -> QuerySet[PeopleImport, PeopleImport]:
    """Return a school's imports with who made them, newest first."""
    return PeopleImport.objects.filter(school=school).select_related(
        "school", "uploaded_by", "finished_by", "job"
    )


def table_of(upload: PeopleImport) -> Table:
    """Return the rows of an open import's file; refuses one whose file is gone."""
    if not upload.file:
        raise StepRefused("This import is finished, so its file is no longer kept.")
    with upload.file.open("rb") as file:
        return read_table(file.read())


def columns_of(upload: PeopleImport, table: Table) -> dict[str, str]:
    """Return the columns chosen for an import, or a guess: as last time, else from the headings."""
    if upload.columns:
        return upload.columns
    remembered = ImportMapping.objects.filter(school=upload.school_id, kind=upload.kind).first()
    fields = IMPORTERS[upload.kind].fields
    return guess_columns(fields, table.headings, remembered.columns if remembered else {})


def plan_of(upload: PeopleImport, *, on: date) -> Plan:
    """Return what an import would do to the register as it is now; refuses a file at odds."""
    if not upload.columns:
        raise StepRefused("Say first what the columns of this file mean.")
    importer = IMPORTERS[upload.kind](upload.school, on)
    return make_plan(importer, table_of(upload), upload.columns)


def is_busy(upload: PeopleImport) -> bool:
    """Return whether an import is being applied at this moment."""
    return upload.job is not None and upload.job.state in BUSY

"""Read imports of equipment: their files, the columns as guessed, what they would do."""

from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from assets.imports.columns import FIELDS
from assets.imports.plan import Register, plan_rows
from assets.models import AssetImport
from common.errors import StepRefused
from people.imports.columns import guess_columns
from people.imports.plan import Plan
from people.imports.queries import BUSY
from people.imports.reading import Table, read_table
from people.models import ImportMapping, School

KIND = "assets"


def imports_of(school: School) -> QuerySet[AssetImport, AssetImport]:
    """Return a school's imports of equipment with who made them, newest first."""
    return AssetImport.objects.filter(school=school).select_related(
        "school", "uploaded_by", "finished_by", "job"
    )


def import_or_404(school: School, pk: int) -> AssetImport:
    """Return one import of a school."""
    found = imports_of(school).filter(pk=pk).first()
    if found is None:
        raise Http404("no such import")
    return found


def table_of(upload: AssetImport) -> Table:
    """Return the rows of an open import's file; refuses one whose file is gone."""
    if not upload.file:
        raise StepRefused("This import is finished, so its file is no longer kept.")
    with upload.file.open("rb") as file:
        return read_table(file.read())


def columns_of(upload: AssetImport, table: Table) -> dict[str, str]:
    """Return the columns chosen for an import, or a guess: as last time, else from the headings."""
    if upload.columns:
        return upload.columns
    remembered = ImportMapping.objects.filter(school=upload.school_id, kind=KIND).first()
    return guess_columns(FIELDS, table.headings, remembered.columns if remembered else {})


def plan_of(upload: AssetImport, *, on: date) -> tuple[Register, Plan]:
    """Return the register as it is now, and what an import would do to it; refuses a bad file."""
    if not upload.columns:
        raise StepRefused("Say first what the columns of this file mean.")
    register = Register(upload.school, on)
    return register, plan_rows(register, table_of(upload), upload.columns, on)


def is_busy(upload: AssetImport) -> bool:
    """Return whether an import is being applied at this moment."""
    return upload.job is not None and upload.job.state in BUSY

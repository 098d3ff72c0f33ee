"""Write down that a report to governors leaves the product: print, PDF, tables (REP-15)."""

from datetime import datetime
from typing import IO

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from audit.actions import record
from common.errors import Refusal, StepRefused
from people.models import Person
from reports.conditions.reports import check_power
from reports.models import GovernorReport, ReportFile


@transaction.atomic
def print_report(*, report: GovernorReport, sha256: str, by: Person, at: datetime) -> None:
    """Write down that a PDF of a report was made, with the hash of the file."""
    check_power(by, "export_report", at=at)
    facts = {"edition": report.edition, "state": report.state, "sha256": sha256}
    record("print_report", report, by=by, at=at, facts=facts)


@transaction.atomic
def keep_report_file(
    *, report: GovernorReport, content: bytes, sha256: str, at: datetime
) -> ReportFile:
    """Keep the PDF of an issued report, once; of two made at the same moment the first stays.

    Refuses a report that was not issued. The file goes again when its row cannot be written.
    """
    if report.state != "issued":
        raise StepRefused("Only the PDF of an issued report is kept.")
    row = ReportFile(school_id=report.school_id, report=report, sha256=sha256, made_at=at)
    row.file.save("", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        row.file.delete(save=False)
        return ReportFile.objects.get(report=report)
    except BaseException:
        row.file.delete(save=False)
        raise
    return row


@transaction.atomic
def take_report(*, file: ReportFile, by: Person, at: datetime) -> IO[bytes]:
    """Return the PDF of an issued report and write down who took it (SYS-03).

    Refuses a file that is no longer in the store.
    """
    check_power(by, "export_report", at=at)
    try:
        opened = file.file.open("rb")
    except FileNotFoundError:
        raise Refusal("The file is not in the store. Tell whoever runs the server.") from None
    record("take_report", file.report, by=by, at=at, facts={"sha256": file.sha256})
    return opened


@transaction.atomic
def export_report(
    *, report: GovernorReport, table: str, count: int, exact: bool, by: Person, at: datetime
) -> None:
    """Write down that tables of a report were taken out, and whether with small numbers."""
    check_power(by, "export_report", at=at)
    facts = {"edition": report.edition, "table": table or "all", "count": count, "exact": exact}
    record("export_report", report, by=by, at=at, facts=facts)

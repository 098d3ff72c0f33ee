"""Check that an issued report is as it was issued: its text, its PDF, its place on the trail."""

import hashlib
from dataclasses import dataclass

from reports.figures import seal_of
from reports.models import GovernorReport, ReportFile
from reports.queries.reports import file_of, trail_holds


@dataclass(frozen=True)
class Check:
    """One thing that was checked: what, whether it holds, and the hash it was checked against."""

    label: str
    holds: bool
    detail: str


def checks_of(report: GovernorReport) -> list[Check]:
    """Return what was checked of an issued report now, each reckoned anew."""
    checks = [
        Check("Figures and words", seal_of(report) == report.sha256, report.sha256),
        Check(
            f"Entry {report.trail_sequence} of the trail, the last before it was issued",
            trail_holds(report),
            report.trail_hash,
        ),
    ]
    kept = file_of(report)
    if kept:
        checks.append(Check("PDF", _digest(kept) == kept.sha256, kept.sha256))
    return checks


def _digest(kept: ReportFile) -> str:
    try:
        with kept.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""

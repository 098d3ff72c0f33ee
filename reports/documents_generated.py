"""Documents made from the tables of steps, so that they cannot go stale."""

from reports.workflow import GOVERNOR_REVIEW, REPORT

DOCUMENTS = {
    "docs/workflows/governor_report.md": REPORT.diagram,
    "docs/workflows/governor_review.md": GOVERNOR_REVIEW.diagram,
}

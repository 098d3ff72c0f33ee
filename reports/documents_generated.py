"""Documents made from the tables of steps, so that they cannot go stale."""

from reports.workflow import GOVERNOR_REVIEW, HEAD_REPORT, MEETING, REPORT

DOCUMENTS = {
    "docs/workflows/governor_report.md": REPORT.diagram,
    "docs/workflows/head_report.md": HEAD_REPORT.diagram,
    "docs/workflows/meeting.md": MEETING.diagram,
    "docs/workflows/governor_review.md": GOVERNOR_REVIEW.diagram,
}

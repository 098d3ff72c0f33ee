"""Documents made from the tables of steps, so that they cannot go stale."""

from filtering.workflow import ALERT, CHANGE, FAILURE, REVIEW

DOCUMENTS = {
    "docs/workflows/filter_change.md": CHANGE.diagram,
    "docs/workflows/filtering_report.md": FAILURE.diagram,
    "docs/workflows/monitoring_alert.md": ALERT.diagram,
    "docs/workflows/filtering_review.md": REVIEW.diagram,
}

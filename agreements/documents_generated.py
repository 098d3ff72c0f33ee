"""Documents that are printed from the code and must not go stale."""

from agreements.workflow import OBLIGATION, VERSION

DOCUMENTS = {
    "docs/workflows/agreement_version.md": VERSION.diagram,
    "docs/workflows/agreement_obligation.md": OBLIGATION.diagram,
}

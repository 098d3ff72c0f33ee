"""Documents that are printed from the code and must not go stale."""

from incidents.workflow import INCIDENT

DOCUMENTS = {"docs/workflows/incident.md": INCIDENT.diagram}

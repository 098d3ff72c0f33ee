"""An audit of equipment as its page shows it, and what happens next (AST-23)."""

from typing import Any

from assets.models import EquipmentAudit
from assets.workflow import AUDIT
from common.dates import uk_date
from common.pages import page_url
from common.requests import SchoolRequest

LEADS = {
    "asked": "Its report has not come yet.",
    "reported": "It is closed once every action is done.",
    "closed": "It is closed. Its record stays.",
}


def audit_facts(audit: EquipmentAudit) -> list[dict[str, str]]:
    """Return what is known of an audit, row by row."""
    rows = (
        ("Why", audit.reason),
        ("What they look at", audit.scope),
        ("Asked for", f"{uk_date(audit.asked_at)}, {audit.asked_by}"),
        ("Report is here by", uk_date(audit.due_date) if audit.state == "asked" else ""),
        ("Report of", uk_date(audit.result_date)),
        ("What was found", audit.result),
        ("Closed", f"{uk_date(audit.closed_at)}, {audit.closed_by}" if audit.closed_at else ""),
    )
    return [{"label": label, "value": value} for label, value in rows if value]


def audit_steps(request: SchoolRequest, audit: EquipmentAudit) -> dict[str, Any]:
    """Return the panel “Next step”; an audit with open actions is not offered to be closed."""
    steps = AUDIT.open_to(audit.state, request.powers)
    if audit.still:  # type: ignore[attr-defined]
        steps = [step for step in steps if step.name != "close_audit"]
    links = [
        {"label": step.label, "url": page_url(request.school, step.page, audit.pk)}
        for step in sorted(steps, key=lambda step: not step.main)
    ]
    main = links[:1] if any(step.main for step in steps) else []
    return {
        "lead": LEADS[audit.state],
        "deed": main[0] if main else None,
        "deeds": links[len(main) :],
    }

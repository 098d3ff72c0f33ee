"""Which deed on a report about filtering is the likely one now, and which others there are."""

from typing import Any

from common.pages import page_url
from common.requests import SchoolRequest
from common.workflow import Step
from filtering.models import FailureReport
from filtering.workflow import FAILURE

# Pages of filter changes that a report leads to, with the power each needs.
CHANGES = (
    ("block_create", "block_at_once", "Block it at once"),
    ("change_create", "ask_for_change", "Ask for a change"),
)


def next_deeds(request: SchoolRequest, failure: FailureReport) -> dict[str, Any]:
    """Return the panel “Next step”: the one button, other deeds, and why there may be none.

    Whoever mended it is not offered the test; work on a joined report is done on the other one.
    """
    if failure.joined:
        return {"lead": f"This report joined {failure.joined}, which is about the same site."}
    steps = [step for step in FAILURE.open_to(failure.state, request.powers) if step.page]
    lead = ""
    if failure.state == "fixed" and request.person.pk == failure.fixed_by_id:
        steps, lead = [], "You mended this, so somebody else tests it."
    main = next((step for step in steps if step.main), None)
    others = [_link(request, step, failure) for step in steps if step is not main]
    if failure.state != "closed":
        others += [
            {"label": label, "url": f"{page_url(request.school, page)}?failure={failure}"}
            for page, power, label in CHANGES
            if request.may(power)
        ]
    return {
        "lead": lead or _nothing(failure, bool(steps)),
        "deed": main and _link(request, main, failure),
        "deeds": others,
    }


def _link(request: SchoolRequest, step: Step, failure: FailureReport) -> dict[str, str]:
    return {"label": step.label, "url": page_url(request.school, step.page, failure.reference)}


def _nothing(failure: FailureReport, something: bool) -> str:
    if something:
        return ""
    if failure.state == "closed":
        return "This report is closed."
    return "There is nothing for you to do here now."

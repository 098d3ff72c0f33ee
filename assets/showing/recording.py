"""Which deed on a permission to record is the likely one now, and which others there are."""

from typing import Any

from assets.models import RecordingPermission
from assets.workflow import RECORDING
from common.pages import page_url
from common.requests import SchoolRequest

OF_HOLDER = ("use_recording",)


def next_recording_deeds(request: SchoolRequest, permission: RecordingPermission) -> dict[str, Any]:
    """Return the panel “Next step”: the one button, other deeds, and why there may be none.

    The holder records; everything else is for others, for nobody decides on or watches themselves.
    """
    mine = permission.holder_id == request.person.pk
    steps = [
        step
        for step in RECORDING.open_to(permission.state, request.powers)
        if step.page and (step.name in OF_HOLDER) == mine
    ]
    main = next((step for step in steps if step.main), None)
    links = [
        {"label": step.label, "url": page_url(request.school, step.page, permission.reference)}
        for step in ([main] if main else []) + [step for step in steps if step is not main]
    ]
    lead = "" if steps else f"{permission.get_state_display()}. There is nothing for you to do."
    return {
        "lead": lead,
        "deed": links[0] if main else None,
        "deeds": links[1:] if main else links,
    }

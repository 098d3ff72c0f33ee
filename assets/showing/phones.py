"""Which deed on a permission to use a phone is the likely one now, and what is known of it."""

from typing import Any

from assets.models import PhoneUse
from assets.showing.taken import rows
from assets.vocabulary import PhoneUseKind
from assets.workflow import PHONE_USE
from common.dates import uk_date
from common.pages import page_url
from common.requests import SchoolRequest

OF_HOLDER = ("end_phone_use",)
STATE_KINDS = {
    "asked": "wait",
    "active": "done",
    "refused": "late",
    "withdrawn": "late",
    "ended": "information",
}
KIND_WORDS = {
    PhoneUseKind.STAFF: "Staff phone outside breaks",
    PhoneUseKind.LESSON: "Pupils’ own devices in a lesson",
}


def next_phone_use_deeds(request: SchoolRequest, permission: PhoneUse) -> dict[str, Any]:
    """Return the panel “Next step”: who asked may end it, everything else is for others."""
    mine = permission.holder_id == request.person.pk
    steps = [
        step
        for step in PHONE_USE.open_to(permission.state, request.powers)
        if step.page and (step.name in OF_HOLDER) == mine
    ]
    links = [
        {"label": step.label, "url": page_url(request.school, step.page, permission.reference)}
        for step in sorted(steps, key=lambda step: not step.main)
    ]
    main = bool(steps) and any(step.main for step in steps)
    lead = "" if steps else f"{permission.get_state_display()}. There is nothing for you to do."
    return {
        "lead": lead,
        "deed": links[0] if main else None,
        "deeds": links[1:] if main else links,
    }


def days_of(permission: PhoneUse) -> str:
    """Return the day or days of a permission in words."""
    if permission.from_date == permission.until_date:
        return uk_date(permission.from_date)
    return f"{uk_date(permission.from_date)} to {uk_date(permission.until_date)}"


def phone_use_facts(permission: PhoneUse) -> list[dict[str, Any]]:
    """Return what is known of a permission as rows of a summary."""
    lesson = permission.kind == PhoneUseKind.LESSON
    return rows(
        ("For", KIND_WORDS[PhoneUseKind(permission.kind)]),
        ("Who", permission.holder),
        ("Class", permission.school_class),
        ("Activity" if lesson else "Reason", permission.purpose),
        ("Day" if lesson else "Days", days_of(permission)),
    )

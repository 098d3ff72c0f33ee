"""Every step of the table with what it is usually sent with, so that a test may try any of them."""

from collections.abc import Callable
from typing import Any

from incidents import actions
from incidents.actions import Involved
from incidents.models import Incident
from incidents.queries import agency_of
from incidents.vocabulary import Part
from tests.cast import NOW, Cast
from tests.incidents.walk import (
    CLOSING,
    chosen_as_suggested,
    classify_as,
    now,
    report,
    row,
    theme,
    upload,
)

# Who usually does it, and what it needs.
STEPS: dict[str, tuple[Callable, str, Callable[[Cast, Incident], dict[str, Any]]]] = {
    "open_incident": (actions.open_incident, "dora", lambda _cast, _incident: {}),
    "classify_incident": (
        classify_as,
        "dora",
        lambda cast, _incident: {
            "infringement": row(cast, "PA1"),
            "themes": [theme(cast)],
            "main_theme": theme(cast),
            "severity": "normal",
            "child_protection": False,
            "illegal_suspected": False,
            "imagery": "no",
        },
    ),
    "decide_incident": (
        actions.decide_incident,
        "hana",
        lambda cast, incident: {
            "reason": "First time.",
            "chosen": chosen_as_suggested(cast, incident),
        },
    ),
    "propose_decision": (
        actions.decide_incident,
        "dora",
        lambda cast, incident: {
            "reason": "First time.",
            "chosen": chosen_as_suggested(cast, incident),
        },
    ),
    "confirm_decision": (actions.confirm_decision, "hana", lambda _cast, _incident: {}),
    "return_decision": (
        actions.return_decision,
        "hana",
        lambda _cast, _incident: {"reason": "Look again."},
    ),
    "inform_parents": (
        actions.inform_parents,
        "dora",
        lambda cast, _incident: {
            "pupil": cast.pia,
            "informed": True,
            "informed_at": NOW,
            "how": "phone",
        },
    ),
    "give_feedback": (
        actions.give_feedback,
        "dora",
        lambda _cast, _incident: {"text": "It was dealt with."},
    ),
    "close_incident": (actions.close_incident, "dora", lambda _cast, _incident: dict(CLOSING)),
    "resume_incident": (
        actions.resume_incident,
        "dora",
        lambda _cast, _incident: {"said": "PC Green, today."},
    ),
    "reopen_incident": (
        actions.reopen_incident,
        "dora",
        lambda _cast, _incident: {"reason": "It began again."},
    ),
    "note_incident": (actions.note_incident, "dora", lambda _cast, _incident: {"text": "A note."}),
    "refer_incident": (
        actions.refer_incident,
        "dora",
        lambda cast, _incident: {
            "agency": agency_of(cast.school, "social_care"),
            "purpose": "Advice",
        },
    ),
    "add_task": (
        actions.add_task,
        "dora",
        lambda cast, _incident: {
            "label": "Talk to the class",
            "owner": cast.tess,
            "due_date": NOW.date(),
        },
    ),
    "attach_evidence": (
        actions.attach_evidence,
        "dora",
        lambda _cast, _incident: {"upload": upload()},
    ),
    "escalate_incident": (
        actions.escalate_incident,
        "dora",
        lambda _cast, _incident: {"reason": "It is too grave for me."},
    ),
    "hand_over_incident": (
        actions.hand_over_incident,
        "dora",
        lambda cast, _incident: {"to": cast.hana, "reason": "I am away."},
    ),
    "share_incident": (
        actions.share_incident,
        "dora",
        lambda cast, _incident: {"person": cast.tess, "reason": "She teaches the pupil."},
    ),
    "involve_person": (
        actions.involve_person,
        "dora",
        lambda cast, _incident: {"involved": Involved(Part.WITNESS, cast.quin)},
    ),
    "link_incident": (
        actions.link_incident,
        "dora",
        lambda cast, _incident: {"to": report(cast, "quin"), "reason": "The same chat."},
    ),
    "mark_out_of_scope": (
        actions.mark_out_of_scope,
        "dora",
        lambda _cast, _incident: {"advice": "Talk to the family."},
    ),
    "suspect_illegality": (
        actions.suspect_illegality,
        "dora",
        lambda _cast, _incident: {"reason": "Threats were made."},
    ),
}


def needs(cast: Cast, name: str, incident: Incident) -> dict[str, Any]:
    """Return what a step of the table is sent with, and who usually takes it."""
    _, who, said = STEPS[name]
    return {"by": getattr(cast, who), **said(cast, incident)}


def step(cast: Cast, name: str, incident: Incident, said: dict[str, Any] | None = None) -> Any:
    """Try a step of the table on an incident as it stands."""
    standing = now(incident)
    said = needs(cast, name, incident) if said is None else said
    return STEPS[name][0](**{"incident": standing, "version": standing.version, "at": NOW} | said)

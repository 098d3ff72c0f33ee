"""What can be done to an incident: one function for each thing a person does."""

from incidents.actions.classifying import Classification, classify_incident
from incidents.actions.closing import (
    close_incident,
    give_feedback,
    mark_out_of_scope,
    reopen_incident,
)
from incidents.actions.deciding import confirm_decision, decide_incident, return_decision
from incidents.actions.evidence import attach_evidence, hand_on_evidence
from incidents.actions.following import (
    add_task,
    answer_referral,
    answer_task,
    excuse_referral,
    inform_parents,
    make_referral,
    refer_incident,
)
from incidents.actions.handling import (
    escalate_incident,
    hand_over_incident,
    open_incident,
    resume_incident,
    share_incident,
    suspect_illegality,
)
from incidents.actions.reporting import Involved, Told, report_incident, route_unread
from incidents.actions.telling import amend_note, involve_person, link_incident, note_incident

__all__ = [
    "Classification",
    "Involved",
    "Told",
    "add_task",
    "amend_note",
    "answer_referral",
    "answer_task",
    "attach_evidence",
    "classify_incident",
    "close_incident",
    "confirm_decision",
    "decide_incident",
    "escalate_incident",
    "excuse_referral",
    "give_feedback",
    "hand_on_evidence",
    "hand_over_incident",
    "inform_parents",
    "involve_person",
    "link_incident",
    "make_referral",
    "mark_out_of_scope",
    "note_incident",
    "open_incident",
    "refer_incident",
    "reopen_incident",
    "report_incident",
    "resume_incident",
    "return_decision",
    "route_unread",
    "share_incident",
    "suspect_illegality",
]

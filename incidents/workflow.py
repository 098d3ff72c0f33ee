"""The table of steps of an incident (workflows c.1; what is left out and why: ADR 0004)."""

from common.workflow import Step, Workflow

STATES = {
    "reported": "Reported",
    "triage": "Being triaged",
    "investigating": "Being looked into",
    "referred": "With police or care",
    "confirming": "Waiting for confirmation",
    "actions": "Actions under way",
    "closed": "Closed",
    "out_of_scope": "Outside scope",
}
OPENED = ("triage", "investigating", "referred", "confirming", "actions")
OPEN = ("reported", *OPENED)
ENDED = ("closed", "out_of_scope")
ANY = (*OPENED, *ENDED)

INCIDENT = Workflow(
    noun="incident",
    states=STATES,
    steps=(
        Step(
            "open_incident",
            "Open and take on",
            ("reported",),
            "triage",
            page="incident_open",
            main=True,
        ),
        Step(
            "classify_incident",
            "Classify",
            ("triage", "investigating"),
            "investigating",
            page="incident_classify",
            main=True,
        ),
        Step(
            "decide_incident",
            "Decide",
            ("investigating",),
            "actions",
            page="incident_decide",
            main=True,
        ),
        Step(
            "propose_decision",
            "Propose a decision",
            ("investigating",),
            "confirming",
            "decide_incident",
        ),
        Step(
            "confirm_decision",
            "Confirm or return the decision",
            ("confirming",),
            "actions",
            page="incident_confirm",
            main=True,
        ),
        Step(
            "return_decision",
            "Return the decision",
            ("confirming",),
            "investigating",
            "confirm_decision",
        ),
        Step(
            "inform_parents",
            "Record contact with parents",
            OPENED,
            page="incident_parents",
            main=True,
        ),
        Step(
            "give_feedback",
            "Give feedback to the reporter",
            OPENED,
            power="close_incident",
            page="incident_feedback",
            main=True,
        ),
        Step("close_incident", "Close", ("actions",), "closed", page="incident_close", main=True),
        Step(
            "resume_incident",
            "Take up again",
            ("referred",),
            "investigating",
            "refer_incident",
            page="incident_resume",
            main=True,
        ),
        Step("reopen_incident", "Reopen", ENDED, "triage", page="incident_reopen", main=True),
        Step("note_incident", "Add a note", ANY, page="incident_note"),
        Step("refer_incident", "Record a referral", OPENED, page="incident_refer"),
        Step("add_task", "Add a task", OPENED, power="note_incident", page="incident_task"),
        Step("attach_evidence", "Attach a file", OPEN, page="evidence_attach"),
        Step("escalate_incident", "Escalate", OPENED, page="incident_escalate"),
        Step("hand_over_incident", "Hand over", OPENED, page="incident_hand_over"),
        Step("share_incident", "Name a person who may see it", OPEN, page="incident_share"),
        Step(
            "involve_person",
            "Add a person involved",
            OPENED,
            power="note_incident",
            page="incident_involve",
        ),
        Step(
            "link_incident",
            "Link another incident",
            ANY,
            power="note_incident",
            page="incident_link",
        ),
        Step(
            "mark_out_of_scope",
            "Close as outside scope",
            ("triage",),
            "out_of_scope",
            "close_incident",
            page="incident_out_of_scope",
        ),
        Step(
            "suspect_illegality",
            "Something illegal is suspected",
            ("triage", "investigating", "confirming", "actions"),
            "referred",
            "refer_incident",
            page="incident_suspect",
        ),
    ),
)

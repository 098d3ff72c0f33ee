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
        Step("open_incident", "Open and take on", ("reported",), "triage", main=True),
        Step(
            "classify_incident",
            "Classify",
            ("triage", "investigating"),
            "investigating",
            main=True,
        ),
        Step(
            "suspect_illegality",
            "Refer: something illegal is suspected",
            ("triage", "investigating", "confirming", "actions"),
            "referred",
            "refer_incident",
        ),
        Step(
            "resume_incident",
            "Take up again",
            ("referred",),
            "investigating",
            "refer_incident",
            main=True,
        ),
        Step(
            "mark_out_of_scope",
            "Close as outside scope",
            ("triage",),
            "out_of_scope",
            "close_incident",
        ),
        Step("decide_incident", "Decide", ("investigating",), "actions", main=True),
        Step(
            "propose_decision",
            "Propose a decision",
            ("investigating",),
            "confirming",
            "decide_incident",
        ),
        Step("confirm_decision", "Confirm the decision", ("confirming",), "actions", main=True),
        Step(
            "return_decision",
            "Return the decision",
            ("confirming",),
            "investigating",
            "confirm_decision",
        ),
        Step("close_incident", "Close", ("actions",), "closed", main=True),
        Step("reopen_incident", "Reopen", ENDED, "triage", main=True),
        Step("escalate_incident", "Escalate", OPENED),
        Step("hand_over_incident", "Hand over", OPENED),
        Step("share_incident", "Name a person who may see it", OPEN),
        Step("note_incident", "Add a note", ANY),
        Step("link_incident", "Link another incident", ANY, power="note_incident"),
        Step("involve_person", "Add a person involved", OPENED, power="note_incident"),
        Step("refer_incident", "Record a referral", OPENED),
        Step("inform_parents", "Record contact with parents", OPENED),
        Step("add_task", "Add a task", OPENED, power="note_incident"),
        Step("attach_evidence", "Attach a file", OPEN),
        Step("give_feedback", "Give feedback to the reporter", OPENED, power="close_incident"),
    ),
)

"""The tables of steps of reports and of a governors’ review (workflows c.14, REP-01, REP-02)."""

from common.errors import StepRefused
from common.workflow import Step, Workflow

REPORT_STATES = {
    "draft": "Being written",
    "submitted": "With the headteacher",
    "issued": "Issued",
}

REPORT = Workflow(
    noun="report",
    states=REPORT_STATES,
    steps=(
        Step(
            "comment_report",
            "Write the commentary",
            ("draft",),
            "",
            "write_report",
            page="governor_report_comment",
            main=True,
        ),
        Step(
            "submit_report",
            "Send to the headteacher",
            ("draft",),
            "submitted",
            "write_report",
            page="governor_report_submit",
        ),
        Step(
            "return_report",
            "Send back",
            ("submitted",),
            "draft",
            "issue_report",
            page="governor_report_return",
        ),
        Step(
            "issue_report",
            "Issue to the governors",
            ("submitted",),
            "issued",
            page="governor_report_issue",
            main=True,
        ),
    ),
)

# What the lead tells the headteacher goes there at once: nobody has to release it (REP-01).
HEAD_REPORT = Workflow(
    noun="report to the headteacher",
    states={"draft": REPORT_STATES["draft"], "issued": REPORT_STATES["issued"]},
    steps=(
        REPORT.step("comment_report"),
        Step(
            "send_report",
            "Send to the headteacher",
            ("draft",),
            "issued",
            "write_report",
            page="governor_report_send",
            main=True,
        ),
    ),
)

MEETING_STATES = {"planned": "Planned", "held": "Held", "cancelled": "Did not take place"}

MEETING = Workflow(
    noun="meeting",
    states=MEETING_STATES,
    steps=(
        Step(
            "hold_meeting",
            "Record the meeting",
            ("planned", "held"),
            "held",
            "write_meeting",
            page="meeting_hold",
            main=True,
        ),
        Step(
            "add_meeting_action",
            "Add an action",
            ("held",),
            "",
            "write_meeting",
            page="meeting_action_add",
        ),
        Step(
            "cancel_meeting",
            "It did not take place",
            ("planned",),
            "cancelled",
            "write_meeting",
            page="meeting_cancel",
        ),
    ),
)

REVIEW_STATES = {
    "scheduled": "Planned",
    "prepared": "Papers ready",
    "held": "Held, to be signed",
    "signed": "Signed off",
}

GOVERNOR_REVIEW = Workflow(
    noun="governors’ review",
    states=REVIEW_STATES,
    steps=(
        Step(
            "prepare_governor_review",
            "Put the papers together",
            ("scheduled",),
            "prepared",
            "write_governor_review",
            page="governor_review_prepare",
            main=True,
        ),
        Step(
            "hold_governor_review",
            "Record the meeting",
            ("scheduled", "prepared", "held"),
            "held",
            "write_governor_review",
            page="governor_review_hold",
            main=True,
        ),
        Step(
            "ask_governor_question",
            "Ask a question",
            ("prepared", "held"),
            "",
            page="governor_question_ask",
        ),
        Step(
            "answer_governor_question",
            "Answer",
            ("prepared", "held"),
            "",
            "write_governor_review",
            page="governor_question_answer",
        ),
        Step(
            "add_governor_action",
            "Add an action",
            ("held",),
            "",
            "write_governor_review",
            page="governor_action_add",
        ),
        Step(
            "sign_governor_review",
            "Sign off",
            ("held",),
            "signed",
            page="governor_review_sign",
            main=True,
        ),
    ),
)


def table_for(audience: str) -> Workflow:
    """Return the steps of a report by whom it is for."""
    return HEAD_REPORT if audience == "head" else REPORT


def check_report_step(name: str, audience: str, state: str) -> None:
    """Refuse a step that a report for these readers does not have, or not in this state."""
    table = table_for(audience)
    if name not in {step.name for step in table.steps}:
        raise StepRefused(f"A {table.noun} has no such step.")
    table.check(name, state)

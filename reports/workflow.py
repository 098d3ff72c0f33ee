"""The tables of steps of a report and of a governors' review (workflows c.14, REP-02)."""

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

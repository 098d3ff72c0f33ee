"""The tables of steps of filtering: a change, a failure, an alert, a review (workflows c.5 to c.8).

What differs from the workflows of the requirements, and why: ADR 0007.
"""

from common.workflow import Step, Workflow

CHANGE_STATES = {
    "submitted": "To be assessed",
    "awaiting": "Waiting for approval",
    "approved": "Approved, to be made",
    "made": "Made, to be tested",
    "active": "Open until its day",
    "undo": "To be put back",
    "put_back": "Put back, to be checked",
    "closed": "Closed",
    "rejected": "Refused",
    "withdrawn": "Withdrawn",
}
CHANGE_ENDED = ("closed", "rejected", "withdrawn")
CHANGE_OPEN = tuple(code for code in CHANGE_STATES if code not in CHANGE_ENDED)

CHANGE = Workflow(
    noun="filter change",
    states=CHANGE_STATES,
    steps=(
        Step(
            "assess_change",
            "Assess the risk",
            ("submitted",),
            "awaiting",
            page="change_assess",
            main=True,
        ),
        Step(
            "edit_change",
            "Edit",
            ("submitted", "awaiting"),
            "submitted",
            "ask_for_change",
            page="change_edit",
        ),
        Step(
            "withdraw_change",
            "Withdraw",
            ("submitted", "awaiting", "approved"),
            "withdrawn",
            "ask_for_change",
            page="change_withdraw",
        ),
        Step(
            "approve_change",
            "Approve or refuse",
            ("awaiting",),
            "approved",
            "decide_change",
            page="change_decide",
            main=True,
        ),
        Step("reject_change", "Refuse", ("awaiting",), "rejected", "decide_change"),
        Step(
            "return_change",
            "Send back with a question",
            ("awaiting",),
            "submitted",
            "decide_change",
        ),
        Step(
            "make_change", "Make the change", ("approved",), "made", page="change_make", main=True
        ),
        Step(
            "test_change",
            "Test as a second person",
            ("made",),
            "closed",
            "test_filtering",
            page="change_test",
            main=True,
        ),
        Step("keep_open", "Tested: open until its day", ("made",), "active", "test_filtering"),
        Step("find_fault", "Tested: wrong effect", ("made",), "undo", "test_filtering"),
        Step("confirm_block", "Approve what was blocked", ("awaiting",), "made", "decide_change"),
        Step("refuse_block", "Refuse what was blocked", ("awaiting",), "undo", "decide_change"),
        Step("expire_block", "Not approved in time", ("awaiting",), "undo", "make_change"),
        Step("expire_change", "Its time is over", ("made", "active"), "undo", "make_change"),
        Step("grant_time", "Approve more time", ("awaiting",), "closed", "decide_change"),
        Step("find_not_put_back", "Checked: still there", ("put_back",), "undo", "test_filtering"),
        Step("take_up_again", "Take up again", ("put_back",), "submitted", "test_filtering"),
        Step("revoke_change", "End at once", ("made", "active"), "undo", page="change_revoke"),
        Step(
            "extend_change",
            "Ask for more time",
            ("active",),
            "",
            "ask_for_change",
            page="change_extend",
        ),
        Step(
            "put_back_change",
            "Put back",
            ("undo",),
            "put_back",
            "make_change",
            page="change_put_back",
            main=True,
        ),
        Step(
            "check_put_back",
            "Check as a second person",
            ("put_back",),
            "closed",
            "test_filtering",
            page="change_check",
            main=True,
        ),
    ),
)

FAILURE_STATES = {
    "reported": "Reported",
    "acknowledged": "Taken on",
    "contained": "Made safe",
    "escalated": "With the provider",
    "fixed": "Mended, to be tested",
    "closed": "Closed",
}
FAILURE_WORKED = ("acknowledged", "contained", "escalated")

FAILURE = Workflow(
    noun="report",
    states=FAILURE_STATES,
    steps=(
        Step(
            "acknowledge_failure",
            "Take on",
            ("reported",),
            "acknowledged",
            "handle_failures",
            page="failure_acknowledge",
            main=True,
        ),
        Step(
            "contain_failure",
            "Made safe",
            ("acknowledged",),
            "contained",
            "handle_failures",
            page="failure_contain",
        ),
        Step(
            "note_failure",
            "Write the log",
            FAILURE_WORKED,
            "",
            "handle_failures",
            page="failure_note",
        ),
        Step(
            "escalate_failure",
            "Pass to the provider",
            ("acknowledged", "contained"),
            "escalated",
            "handle_failures",
            page="failure_escalate",
        ),
        Step(
            "fix_failure",
            "Mended",
            FAILURE_WORKED,
            "fixed",
            "handle_failures",
            page="failure_fix",
            main=True,
        ),
        Step(
            "verify_failure",
            "Test as a second person",
            ("fixed",),
            "closed",
            "test_filtering",
            page="failure_verify",
            main=True,
        ),
        Step(
            "return_failure",
            "Tested: not mended",
            ("fixed",),
            "acknowledged",
            "test_filtering",
        ),
    ),
)

ALERT_STATES = {
    "received": "Not opened",
    "opened": "Being looked at",
    "false_alarm": "False alarm",
    "raised": "Incident raised",
}
ALERT_OPEN = ("received", "opened")

ALERT = Workflow(
    noun="alert",
    states=ALERT_STATES,
    steps=(
        Step(
            "open_alert",
            "Open",
            ("received",),
            "opened",
            "triage_alerts",
            page="alert_open",
            main=True,
        ),
        Step(
            "identify_user",
            "Say who it was",
            ALERT_OPEN,
            "",
            "triage_alerts",
            page="alert_identify",
        ),
        Step(
            "note_action", "Note an action", ("opened",), "", "triage_alerts", page="alert_action"
        ),
        Step(
            "triage_alert",
            "Judge",
            ("opened", "false_alarm"),
            "",
            "triage_alerts",
            page="alert_triage",
            main=True,
        ),
        Step("raise_alert", "Raise an incident", ("received", "opened"), "raised", "triage_alerts"),
        Step("pass_on_alert", "Goes to the next person", ("opened",), "received", "triage_alerts"),
        Step(
            "reopen_alert",
            "The second look disagrees",
            ("false_alarm",),
            "opened",
            "sample_alerts",
        ),
    ),
)

REVIEW_STATES = {"open": "Being written", "signing": "Being signed", "closed": "Signed"}

REVIEW = Workflow(
    noun="review",
    states=REVIEW_STATES,
    steps=(
        Step(
            "write_review", "Write", ("open",), "", "edit_reviews", page="review_write", main=True
        ),
        Step(
            "add_participant",
            "Add somebody who takes part",
            ("open",),
            "",
            "edit_reviews",
            page="review_participant",
        ),
        Step(
            "add_review_action",
            "Add an action",
            ("open",),
            "",
            "edit_reviews",
            page="review_action",
        ),
        Step(
            "offer_review",
            "Offer it for signing",
            ("open",),
            "signing",
            "edit_reviews",
            page="review_offer",
        ),
        Step(
            "take_back_review",
            "Take back to change it",
            ("signing",),
            "open",
            "edit_reviews",
            page="review_take_back",
        ),
        Step("sign_review", "Sign", ("signing",), "", page="review_sign", main=True),
        Step("drop_participant", "Take somebody off", ("open",), "", "edit_reviews"),
        Step("drop_review_action", "Take an action off", ("open",), "", "edit_reviews"),
    ),
)

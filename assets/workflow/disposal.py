"""The table of steps of a disposal, from its proposal to its papers (c.12)."""

from common.workflow import Step, Workflow

BATCH_STATES = {
    "proposed": "Being prepared",
    "submitted": "Waiting for approval",
    "approved": "Approved, to be wiped",
    "collected": "Collected, papers to come",
    "disposed": "Disposed of",
    "refused": "Refused",
    "withdrawn": "Withdrawn",
}
BATCH_ENDED = ("disposed", "refused", "withdrawn")
BATCH_OPEN = tuple(code for code in BATCH_STATES if code not in BATCH_ENDED)

BATCH = Workflow(
    noun="disposal",
    states=BATCH_STATES,
    steps=(
        Step(
            "edit_disposal",
            "Change it",
            ("proposed",),
            "",
            "prepare_disposal",
            page="disposal_edit",
        ),
        Step(
            "submit_disposal",
            "Ask for approval",
            ("proposed",),
            "submitted",
            "prepare_disposal",
            page="disposal_submit",
            main=True,
        ),
        Step(
            "approve_disposal",
            "Approve or refuse",
            ("submitted",),
            "approved",
            page="disposal_decide",
            main=True,
        ),
        Step("refuse_disposal", "Refuse", ("submitted",), "refused", "approve_disposal"),
        Step("return_disposal", "Send back", ("submitted",), "proposed", "approve_disposal"),
        Step(
            "withdraw_disposal",
            "Withdraw",
            ("proposed", "submitted", "approved"),
            "withdrawn",
            "prepare_disposal",
            page="disposal_withdraw",
        ),
        Step(
            "sanitise_medium",
            "Record a wipe or destruction",
            ("approved", "collected"),
            "",
            page="sanitisation_create",
            main=True,
        ),
        Step(
            "collect_disposal",
            "Hand over",
            ("approved",),
            "collected",
            "prepare_disposal",
            page="disposal_collect",
        ),
        Step(
            "add_disposal_paper",
            "Add a paper",
            ("approved", "collected"),
            "",
            "prepare_disposal",
            page="disposal_paper",
            main=True,
        ),
        Step(
            "finish_disposal",
            "Close: papers are complete",
            ("collected",),
            "disposed",
            "prepare_disposal",
            page="disposal_finish",
        ),
    ),
)

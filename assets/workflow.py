"""The tables of steps of equipment: an asset, a disposal, a recording permission, an item taken.

What differs from workflows c.12 and c.15, and why: ADR 0009.
"""

from common.workflow import Step, Workflow

ASSET_STATES = {
    "registered": "Being set up",
    "in_service": "In service",
    "on_loan": "On loan",
    "maintenance": "Being repaired or checked",
    "quarantined": "Kept as evidence",
    "lost": "Lost or stolen",
    "redundant": "No longer wanted",
    "disposing": "In a disposal",
    "disposed": "Disposed of",
}
ASSET_GONE = ("disposed",)
ASSET_HERE = ("registered", "in_service", "on_loan", "maintenance", "quarantined", "redundant")
_EVIDENCE = ("registered", "in_service", "on_loan", "maintenance", "lost", "redundant")

ASSET = Workflow(
    noun="device",
    states=ASSET_STATES,
    steps=(
        Step(
            "put_in_service",
            "Put in service",
            ("registered", "redundant"),
            "in_service",
            "edit_assets",
            page="asset_put_in_service",
            main=True,
        ),
        Step(
            "lend_asset",
            "Lend it",
            ("in_service",),
            "on_loan",
            "lend_assets",
            page="loan_create",
            main=True,
        ),
        Step(
            "extend_loan",
            "Lend it for longer",
            ("on_loan",),
            "",
            "lend_assets",
            page="loan_extend",
        ),
        Step(
            "take_back_loan",
            "Take it back",
            ("on_loan",),
            "in_service",
            "lend_assets",
            page="loan_return",
            main=True,
        ),
        Step(
            "start_upkeep",
            "Send for repair or a check",
            ("registered", "in_service"),
            "maintenance",
            "edit_assets",
            page="upkeep_create",
        ),
        Step(
            "finish_upkeep",
            "It is back",
            ("maintenance",),
            "in_service",
            "edit_assets",
            page="upkeep_finish",
            main=True,
        ),
        Step(
            "move_asset",
            "Move to another room",
            ("registered", "in_service", "maintenance", "redundant", "disposing"),
            "",
            "edit_assets",
        ),
        Step(
            "check_asset",
            "Record a check or scan",
            ("registered", "in_service", "on_loan", "redundant"),
            "",
            "edit_assets",
            page="asset_check",
        ),
        Step(
            "quarantine_asset",
            "Keep as evidence",
            _EVIDENCE,
            "quarantined",
            page="asset_quarantine",
        ),
        Step("release_asset", "Release", ("quarantined",), "in_service"),
        Step(
            "report_loss",
            "Lost or stolen",
            ("registered", "in_service", "on_loan", "maintenance", "redundant"),
            "lost",
            page="asset_lost",
        ),
        Step("find_asset", "It was found", ("lost",), "in_service", "edit_assets", "asset_found"),
        Step(
            "make_redundant",
            "No longer wanted",
            ("registered", "in_service"),
            "redundant",
            "edit_assets",
            page="asset_redundant",
        ),
        # The steps of a disposal take these; each asks for its own power besides.
        Step(
            "propose_disposal", "Put in a disposal", ("redundant",), "disposing", "view_disposals"
        ),
        Step(
            "take_out_of_disposal",
            "Take out of the disposal",
            ("disposing",),
            "redundant",
            "view_disposals",
        ),
        Step("dispose_asset", "Dispose", ("disposing",), "disposed", "view_disposals"),
    ),
)

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

RECORDING_STATES = {
    "asked": "Waiting for the headteacher",
    "active": "Allowed",
    "refused": "Refused",
    "withdrawn": "Withdrawn",
    "ended": "Ended",
}
RECORDING = Workflow(
    noun="permission to record",
    states=RECORDING_STATES,
    steps=(
        Step(
            "decide_recording",
            "Decide",
            ("asked",),
            "active",
            page="recording_decide",
            main=True,
        ),
        Step("refuse_recording", "Refuse", ("asked",), "refused", "decide_recording"),
        Step(
            "withdraw_recording",
            "Withdraw at once",
            ("asked", "active"),
            "withdrawn",
            "decide_recording",
            page="recording_withdraw",
        ),
        Step(
            "note_recording",
            "Write what was seen",
            ("active",),
            "",
            "view_recordings",
            page="recording_note",
        ),
        Step(
            "use_recording",
            "Say that you recorded",
            ("active",),
            "",
            "ask_recording",
            page="recording_use",
            main=True,
        ),
        Step("end_recording", "End", ("active",), "ended", "decide_recording"),
    ),
)

ITEM_STATES = {
    "held": "Held by the school",
    "with_lead": "With the safeguarding lead",
    "with_police": "With the police",
    "returned": "Given back",
    "disposed": "Not given back",
}
ITEM = Workflow(
    noun="item",
    states=ITEM_STATES,
    steps=(
        Step(
            "tell_parent",
            "Parent told",
            ("held", "with_lead", "with_police"),
            "",
            "keep_confiscated",
            page="confiscation_tell",
        ),
        Step(
            "move_confiscated",
            "Somebody else holds it",
            ("held", "with_lead"),
            "",
            "keep_confiscated",
            page="confiscation_move",
        ),
        Step(
            "pass_to_lead",
            "Pass to the safeguarding lead",
            ("held",),
            "with_lead",
            "confiscate_item",
            page="confiscation_pass",
        ),
        Step(
            "hand_to_police",
            "Hand to the police",
            ("held", "with_lead"),
            "with_police",
            "decide_confiscated",
            page="confiscation_police",
        ),
        Step(
            "return_confiscated",
            "Give it back",
            ("held",),
            "returned",
            "confiscate_item",
            page="confiscation_return",
            main=True,
        ),
        Step(
            "clear_confiscated",
            "Cleared: give to the office",
            ("with_lead", "with_police"),
            "held",
            "decide_confiscated",
            page="confiscation_clear",
        ),
        Step(
            "keep_for_good",
            "It will not be given back",
            ("held", "with_lead", "with_police"),
            "disposed",
            "decide_confiscated",
            page="confiscation_dispose",
        ),
    ),
)

AUDIT_STATES = {
    "asked": "Asked for",
    "reported": "Report is here",
    "closed": "Closed",
}
AUDIT = Workflow(
    noun="audit",
    states=AUDIT_STATES,
    steps=(
        Step(
            "report_audit",
            "File its report",
            ("asked",),
            "reported",
            "commission_audit",
            page="audit_report",
            main=True,
        ),
        Step(
            "add_audit_action",
            "Add an action",
            ("reported",),
            "",
            "commission_audit",
            page="audit_action_create",
        ),
        Step(
            "close_audit",
            "Close it",
            ("reported",),
            "closed",
            "commission_audit",
            page="audit_close",
            main=True,
        ),
    ),
)

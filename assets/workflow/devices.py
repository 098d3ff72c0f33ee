"""The tables of steps of a recording permission and of an item taken (c.15)."""

from common.workflow import Step, Workflow

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

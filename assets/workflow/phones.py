"""The table of steps of a permission to use a phone (MOB-06, MOB-07)."""

from common.workflow import Step, Workflow

PHONE_USE_STATES = {
    "asked": "Waiting for a leader",
    "active": "Allowed",
    "refused": "Refused",
    "withdrawn": "Withdrawn",
    "ended": "Ended",
}
PHONE_USE = Workflow(
    noun="permission to use a phone",
    states=PHONE_USE_STATES,
    steps=(
        Step(
            "decide_phone_use",
            "Decide",
            ("asked",),
            "active",
            page="phone_use_decide",
            main=True,
        ),
        Step("refuse_phone_use", "Refuse", ("asked",), "refused", "decide_phone_use"),
        Step(
            "withdraw_phone_use",
            "Withdraw at once",
            ("active",),
            "withdrawn",
            "decide_phone_use",
            page="phone_use_withdraw",
        ),
        Step(
            "end_phone_use",
            "No longer needed",
            ("asked", "active"),
            "ended",
            "ask_phone_use",
            page="phone_use_end",
        ),
    ),
)

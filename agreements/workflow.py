"""The life of an agreement's version, and of what one person is asked for (workflows c.9)."""

from common.workflow import Step, Workflow

VERSION = Workflow(
    noun="version",
    states={"draft": "Draft", "approved": "Approved", "published": "Published"},
    steps=(
        Step(
            "write_text",
            "Change the text",
            ("draft", "approved"),
            "draft",
            "edit_agreements",
            page="text_edit",
        ),
        Step(
            "ask_for_approval",
            "Send for approval",
            ("draft",),
            power="edit_agreements",
            page="version_ask",
            main=True,
        ),
        Step(
            "approve_agreement",
            "Approve this text",
            ("draft",),
            "approved",
            page="version_approve",
            main=True,
        ),
        Step(
            "return_agreement",
            "Return it to the writer",
            ("draft", "approved"),
            "draft",
            "approve_agreement",
            page="version_approve",
        ),
        Step(
            "publish_agreement",
            "Publish this version",
            ("approved",),
            "published",
            page="version_publish",
            main=True,
        ),
        Step(
            "revise_agreement",
            "Write a new version",
            ("published",),
            power="edit_agreements",
            page="version_create",
            main=True,
        ),
    ),
)

OPEN = ("due", "countersign")
MET = ("active", "covered", "familiarised", "exempt")
CURRENT = (*OPEN, *MET, "declined", "withdrawn")
PAST = ("superseded", "ended")

OBLIGATION = Workflow(
    noun="agreement",
    states={
        "due": "To be signed",
        "countersign": "Waiting for the headteacher",
        "active": "Signed",
        "covered": "Signed by another parent",
        "familiarised": "Made familiar in class",
        "exempt": "Exempt",
        "declined": "Declined",
        "withdrawn": "Withdrawn",
        "superseded": "Replaced by a later one",
        "ended": "No longer asked",
    },
    steps=(
        Step("sign_agreement", "Sign", ("due",), "active", page="agreement_sign", main=True),
        Step("sign_for_countersignature", "Sign", ("due",), "countersign", "sign_agreement"),
        Step(
            "countersign_agreement",
            "Countersign",
            ("countersign",),
            "active",
            page="agreement_countersign",
            main=True,
        ),
        Step(
            "decline_agreement",
            "Decline",
            ("due",),
            "declined",
            "sign_agreement",
            page="agreement_decline",
        ),
        Step(
            "withdraw_signature",
            "Withdraw a signature",
            ("active", "countersign"),
            "withdrawn",
            "sign_agreement",
            page="signature_withdraw",
        ),
        Step(
            "exempt_person",
            "Exempt",
            ("due", "declined", "withdrawn"),
            "exempt",
            page="obligation_exempt",
        ),
        Step(
            "ask_again",
            "Ask again",
            ("declined", "withdrawn", "exempt", "active", "covered", "familiarised"),
            "due",
            "issue_agreements",
            page="obligation_ask_again",
        ),
        Step("make_familiar", "Made familiar in class", ("due",), "familiarised", "lead_sitting"),
    ),
)

"""Menu entries of agreements and consents."""

from common.navigation import Item

GROUP = "Agreements"
FOLLOWS = ("answer_question", "review_access", "take_down_images")

NAVIGATION = [
    Item("Your agreements", "portal", "pencil", 13, ("sign_agreement",)),
    Item(
        "Who has signed",
        "coverage_detail",
        "circle-check",
        45,
        ("view_coverage_totals",),
        group=GROUP,
    ),
    Item("Texts", "agreement_list", "notebook-pen", 46, ("view_agreements",), group=GROUP),
    Item("With a class", "sitting_list", "users", 47, ("lead_sitting",), group=GROUP),
    Item("Reception", "kiosk_list", "qr-code", 48, ("run_kiosk",), group=GROUP),
    Item("On paper", "paper_list", "file-text", 49, ("take_paper", "check_paper"), group=GROUP),
    Item("Accounts", "access_list", "key-round", 50, ("view_access",), group=GROUP),
    Item("Consents", "consent_list", "heart-handshake", 51, ("view_consents",), group=GROUP),
    Item("Do not photograph", "photo_list", "camera", 52, ("view_photo_list",), group=GROUP),
    Item("To follow up", "follow_up_list", "list-checks", 53, FOLLOWS, group=GROUP),
]

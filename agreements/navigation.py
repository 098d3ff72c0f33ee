"""Menu entries of agreements and consents."""

from common.navigation import Item

NAVIGATION = [
    Item("Agreements", "agreement_list", "notebook-pen", 49, ("view_agreements",)),
    Item("Your agreements", "portal", "pencil", 45, ("sign_agreement",)),
    Item("Who has signed", "coverage_detail", "circle-check", 50, ("view_coverage_totals",)),
    Item("Class agreements", "sitting_list", "users", 51, ("lead_sitting",)),
    Item("Reception", "kiosk_list", "qr-code", 52, ("run_kiosk",)),
    Item("Signed paper", "paper_list", "file-text", 53, ("take_paper", "check_paper")),
    Item("Accounts", "access_list", "key-round", 54, ("view_access",)),
    Item("Consents", "consent_list", "heart-handshake", 54, ("view_consents",)),
    Item("Do not photograph", "photo_list", "camera", 55, ("view_photo_list",)),
    Item(
        "To follow up",
        "follow_up_list",
        "list-checks",
        56,
        ("answer_question", "review_access", "take_down_images"),
    ),
]

"""Menu entries of agreements and consents."""

from common.navigation import Item

NAVIGATION = [
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

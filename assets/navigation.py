"""Menu entries of equipment and devices. Each area adds its own."""

from assets.queries.borrowing import ever_borrowed
from common.navigation import Item

EQUIPMENT = "Equipment"
DEVICES = "Devices"
SEES = ("view_disposals",)
KEEPS = ("keep_declarations",)
ENTERS = ("view_room_access",)

NAVIGATION: list[Item] = [
    Item("Register", "asset_list", "monitor", 54, ("view_assets",), group=EQUIPMENT),
    Item("Software", "software_list", "layout-grid", 54, ("view_assets",), group=EQUIPMENT),
    Item(
        "Stock-take",
        "stock_take_list",
        "list-checks",
        54,
        ("take_stock", "view_assets"),
        group=EQUIPMENT,
    ),
    Item("Rooms", "room_list", "map-pin", 54, ("view_assets",), group=EQUIPMENT),
    Item("Disposals", "disposal_list", "trash-2", 56, ("view_disposals",), group=EQUIPMENT),
    Item("Companies", "company_list", "shield-check", 56, ("view_disposals",), group=EQUIPMENT),
    Item("Paper destroyed", "destruction_list", "scroll-text", 56, SEES, group=EQUIPMENT),
    Item("Personal use", "declaration_list", "house", 56, KEEPS, group=EQUIPMENT),
    Item("Restricted rooms", "room_access_list", "key-round", 56, ENTERS, group=EQUIPMENT),
    Item("Cameras", "camera_list", "camera", 56, ("view_cameras",), group=EQUIPMENT),
    Item("Audits", "audit_list", "clipboard-list", 56, ("view_audits",), group=EQUIPMENT),
    Item(
        "Items taken",
        "confiscation_list",
        "inbox",
        57,
        ("confiscate_item", "view_confiscations"),
        group=DEVICES,
    ),
    Item(
        "Searches",
        "search_record_list",
        "search",
        57,
        ("record_search", "view_searches"),
        group=DEVICES,
    ),
    Item("Your loans", "loan_mine", "monitor", 16, ("borrow_assets",), only_if=ever_borrowed),
    Item("Report lost equipment", "loss_create", "flag", 18, ("report_loss",)),
    Item("Loans", "loan_list", "monitor", 55, ("view_assets", "lend_assets"), group=EQUIPMENT),
    Item("Repairs and checks", "upkeep_list", "refresh-cw", 55, ("view_assets",), group=EQUIPMENT),
    Item("Mobile devices", "device_check_list", "tablet", 55, ("view_assets",), group=EQUIPMENT),
    Item("Lost and stolen", "loss_list", "circle-alert", 55, ("view_assets",), group=EQUIPMENT),
    Item(
        "Bringing a device",
        "own_device_mine",
        "phone",
        17,
        ("keep_own_device", "ask_for_device", "join_wifi"),
    ),
    Item("Phone rules", "phone_rule_detail", "book-open", 17),
    Item("Handed in", "hand_in_day", "clock", 57, ("hand_in_devices",), group=DEVICES),
    Item(
        "Use of phones",
        "phone_use_list",
        "message-circle",
        58,
        ("ask_phone_use", "view_phone_uses"),
        group=DEVICES,
    ),
    Item(
        "Private phones used",
        "private_call_list",
        "phone",
        58,
        ("record_private_call", "read_private_calls", "read_head_calls"),
        group=DEVICES,
    ),
    Item("Own devices", "own_device_list", "phone", 58, ("view_own_devices",), group=DEVICES),
    Item(
        "Recording",
        "recording_list",
        "camera",
        58,
        ("view_recordings", "ask_recording"),
        group=DEVICES,
    ),
    Item("Exemptions", "exemption_list", "shield-check", 58, ("view_exemptions",), group=DEVICES),
]

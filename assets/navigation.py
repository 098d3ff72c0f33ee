"""Menu entries of equipment and devices. Each area adds its own."""

from common.navigation import Item

EQUIPMENT = "Equipment"
DEVICES = "Devices"

NAVIGATION: list[Item] = [
    Item("Disposals", "disposal_list", "trash-2", 56, ("view_disposals",), group=EQUIPMENT),
    Item("Companies", "company_list", "shield-check", 56, ("view_disposals",), group=EQUIPMENT),
    Item(
        "Items taken",
        "confiscation_list",
        "inbox",
        57,
        ("confiscate", "view_confiscations"),
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
    Item("Your own devices", "own_device_mine", "phone", 17, ("keep_own_device", "ask_for_device")),
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

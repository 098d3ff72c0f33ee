"""The trail's place in the menu."""

from common.navigation import Item

NAVIGATION = [Item("Trail", "trail_list", "history", 90, ("view_trail",), group="School")]

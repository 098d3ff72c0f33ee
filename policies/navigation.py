"""The policy's place in the menu."""

from common.navigation import Item

NAVIGATION = [Item("Policy", "ladder_detail", "scroll-text", 14, ("view_policy",))]

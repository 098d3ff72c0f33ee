"""The menu entry of the home page."""

from common.navigation import Item

NAVIGATION = [Item("Home", "home", "house", 0)]

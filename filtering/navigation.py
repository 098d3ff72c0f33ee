"""Menu entries of filtering and monitoring."""

from common.navigation import Item

NAVIGATION: list[Item] = []

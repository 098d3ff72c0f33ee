"""Menu entries of equipment and devices. Each area adds its own."""

from common.navigation import Item

NAVIGATION: list[Item] = []

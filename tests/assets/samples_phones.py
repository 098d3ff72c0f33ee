"""Records for the pages of phones during the school day, and rows for their lists.

A function of the cast makes a record by the real actions; ``made.once(function)`` keeps it.
"""

from collections.abc import Callable
from typing import Any

from assets.models import HandIn, Misuse, PersonalDevice, PhoneUse, PrivateCall
from tests.assets import walk_own_devices
from tests.assets import walk_phones as walk
from tests.cast import Cast
from tests.list_page import ListPage


def here(cast: Cast) -> HandIn:
    """Return a pupil's device that is here, in no list."""
    return walk.left(cast, "quin")


def use(cast: Cast) -> PhoneUse:
    """Return a permission that is in force."""
    return walk.use_allowed(cast)


def call(cast: Cast) -> PrivateCall:
    """Return a private phone used, not read yet."""
    return walk.call(cast, "tess")


def device(cast: Cast) -> PersonalDevice:
    """Return a phone of a member of staff."""
    return walk_own_devices.noted(cast, "tess", make="Fairphone")


def misuse(cast: Cast) -> Misuse:
    """Return a misuse without an incident."""
    return walk.misused(cast, walk_own_devices.noted(cast, "tess", make="Motorola"))


BY_PAGE: dict[str, Callable[[Any], dict[str, Any]]] = {
    "hand_in_class": lambda made: {"pk": walk.class_of(made.cast).pk},
    "hand_in_return": lambda made: {"pk": made.once(here).pk},
    **dict.fromkeys(
        ("phone_use_decide", "phone_use_detail", "phone_use_end", "phone_use_withdraw"),
        lambda made: {"reference": made.once(use).reference},
    ),
    "private_call_read": lambda made: {"pk": made.once(call).pk},
    **dict.fromkeys(
        ("misuse_create", "own_device_detail", "own_device_wifi", "own_device_wifi_leave"),
        lambda made: {"pk": made.once(device).pk},
    ),
    "incident_from_misuse": lambda made: {"pk": made.once(misuse).pk},
}

LISTS: dict[str, ListPage] = {
    "hand_in_list": ListPage(lambda cast, _number: walk.left(cast, "quin")),
    "hand_in_day": ListPage(lambda cast, _number: walk.left(cast)),
    "hand_in_class": ListPage(lambda cast, _number: walk.handed_in(cast), who="tom"),
    "phone_use_list": ListPage(lambda cast, _number: walk.use_asked(cast, walk.lesson(cast))),
    "private_call_list": ListPage(lambda cast, _number: walk.call(cast)),
}

"""Records for the pages of own devices and recording, and rows for their lists.

A function of the cast makes a record by the real actions; ``made.once(function)`` keeps it.
"""

from collections.abc import Callable
from typing import Any

from assets.models import Exemption, PersonalDevice, RecordingPermission, RecordingUse
from tests.assets import walk_own_devices as walk
from tests.cast import Cast
from tests.list_page import ListPage


def asked(cast: Cast) -> PersonalDevice:
    """Return a pupil's device that waits for a decision."""
    return walk.asked(cast)


def exemption(cast: Cast) -> Exemption:
    """Return an exemption in force."""
    return walk.exempted(cast, "quin")


def permission(cast: Cast) -> RecordingPermission:
    """Return a permission to record that is in force."""
    return walk.recording_allowed(cast)


def use(cast: Cast) -> RecordingUse:
    """Return pictures of which nobody has said that they are deleted."""
    return walk.used(cast, walk.recording_allowed(cast, "tess"), "tess")


BY_PAGE: dict[str, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys(
        ("own_device_decide", "own_device_end"), lambda made: {"pk": made.once(asked).pk}
    ),
    "exemption_end": lambda made: {"pk": made.once(exemption).pk},
    **dict.fromkeys(
        (
            "recording_decide",
            "recording_detail",
            "recording_note",
            "recording_use",
            "recording_withdraw",
        ),
        lambda made: {"reference": made.once(permission).reference},
    ),
    "recording_delete": lambda made: {"pk": made.once(use).pk},
}

LISTS: dict[str, ListPage] = {
    "own_device_list": ListPage(lambda cast, _number: walk.asked(cast)),
    "own_device_mine": ListPage(lambda cast, _number: walk.asked(cast), who="paul"),
    "exemption_list": ListPage(
        lambda cast, number: walk.exempted(
            cast,
            from_date=walk.TODAY + 2 * number * walk.DAY,
            until_date=walk.TODAY + (2 * number + 1) * walk.DAY,
        )
    ),
    "recording_list": ListPage(lambda cast, _number: walk.recording_asked(cast)),
}

"""In which order tests run, and which of them stay together when several workers share them.

The journeys come first and stay with one worker: browser, server and schools are started once, and
no worker is left with the longest story when the others have nothing more to do.
"""

import pytest
from xdist.scheduler import LoadFileScheduling

JOURNEYS = "tests/journeys"
LONG = (JOURNEYS, "tests/house_rules/test_pages.py", "tests/safeguard/test_serve.py")


class JourneysTogether(LoadFileScheduling):
    """Hands out whole files, and the journeys as if they were one."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(f"{JOURNEYS}/"):
            return JOURNEYS
        return super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> JourneysTogether | None:
    """Hand out files as above, unless another way was asked for."""
    return JourneysTogether(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what lasts long first; the rest stays as it was."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    places = (place for place, start in enumerate(LONG) if item.nodeid.startswith(start))
    return next(places, len(LONG))

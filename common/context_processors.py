"""What every page's frame needs: school, person, menu."""

from functools import cache
from typing import Any

from common.discovery import discover
from common.navigation import Item
from common.pages import page_url
from common.requests import SchoolRequest


@cache
def _items() -> list[Item]:
    """Return every entry, each group as a whole where its first entry stands."""
    entries = [item for _, module in discover("navigation") for item in module.NAVIGATION]
    firsts: dict[str, int] = {}
    for item in entries:
        firsts[item.group] = min(item.order, firsts.get(item.group, item.order))
    return sorted(entries, key=lambda item: (firsts[item.group], item.group, item.order))


def shell(request: SchoolRequest) -> dict[str, Any]:
    """Return ``shell``: nobody sees a menu entry they may not open."""
    school = getattr(request, "school", None)
    person = getattr(request, "person", None)
    if school is None or person is None:
        return {"shell": {"school": school, "person": None, "navigation": []}}
    codes = request.role_codes
    shown = [(item, page_url(school, item.page)) for item in _items() if _shown(item, request)]
    here = _where(shown, request)
    return {
        "shell": {
            "school": school,
            "person": person,
            "roles": request.role_labels,
            "navigation": [_entry(item, url, here) for item, url in shown],
            "quick_exit": codes <= {"pupil", "parent"},
            "search_url": next((url for item, url in shown if item.search), ""),
            "home_url": page_url(school, "home"),
        }
    }


def _shown(item: Item, request: SchoolRequest) -> bool:
    if item.powers and not request.powers.intersection(item.powers):
        return False
    return item.only_if is None or item.only_if(request)


def _where(shown: list[tuple[Item, str]], request: SchoolRequest) -> str:
    """Return the address of the one entry under which the page lies; the nearest one counts."""
    path = request.path
    under = [url for item, url in shown if item.page != "home" and path.startswith(url)]
    return max(under, key=len, default=path)


def _entry(item: Item, url: str, here: str) -> dict[str, Any]:
    return {
        "label": item.label,
        "url": url,
        "icon": item.icon,
        "current": url == here,
        "group": item.group,
    }

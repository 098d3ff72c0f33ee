"""What every page's frame needs: school, person, menu."""

from functools import cache
from typing import Any

from common.discovery import discover
from common.navigation import Item
from common.pages import page_url
from common.requests import SchoolRequest


@cache
def _items() -> list[Item]:
    found = [item for _, module in discover("navigation") for item in module.NAVIGATION]
    return sorted(found, key=lambda item: (bool(item.group), item.order))


def shell(request: SchoolRequest) -> dict[str, Any]:
    """Return ``shell``: nobody sees a menu entry they may not open. No query."""
    school = getattr(request, "school", None)
    person = getattr(request, "person", None)
    if school is None or person is None:
        return {"shell": {"school": school, "person": None, "navigation": []}}
    codes = request.role_codes
    shown = [item for item in _items() if _shown(item, request)]
    here = _where(shown, request)
    searches = (_url(item, request) for item in shown if item.search)
    return {
        "shell": {
            "school": school,
            "person": person,
            "roles": request.role_labels,
            "navigation": [_entry(item, request, here) for item in shown],
            "quick_exit": codes <= {"pupil", "parent"},
            "search_url": next(searches, ""),
            "home_url": page_url(school, "home"),
        }
    }


def _shown(item: Item, request: SchoolRequest) -> bool:
    return not item.powers or bool(request.powers.intersection(item.powers))


def _url(item: Item, request: SchoolRequest) -> str:
    return page_url(request.school, item.page)


def _where(shown: list[Item], request: SchoolRequest) -> str:
    """Return the address of the one entry under which the page lies; the nearest one counts."""
    urls = {_url(item, request): item.page for item in shown}
    under = [url for url, page in urls.items() if page != "home" and request.path.startswith(url)]
    return max(under, key=len, default=request.path)


def _entry(item: Item, request: SchoolRequest, here: str) -> dict[str, Any]:
    url = _url(item, request)
    return {
        "label": item.label,
        "url": url,
        "icon": item.icon,
        "current": url == here,
        "group": item.group,
    }

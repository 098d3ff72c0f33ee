"""What every page's frame needs: school, person, menu."""

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from common.discovery import discover
from common.navigation import Item


@cache
def _items() -> list[Item]:
    found = [item for _, module in discover("navigation") for item in module.NAVIGATION]
    return sorted(found, key=lambda item: item.order)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return ``shell``: nobody sees a menu entry they may not open. No query."""
    school = getattr(request, "school", None)
    person = getattr(request, "person", None)
    if school is None or person is None:
        return {"shell": {"school": school, "person": None, "navigation": []}}
    codes = request.role_codes
    family = bool(codes) and codes <= {"pupil", "parent"}
    return {
        "shell": {
            "school": school,
            "person": person,
            "navigation": [_entry(item, request) for item in _items() if _shown(item, request)],
            "quick_exit": family or not codes,
            "search_url": _search_url(request),
            "home_url": reverse("home", args=[school.slug]),
        }
    }


def _shown(item: Item, request: HttpRequest) -> bool:
    return not item.powers or bool(request.powers.intersection(item.powers))


def _entry(item: Item, request: HttpRequest) -> dict[str, Any]:
    url = reverse(item.page, args=[request.school.slug])
    current = request.path == url or (item.page != "home" and request.path.startswith(url))
    return {"label": item.label, "url": url, "icon": item.icon, "current": current}


def _search_url(request: HttpRequest) -> str:
    if not request.powers.intersection({"view_all_incidents", "view_assigned_incidents"}):
        return ""
    return reverse("incident_list", args=[request.school.slug])

"""The home page of a school: what needs this person now."""

from datetime import datetime
from types import ModuleType
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.access import open_to_signed_in
from common.discovery import discover
from common.duties import soonest_first
from common.requests import SchoolRequest


@open_to_signed_in
def home(request: SchoolRequest) -> HttpResponse:
    """Answer "what needs me now?" from every app that has something to say."""
    now = timezone.now()
    modules = [module for _, module in discover("duties")]
    needs = [need for module in modules for need in _part(module, "needs", request, now)]
    figures = [one for module in modules for one in _part(module, "figures", request, now)]
    return render(
        request, "safeguard/home.html", {"needs": soonest_first(needs), "figures": figures}
    )


def _part(module: ModuleType, name: str, request: SchoolRequest, now: datetime) -> list[Any]:
    """Return what an app says of its part; one may have needs and no figures, or neither."""
    part: list[Any] = getattr(module, name)(request, at=now) if hasattr(module, name) else []
    return part

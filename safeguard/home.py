"""The home page of a school: what needs this person now."""

from datetime import datetime
from hashlib import sha256
from types import ModuleType
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from audit.queries import last_entry
from common.access import open_to_signed_in
from common.asking import ask_everything
from common.discovery import discover
from common.duties import Figure, Need, soonest_first
from common.requests import SchoolRequest


@open_to_signed_in
def home(request: SchoolRequest) -> HttpResponse:
    """Answer "what needs me now?" from every app that has something to say."""
    needs, figures = _answer(request, timezone.now())
    return render(request, "safeguard/home.html", {"needs": needs, "figures": figures})


def _answer(request: SchoolRequest, now: datetime) -> tuple[list[Need], list[Figure]]:
    """Return the needs of a person, soonest first, and their figures.

    Most often nothing was done at the school since the person last looked. Whatever is done stands
    on the trail, so until it goes on the answer is kept, at most for a minute, for this person with
    these powers.
    """
    seconds = settings.HOME_KEPT_SECONDS
    key = _key(request, now, seconds) if seconds else ""
    kept = cache.get(key) if key else None
    if kept is not None:
        return kept
    modules = [module for _, module in discover("duties")]
    ask_everything(request, at=now)
    needs = [need for module in modules for need in _part(module, "needs", request, now)]
    figures = [one for module in modules for one in _part(module, "figures", request, now)]
    answer = soonest_first(needs), figures
    if key:
        cache.set(key, answer, timeout=seconds)
    return answer


def _key(request: SchoolRequest, now: datetime, seconds: int) -> str:
    last = last_entry(request.school.pk)
    parts = [request.person.pk, int(now.timestamp()) // seconds, last.hash if last else ""]
    parts += [*sorted(request.powers), *sorted(request.role_codes)]
    return f"home:{sha256(repr(parts).encode()).hexdigest()}"


def _part(module: ModuleType, name: str, request: SchoolRequest, now: datetime) -> list[Any]:
    """Return what an app says of its part; one may have needs and no figures, or neither."""
    part: list[Any] = getattr(module, name)(request, at=now) if hasattr(module, name) else []
    return part

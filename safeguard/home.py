"""The home page of a school: what needs this person now."""

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
    needs = [need for module in modules for need in module.needs(request, at=now)]
    figures = [figure for module in modules for figure in module.figures(request, at=now)]
    return render(
        request, "safeguard/home.html", {"needs": soonest_first(needs), "figures": figures}
    )

"""Pages of the site itself: the start page, and in development the gallery of components."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from common.access import open_to_everyone, open_to_signed_in
from people.models import User
from people.queries import schools_of
from safeguard.gallery import gallery_context


@open_to_signed_in
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Show the schools the person belongs to; with exactly one, go to its home page."""
    schools = schools_of(cast("User", request.user))
    if len(schools) == 1:
        return redirect("home", schools[0].slug)
    return render(request, "safeguard/start.html", {"schools": schools})


@open_to_everyone
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component once, with invented words; production has no such page."""
    return render(request, "safeguard/gallery.html", gallery_context(request))

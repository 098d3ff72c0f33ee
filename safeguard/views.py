"""The start page: a person with one school goes straight there."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from common.access import open_to_signed_in


@open_to_signed_in
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Show the schools the person belongs to; with exactly one, go to its home page."""
    from people.queries import schools_of

    schools = schools_of(request.user)
    if len(schools) == 1:
        return redirect("home", schools[0].slug)
    return render(request, "safeguard/start.html", {"schools": schools})

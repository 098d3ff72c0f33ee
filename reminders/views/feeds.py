"""A person's private calendar address, and what calendar programs read there."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common.access import open_to_everyone, requires
from common.context import client_ip
from common.errors import Refusal
from common.exports import as_private_download
from common.pages import page_url
from common.rate_limits import check_rate
from common.requests import SchoolRequest
from reminders.actions import make_feed, read_feed, revoke_feed
from reminders.feeds import feed_text, standing_for_feed
from reminders.queries import feed_of, feed_of_token


@requires("keep_feed")
def feed_detail(request: SchoolRequest) -> HttpResponse:
    """Show whether one has a calendar address and when it was last read; never the address."""
    return render(request, "reminders/feed_detail.html", {"feed": feed_of(request.person)})


@requires("keep_feed")
@require_POST
def feed_make(request: SchoolRequest) -> HttpResponse:
    """Make one's calendar address, or a new one, and show it this once."""
    token = make_feed(person=request.person, by=request.person, at=timezone.now())
    address = f"{settings.SITE_URL}{page_url(request.school, 'feed_read', token)}"
    context = {"feed": feed_of(request.person), "address": address}
    response = render(request, "reminders/feed_detail.html", context)
    response["Cache-Control"] = "no-store"
    return response


@requires("keep_feed")
@require_POST
def feed_revoke(request: SchoolRequest) -> HttpResponse:
    """End one's calendar address."""
    try:
        revoke_feed(person=request.person, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Your calendar address is ended. Nothing can be read there now.")
    return redirect("feed_detail", request.school.slug)


@open_to_everyone
@require_safe
def feed_read(request: SchoolRequest, token: str) -> HttpResponse:
    """Give a calendar program the duties of whoever the secret address belongs to.

    No sign-in and no cookie: the address is the secret. Nothing is there once it is ended, or its
    person has left or has no duties any more. Thirty readings a minute from one place.
    """
    try:
        check_rate(f"feed:{client_ip.get()}", most=30, seconds=60)
    except Refusal as refusal:
        return HttpResponse(str(refusal), status=429, content_type="text/plain; charset=utf-8")
    now = timezone.now()
    feed = feed_of_token(request.school, token)
    standing = standing_for_feed(feed.person, on=timezone.localdate(now)) if feed else None
    if feed is None or standing is None:
        raise Http404("no such calendar")
    feed.person.school = request.school
    read_feed(feed=feed, at=now)
    text = feed_text(feed, standing, at=now)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    return as_private_download(response, "safeguard.ics")

"""The pages of a personal link: no account, a second check, the same signing pages (AGR-12)."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from agreements.actions.links import try_link
from agreements.conditions import check_link_open
from agreements.desk import Desk, asked_link, link_desk, remember
from agreements.forms.signing import check_form
from agreements.queries.links import link_of
from agreements.queries.portal import portal_of
from agreements.views.consents import consent_page
from agreements.views.signing import ask_page, copy_page, decline_page, portal_page, sign_page
from agreements.vocabulary import Method
from common.access import open_to_everyone
from common.context import client_ip
from common.errors import Refusal
from common.rate_limits import check_rate
from common.requests import SchoolRequest

Page = Callable[..., HttpResponseBase]


@open_to_everyone
def link_open(request: SchoolRequest, token: str) -> HttpResponse:
    """Take a link out of the address at once, so that no other site ever hears of it."""
    response = _opened(request, token)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _opened(request: SchoolRequest, token: str) -> HttpResponse:
    try:
        check_rate(f"link:{client_ip.get()}", most=60, seconds=60)
        link = link_of(token, at=timezone.now())
        if link.school_id != request.school.pk:
            raise Http404("a link of another school")
    except Refusal as refusal:
        return _refused(request, refusal)
    remember(request, link, checked_at=None)
    return redirect("link_check", request.school.slug)


@open_to_everyone
def link_check(request: SchoolRequest) -> HttpResponse:
    """Ask the holder of a link for what only they know; the fifth wrong answer locks it."""
    link, now = asked_link(request), timezone.now()
    if link is None:
        return _refused(request, Refusal("Open the link in your e-mail again."))
    form = check_form(link, request.POST or None)
    try:
        check_link_open(link, at=now)
        if form.is_valid():
            check_rate(f"link-check:{link.pk}", most=20, seconds=600)
            if try_link(link=link, answer=form.known(), at=now):
                remember(request, link, checked_at=now)
                return redirect("link_portal", request.school.slug)
            form.add_error("answer", "That is not what the school has. Try again.")
    except Refusal as refusal:
        return _refused(request, refusal)
    return render(request, "agreements/link_check.html", {"form": form, "quick_exit": True})


def _at_the_desk(page: Callable[..., HttpResponseBase]) -> Page:
    """Return a page that only somebody who passed a link's check may open."""

    def view(request: SchoolRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            desk = link_desk(request, at=timezone.now())
        except Refusal as refusal:
            return _refused(request, refusal)
        return page(request, desk, *args, **kwargs)

    view.__name__ = page.__name__
    view.__doc__ = page.__doc__
    return open_to_everyone(view)


@_at_the_desk
def link_portal(request: SchoolRequest, desk: Desk) -> HttpResponse:
    """Show the holder of a link what to sign."""
    return portal_page(request, desk)


@_at_the_desk
def link_sign(request: SchoolRequest, desk: Desk, pk: int) -> HttpResponse:
    """Read and sign by link."""
    return sign_page(request, desk, pk)


@_at_the_desk
def link_decline(request: SchoolRequest, desk: Desk, pk: int) -> HttpResponse:
    """Decline by link."""
    return decline_page(request, desk, pk)


@_at_the_desk
def link_ask(request: SchoolRequest, desk: Desk, pk: int) -> HttpResponse:
    """Ask by link."""
    return ask_page(request, desk, pk)


@_at_the_desk
def link_copy(request: SchoolRequest, desk: Desk, reference: str) -> HttpResponseBase:
    """Give the holder of a link their certificate."""
    return copy_page(request, desk, reference)


@_at_the_desk
def link_consent(request: SchoolRequest, desk: Desk, pk: int) -> HttpResponse:
    """Answer about a child's pictures and devices by link."""
    children = portal_of(desk.person, on=timezone.localdate()).children
    pupil = next((child for child in children if child.pk == pk), None)
    if pupil is None:
        raise Http404("not a child of this person")
    return consent_page(
        request,
        pupil=pupil,
        signer=desk.person,
        method=Method.LINK,
        done_url=desk.url("home"),
    )


def _refused(request: SchoolRequest, refusal: Refusal) -> HttpResponse:
    context = {"refusal": refusal, "quick_exit": True}
    return render(request, "agreements/link_refused.html", context, status=404)

"""The governors' review of a term: list, papers, meeting, signatures, print (REP-03, c.14)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.documents import Imprint
from common.errors import Refusal
from common.requests import SchoolRequest
from reports.actions.review_parts import print_governor_review
from reports.actions.reviews import (
    hold_governor_review,
    prepare_governor_review,
    sign_governor_review,
)
from reports.exporting.reviews import REVIEWS, review_lines
from reports.filters.reviews import ReviewFilter
from reports.forms.reviews import HoldForm, ReviewSignForm, SeenForm
from reports.queries.reviews import OVERDUE, governor_review_or_404, may_meet, review_rows
from reports.showing.review import may_sign, next_for, shown
from reports.views.review_step import deed_page, taken_out

ROWS = 25


@requires("view_governor_reviews")
def governor_review_list(request: SchoolRequest) -> HttpResponse:
    """Show the reviews, one for every term, and which of them are late."""
    found = _found(request)
    rows, sort = found.sorted()
    today = timezone.localdate()
    context = {
        "filter": found,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "sort": sort,
        "today": today,
        "overdue_before": today - OVERDUE,
    }
    return render(request, "reports/governor_review_list.html", context)


@requires("export_report")
def governor_review_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the reviews as they are filtered and sorted."""
    return taken_out(
        request,
        _found(request),
        what="reviews",
        page="governor_review_list",
        heading=REVIEWS,
        read=review_lines,
    )


@requires("view_governor_reviews")
def governor_review_detail(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show a review: papers, meeting, questions, actions, signatures and the next step."""
    review = governor_review_or_404(request.school, reference)
    context = {**shown(review, at=timezone.now()), **next_for(request, review)}
    return render(request, "reports/governor_review_detail.html", context)


@requires("view_governor_reviews")
def governor_review_print(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show a review for printing, with its signatures and the hash of its text."""
    review, now = governor_review_or_404(request.school, reference), timezone.now()
    print_governor_review(review=review, by=request.person, at=now)
    imprint = Imprint("Governors’ review", request.school.name, str(request.person), now)
    context = {**shown(review, at=now), "imprint": imprint}
    return render(request, "reports/governor_review_print.html", context)


@requires("write_governor_review")
def governor_review_prepare(request: SchoolRequest, reference: str) -> HttpResponse:
    """Put the papers together before the sweep does."""
    review = governor_review_or_404(request.school, reference)
    return deed_page(
        request,
        review,
        SeenForm(request.POST or None, version=review.version),
        prepare_governor_review,
        title="Put the papers together",
        button="Put the papers together",
        lead="The figures are frozen as they are today. Otherwise it is done 14 days before the "
        "review is due.",
        done="The papers are ready.",
    )


@requires("write_governor_review")
def governor_review_hold(request: SchoolRequest, reference: str) -> HttpResponse:
    """Record the meeting; until both have signed it may be put right."""
    review = governor_review_or_404(request.school, reference)
    people = may_meet(request.school, on=timezone.localdate())
    signed = bool(review.governor_id or review.lead_id)
    return deed_page(
        request,
        review,
        HoldForm(request.POST or None, review=review, people=people),
        hold_governor_review,
        title="Record the meeting",
        button="Save the record",
        lead="The signature given until now no longer counts when you save." if signed else "",
        done="The meeting is recorded. Governor and lead can sign it.",
        draft=f"governor_review:{review.pk}:{request.person.pk}",
    )


@requires("sign_governor_review")
def governor_review_sign(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show the exact text and sign it; whoever has nothing to sign is led back."""
    review, now = governor_review_or_404(request.school, reference), timezone.now()
    everything = shown(review, at=now)
    if not may_sign(request, review):
        messages.info(request, "There is nothing here for you to sign now.")
        return redirect("governor_review_detail", request.school.slug, reference)
    form = ReviewSignForm(
        request.POST or None, version=review.version, text_hash=everything["hash"]
    )
    if form.is_valid():
        try:
            sign_governor_review(
                review=review,
                version=form.cleaned_data["version"],
                seen_hash=form.cleaned_data["seen_hash"],
                by=request.person,
                at=now,
            )
        except Refusal as refusal:  # the text may be another now: draw the page anew
            messages.error(request, str(refusal))
            return redirect("governor_review_sign", request.school.slug, reference)
        messages.success(request, "You have signed this review.")
        return redirect("governor_review_detail", request.school.slug, reference)
    return render(request, "reports/governor_review_sign.html", {**everything, "form": form})


def _found(request: SchoolRequest) -> ReviewFilter:
    return ReviewFilter(request.GET, queryset=review_rows(request.school), request=request)

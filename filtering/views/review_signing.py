"""The four signatures under a review: offer, take back, sign (R-FM-2)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.actions.signing_reviews import offer_review, sign_review, take_back_review
from filtering.conditions.oversight import missing_before_offer
from filtering.forms.oversight import SeenForm
from filtering.forms.reviews import ReviewSignForm
from filtering.queries.reviews import review_or_404
from filtering.showing.reviews import checklist, shown
from filtering.views.oversight_step import send, step_open, step_page


@requires("edit_reviews")
def review_offer(request: SchoolRequest, reference: str) -> HttpResponse:
    """Freeze the text and ask those who take part to sign it."""
    review = review_or_404(request.school, reference)
    missing = missing_before_offer(review, vars(review)["taking_part"])
    return _ask(
        request,
        reference,
        offer_review,
        title="Offer it for signing",
        button="Freeze the text and ask for signatures",
        done="The text is frozen. Those who take part are asked to sign it.",
        lead="Nobody can change the text from then on, unless you take it back.",
        checklist=checklist(missing),
    )


@requires("edit_reviews")
def review_take_back(request: SchoolRequest, reference: str) -> HttpResponse:
    """Take a review back to change it."""
    return _ask(
        request,
        reference,
        take_back_review,
        title="Take back to change it",
        button="Take it back",
        done="The review can be changed. It needs every signature again.",
        lead="Signatures given until now stay in its history and no longer count.",
    )


@requires("sign_review")
def review_sign(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show the exact text and sign it; whoever does not take part finds nothing to sign."""
    review, now = review_or_404(request.school, reference), timezone.now()
    everything = shown(review, request.powers, at=now)
    part = next(
        (one for one in vars(review)["taking_part"] if one.person_id == request.person.pk), None
    )
    if part is None:
        raise Http404("nothing of this person's to sign")
    if review.state != "signing" or any(
        one.capacity == part.capacity for one in everything["counting"]
    ):
        messages.info(request, "There is nothing here for you to sign now.")
        return redirect("review_detail", request.school.slug, reference)
    form = ReviewSignForm(
        request.POST or None,
        version=review.version,
        text_hash=review.text_hash,
        capacity=part.get_capacity_display(),
    )
    if form.is_valid():
        try:
            sign_review(
                review=review,
                version=form.cleaned_data["version"],
                seen_hash=form.cleaned_data["seen_hash"],
                by=request.person,
                at=now,
            )
        except Refusal as refusal:  # the text may be another now: draw the page anew
            messages.error(request, str(refusal))
            return redirect("review_sign", request.school.slug, reference)
        messages.success(request, "You have signed this review.")
        return redirect("review_detail", request.school.slug, reference)
    return render(request, "filtering/review_sign.html", {**everything, "form": form})


def _ask(
    request: SchoolRequest,
    reference: str,
    deed: Callable[..., Any],
    *,
    done: str,
    **context: Any,
) -> HttpResponse:
    review = review_or_404(request.school, reference)
    form = SeenForm(request.POST or None, version=review.version)
    back = page_url(request.school, "review_detail", reference)
    if not step_open(request, review, deed.__name__):
        return redirect(back)
    if form.is_valid() and send(
        form,
        deed,
        fresh=review.version,
        review=review,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, done)
        return redirect(back)
    caption = f"Review {reference}"
    return step_page(request, form, back=back, back_label=caption, caption=caption, **context)

"""Reviews of filtering and monitoring: list, open, write, who takes part, actions (R-FM-2)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from common.access import open_to_signed_in, requires
from common.attempt import attempt
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.actions.reviewing import (
    add_participant,
    add_review_action,
    drop_participant,
    drop_review_action,
    finish_review_action,
    open_review,
    write_review,
)
from filtering.actions.taking_out_oversight import print_review
from filtering.filters.oversight import ReviewFilter
from filtering.forms.reviews import (
    ParticipantForm,
    ReviewActionForm,
    ReviewDoneForm,
    ReviewForm,
    ReviewWriteForm,
)
from filtering.models import Review
from filtering.queries.periods import school_year_on
from filtering.queries.reviews import (
    action_or_404,
    actions_for,
    annual_review_of,
    participant_or_404,
    review_or_404,
    reviews_of,
)
from filtering.showing.reviews import next_for, shown
from filtering.views.oversight_step import imprint, picker, send, step_open, step_page
from filtering.vocabulary import Trigger

ROWS = 50
ADULTS = ("staff", "governor")


@requires("view_reviews")
def review_list(request: SchoolRequest) -> HttpResponse:
    """Show the reviews with what set each off, and whether this year's has begun."""
    found = ReviewFilter(request.GET, queryset=reviews_of(request.school), request=request)
    rows, sort = found.sorted()
    today = timezone.localdate()
    year = school_year_on(request.school, today)
    context = {
        "filter": found,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "sort": sort,
        "today": today,
        "year": year,
        "annual": annual_review_of(request.school, year.name),
    }
    return render(request, "filtering/review_list.html", context)


@requires("edit_reviews")
def review_create(request: SchoolRequest) -> HttpResponse:
    """Open a review: say what set it off."""
    begin = {
        "trigger": request.GET.get("trigger", ""),
        "incident_reference": request.GET.get("incident", "")[:12],
    }
    form = ReviewForm(request.POST or None, initial=begin)
    if form.is_valid():
        data = form.cleaned_data
        try:
            review = open_review(
                school=request.school,
                trigger=Trigger(data["trigger"]),
                trigger_words=data["trigger_words"],
                incident_reference=data["incident_reference"],
                by=request.person,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The review is open. Say who takes part, and write it.")
            return redirect("review_detail", request.school.slug, review.reference)
    return step_page(
        request,
        form,
        title="Open a review",
        button="Open this review",
        back=page_url(request.school, "review_list"),
        back_label="Reviews",
    )


@requires("view_reviews")
def review_detail(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show a review: everything written, who takes part, actions, signatures, the next step."""
    review = review_or_404(request.school, reference)
    now = timezone.now()
    context = {**shown(review, request.powers, at=now), **next_for(request, review)}
    return render(request, "filtering/review_detail.html", context)


@requires("view_reviews")
def review_print(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show a review for printing, with its signatures and the hash of its text."""
    review, now = review_or_404(request.school, reference), timezone.now()
    print_review(review=review, by=request.person, at=now)
    printed = imprint(request, "Review of filtering and monitoring", now)
    context = {**shown(review, request.powers, at=now), "imprint": printed}
    return render(request, "filtering/review_print.html", context)


@requires("edit_reviews")
def review_write(request: SchoolRequest, reference: str) -> HttpResponse:
    """Write the text of a review; a refusal keeps what was typed."""
    review = review_or_404(request.school, reference)
    form = ReviewWriteForm(request.POST or None, review=review)
    return _deed(
        request,
        review,
        form,
        write_review,
        title="Write the review",
        button="Save the text",
        done="Saved.",
        draft=f"review:{review.pk}:{request.person.pk}",
    )


@requires("edit_reviews")
def review_participant(request: SchoolRequest, reference: str) -> HttpResponse:
    """Add somebody who takes part."""
    review = review_or_404(request.school, reference)
    form = ParticipantForm(
        request.POST or None, version=review.version, source=picker(request, ADULTS)
    )
    return _deed(
        request,
        review,
        form,
        add_participant,
        title="Add somebody who takes part",
        button="Add this person",
        done="Added.",
    )


@requires("edit_reviews")
@require_POST
def participant_drop(request: SchoolRequest, reference: str, pk: int) -> HttpResponse:
    """Take somebody off who was entered by mistake."""
    review = review_or_404(request.school, reference)
    participant = participant_or_404(review, pk)
    return _drop(request, review, drop_participant, participant=participant)


@requires("edit_reviews")
def review_action(request: SchoolRequest, reference: str) -> HttpResponse:
    """Add something that has to be done."""
    review = review_or_404(request.school, reference)
    form = ReviewActionForm(
        request.POST or None, version=review.version, source=picker(request, ADULTS)
    )
    return _deed(
        request,
        review,
        form,
        add_review_action,
        title="Add an action",
        button="Add this action",
        done="Added. Its owner finds it on the home page.",
    )


@requires("edit_reviews")
@require_POST
def review_action_drop(request: SchoolRequest, reference: str, pk: int) -> HttpResponse:
    """Take an action off that was entered by mistake."""
    review = review_or_404(request.school, reference)
    return _drop(request, review, drop_review_action, action=action_or_404(review, pk))


@open_to_signed_in
def review_action_finish(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say what was done about an action; for its owner, and those who write reviews."""
    action = actions_for(request.person, request.powers).filter(pk=pk).first()
    if action is None:
        raise Http404("nothing of this person's to do")
    reads = request.may("view_reviews")
    page = ("review_detail", action.review.reference) if reads else ("home",)
    back = page_url(request.school, *page)
    form = ReviewDoneForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        finish_review_action,
        action=action,
        note=form.cleaned_data["note"],
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Written down.")
        return redirect(back)
    context = {"form": form, "action": action, "back": back}
    return render(request, "filtering/review_action_finish.html", context)


def _deed(
    request: SchoolRequest, review: Review, form: Any, deed: Any, *, done: str, **context: Any
) -> HttpResponse:
    back = page_url(request.school, "review_detail", review.reference)
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
    caption = f"Review {review.reference}"
    return step_page(request, form, back=back, back_label=caption, caption=caption, **context)


def _drop(request: SchoolRequest, review: Review, deed: Any, **values: Any) -> HttpResponse:
    version = request.POST.get("version", "")
    try:
        deed(
            **values,
            version=int(version) if version.isdecimal() else -1,
            by=request.person,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Taken off.")
    return redirect("review_detail", request.school.slug, review.reference)

"""What the pages of governors' reviews share: do a deed once, keep what was typed, take out."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify

from common.errors import Refusal, StaleRecord
from common.exports import stream_csv
from common.filters import filters_in_words
from common.pages import page_url
from common.requests import SchoolRequest
from people.models import School
from reports.actions.review_parts import export_governor_list
from reports.filters.reviews import Sorted
from reports.models import GovernorReview
from reports.workflow import GOVERNOR_REVIEW

STEP = "reports/governor_review_step.html"


def send(form: Form, deed: Callable[..., Any], *, fresh: dict[str, Any], **values: Any) -> bool:
    """Return whether the deed was done; a refusal becomes an error of the form.

    After a stale refusal the form carries what is now in force (``fresh``), so that whoever has
    looked at the change can send it again.
    """
    try:
        deed(**values)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        if isinstance(refusal, StaleRecord):
            typed: Any = form.data
            data = typed.copy()
            for name, value in fresh.items():
                data[name] = str(value)
            form.data = data
        return False
    return True


def step_open(request: SchoolRequest, review: GovernorReview, step: str) -> bool:
    """Return whether a step can be taken now; says in words why not when its page is opened."""
    try:
        GOVERNOR_REVIEW.check(step, review.state)
    except Refusal as refusal:
        if request.method != "POST":
            messages.info(request, str(refusal))
            return False
    return True


def deed_page(
    request: SchoolRequest,
    review: GovernorReview,
    form: Form,
    deed: Callable[..., Any],
    *,
    done: str,
    **context: Any,
) -> HttpResponse:
    """Draw the form of a deed on a review, or do it, say so and go back to the review."""
    back = page_url(request.school, "governor_review_detail", review.reference)
    if not step_open(request, review, deed.__name__):
        return redirect(back)
    if form.is_valid() and send(
        form,
        deed,
        fresh={"version": review.version},
        review=review,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, done)
        return redirect(back)
    return render(
        request,
        STEP,
        {"form": form, "review": review, "back": back, "back_label": str(review), **context},
    )


def taken_out(
    request: SchoolRequest,
    found: Sorted,
    *,
    what: str,
    page: str,
    heading: Sequence[str],
    read: Callable[[School, Sequence[int]], Iterable[Sequence[Any]]],
) -> HttpResponseBase:
    """Send a list as it is filtered and sorted; the trail notes who took what (REP-15)."""
    if found.is_bound and not found.form.is_valid():
        messages.error(request, "Nothing was taken out. Mend the filter first.")
        return redirect(f"{page_url(request.school, page)}?{request.GET.urlencode()}")
    rows, sort = found.sorted()
    keys, now = list(rows.values_list("pk", flat=True)), timezone.now()
    export_governor_list(
        school=request.school,
        what=f"governor_{what}",
        filters=filters_in_words(found, sort),
        count=len(keys),
        by=request.person,
        at=now,
    )
    school = request.school
    return stream_csv(
        f"{slugify(f'governors {what} {school} {timezone.localdate(now)}')}.csv",
        school_id=school.pk,
        heading=heading,
        keys=keys,
        read=lambda part: read(school, part),
    )

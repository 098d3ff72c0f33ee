"""How every step of a governors' review begins and ends: locked, checked, written down."""

from datetime import datetime
from typing import Any

from audit.actions import record
from common.pages import page_url
from people.models import Person
from reports.conditions.reports import check_power
from reports.conditions.reviews import check_seen
from reports.models import GovernorReview
from reports.workflow import GOVERNOR_REVIEW


def begin(
    step: str, review: GovernorReview, version: int | None, *, by: Person | str, at: datetime
) -> GovernorReview:
    """Lock the review and refuse the step unless state, version and power allow it.

    ``version`` is None where what is added cannot undo what somebody else wrote meanwhile. A job
    needs no power.
    """
    rows = GovernorReview.objects.select_for_update(of=("self",)).select_related("school")
    locked = rows.get(pk=review.pk)
    GOVERNOR_REVIEW.check(step, locked.state)
    if version is not None:
        check_seen(locked, version)
    if isinstance(by, Person):
        check_power(by, GOVERNOR_REVIEW.step(step).needs, at=at)
    return locked


def finish(
    step: str,
    review: GovernorReview,
    *fields: str,
    by: Person | str,
    at: datetime,
    facts: dict[str, Any] | None = None,
) -> GovernorReview:
    """Move the review to the step's target, save the named fields and write the trail."""
    review.state = GOVERNOR_REVIEW.step(step).target or review.state
    review.version += 1
    review.save(update_fields=["state", "version", *fields])
    record(step, review, by=by, at=at, facts=facts or {})
    return review


def change_text(
    step: str,
    review: GovernorReview,
    *fields: str,
    by: Person | str,
    at: datetime,
    facts: dict[str, Any] | None = None,
) -> GovernorReview:
    """Finish a step that changes what is signed: a signature given no longer counts.

    Both sign again; the trail keeps who had signed which text.
    """
    facts = facts or {}
    if review.text_hash:
        signed = [one for one in (review.governor_id, review.lead_id) if one]
        facts |= {"signatures_taken_back": signed, "text_hash": review.text_hash}
        review.governor = review.lead = None
        review.governor_signed_at = review.lead_signed_at = None
        review.text_hash = ""
        fields = (
            *fields,
            *("governor", "lead", "governor_signed_at", "lead_signed_at", "text_hash"),
        )
    return finish(step, review, *fields, by=by, at=at, facts=facts)


def path_of(review: GovernorReview) -> str:
    """Return the address of a review's page."""
    return page_url(review.school, "governor_review_detail", review.reference)

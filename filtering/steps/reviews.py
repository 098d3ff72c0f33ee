"""How every step of a review begins and ends: locked, checked, written down."""

from datetime import datetime
from typing import Any

from audit.actions import record
from filtering.conditions.oversight import check_power, check_seen
from filtering.models import Review
from filtering.workflow import REVIEW
from people.models import Person


def begin(step: str, review: Review, version: int, *, by: Person, at: datetime) -> Review:
    """Lock the review and refuse the step unless state, version and power allow it."""
    rows = Review.objects.select_for_update(of=("self",)).select_related("school")
    locked = rows.get(pk=review.pk)
    REVIEW.check(step, locked.state)
    check_seen(locked, version)
    check_power(by, REVIEW.step(step).needs, at=at)
    return locked


def finish(
    step: str,
    review: Review,
    *fields: str,
    by: Person,
    at: datetime,
    facts: dict[str, Any] | None = None,
) -> Review:
    """Move the review to the step's target, save the named fields and write the trail."""
    review.state = REVIEW.step(step).target or review.state
    review.version += 1
    review.save(update_fields=["state", "version", *fields])
    record(step, review, by=by, at=at, facts=facts or {})
    return review

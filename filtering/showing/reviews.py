"""What the pages of a review are made of: the text, the people, the signatures, the next step."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from common.pages import page_url
from common.requests import SchoolRequest
from common.trail_links import what_followed
from filtering.conditions.oversight import missing_before_offer
from filtering.models import Review
from filtering.queries.periods import school_year_on
from filtering.showing.measures import measures_of
from filtering.showing.review_text import PARTS, text_hash
from filtering.vocabulary import Capacity
from filtering.workflow import REVIEW


def shown(review: Review, powers: Collection[str], *, at: datetime) -> dict[str, Any]:
    """Return everything a review says, and the figures of its school year.

    ``counting`` are the signatures under the text as it stands, ``earlier`` those under texts that
    were taken back. ``holds`` says whether the text is still the one that is signed.
    """
    review_parts = vars(review)
    people, actions = review_parts["taking_part"], review_parts["to_do"]
    signed = review_parts["signed"]
    counting = [one for one in signed if one.text_hash == review.text_hash]
    year = school_year_on(review.school, localdate(review.opened_at))
    day = localdate(at)
    return {
        "review": review,
        "parts": [(heading, getattr(review, name)) for name, heading, _ in PARTS],
        "people": people,
        "actions": [(one, one.done_at is None and one.due_date < day) for one in actions],
        "counting": counting,
        "earlier": [one for one in signed if one not in counting],
        "unsigned": [
            one.label for one in Capacity if one not in {given.capacity for given in counting}
        ],
        "holds": not review.text_hash or text_hash(review, people, actions) == review.text_hash,
        "late": review.state != "closed" and review.due_date < day,
        "year": year,
        "sections": measures_of(review.school, year, powers, at=at),
    }


def next_for(request: SchoolRequest, review: Review) -> dict[str, Any]:
    """Return the next step of a review for the person: the likely deed, the others, what misses."""
    people = vars(review)["taking_part"]
    missing = missing_before_offer(review, people)
    ready = all(done for _, done in missing)
    steps = [
        step
        for step in REVIEW.open_to(review.state, request.powers)
        if step.page and (step.name != "sign_review" or _may_sign(request, review))
    ]
    first = "offer_review" if ready else ""
    main = next((step for step in steps if step.name == first), None) or next(
        (step for step in steps if step.main), None
    )
    links = {
        step.name: {
            "label": step.label,
            "url": page_url(request.school, step.page, review.reference),
        }
        for step in steps
    }
    changing = review.state == "open" and request.may("edit_reviews")
    return {
        "deed": links.pop(main.name, None) if main else None,
        "deeds": list(links.values()),
        "changing": {"version": review.version} if changing else None,
        "followed": what_followed(request, review),
        "checklist": checklist(missing) if review.state == "open" else [],
    }


def checklist(missing: list[tuple[str, bool]]) -> list[dict[str, Any]]:
    """Return what a review needs, as the component draws it."""
    return [{"label": what, "done": done} for what, done in missing]


def _may_sign(request: SchoolRequest, review: Review) -> bool:
    """Return whether the person takes part and nobody has signed in their capacity yet."""
    own = next(
        (one for one in vars(review)["taking_part"] if one.person_id == request.person.pk), None
    )
    given = {one.capacity for one in vars(review)["signed"] if one.text_hash == review.text_hash}
    return own is not None and own.capacity not in given

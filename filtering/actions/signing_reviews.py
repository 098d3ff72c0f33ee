"""The four signatures under a review: offered, taken back, signed (R-FM-2)."""

from datetime import datetime

from django.db import transaction

from audit.actions import record
from common.errors import Refusal, StaleRecord, StepRefused
from common.pages import page_url
from filtering.conditions.oversight import check_capacity, missing_before_offer
from filtering.models import Review, ReviewAction, ReviewParticipant, ReviewSignature
from filtering.showing.review_text import text_hash
from filtering.steps.reviews import begin, finish
from filtering.vocabulary import Capacity
from people.mail import notify
from people.models import Person


@transaction.atomic
def offer_review(*, review: Review, version: int, by: Person, at: datetime) -> Review:
    """Freeze the text and ask those who take part to sign it (R-FM-2: the four signatures).

    Refuses a review without findings, without a word on what is blocked and allowed, or without
    somebody in each of the four capacities.
    """
    review = begin("offer_review", review, version, by=by, at=at)
    present = _present(review)
    missing = [f"{what}." for what, done in missing_before_offer(review, present) if not done]
    if missing:
        raise Refusal(f"Each of these is needed first. {' '.join(missing)}")
    review.offered_at = at
    review.text_hash = text_hash(review, present, _to_do(review))
    facts = {"text_hash": review.text_hash}
    review = finish("offer_review", review, "text_hash", "offered_at", by=by, at=at, facts=facts)
    notify(
        [one.person for one in present if one.person_id != by.pk],
        reason="review_to_sign",
        path=page_url(review.school, "review_sign", review.reference),
        at=at,
    )
    return review


@transaction.atomic
def take_back_review(*, review: Review, version: int, by: Person, at: datetime) -> Review:
    """Take a review back to change it: signatures given stay in its history and count no more."""
    review = begin("take_back_review", review, version, by=by, at=at)
    given = review.signatures.filter(text_hash=review.text_hash).count()
    facts = {"text_hash": review.text_hash, "signatures": given}
    review.text_hash, review.offered_at = "", None
    return finish("take_back_review", review, "text_hash", "offered_at", by=by, at=at, facts=facts)


@transaction.atomic
def sign_review(
    *, review: Review, version: int, seen_hash: str, by: Person, at: datetime
) -> ReviewSignature:
    """Sign the exact text that was shown, as what one takes part; the fourth closes the review.

    Refuses a text that is not the one shown or not the one offered, anybody who does not take
    part or no longer holds a role for it, and a second signature for a capacity.
    """
    review = begin("sign_review", review, version, by=by, at=at)
    present = _present(review)
    now = text_hash(review, present, _to_do(review))
    if not seen_hash == review.text_hash == now:
        raise StaleRecord("The text is not the one you were shown. Open it again and read it.")
    part = next((one for one in present if one.person_id == by.pk), None)
    if part is None:
        raise StepRefused("You do not take part in this review, so you cannot sign it.")
    check_capacity(by, part.capacity, at=at)
    given = review.signatures.filter(text_hash=now)
    if given.filter(capacity=part.capacity).exists():
        raise StepRefused(f"It is signed as “{part.get_capacity_display()}” already.")
    signature = ReviewSignature.objects.create(
        school_id=review.school_id,
        review=review,
        capacity=part.capacity,
        person=by,
        text_hash=now,
        signed_at=at,
    )
    if set(given.values_list("capacity", flat=True)) == set(Capacity.values):
        review.state, review.closed_at = "closed", at
        review.save(update_fields=["state", "closed_at"])
    facts = {"capacity": part.capacity, "text_hash": now, "state": review.state}
    record("sign_review", review, by=by, at=at, facts=facts)
    return signature


def _present(review: Review) -> list[ReviewParticipant]:
    rows = ReviewParticipant.objects.filter(review=review, dropped_at=None)
    return list(rows.select_related("person"))


def _to_do(review: Review) -> list[ReviewAction]:
    return list(ReviewAction.objects.filter(review=review, dropped_at=None))

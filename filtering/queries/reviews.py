"""Read reviews of filtering and monitoring (R-FM-2)."""

from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import Http404

from filtering.models import Review, ReviewAction, ReviewParticipant, ReviewSignature
from filtering.vocabulary import Trigger
from people.models import Person, School


def reviews_of(school: School) -> QuerySet[Review, Review]:
    """Return the reviews of a school for a list, with ``todo``: how many actions are not done."""
    todo = Q(actions__dropped_at=None, actions__done_at=None)
    return Review.objects.filter(school=school).annotate(
        todo=Count("actions", filter=todo & Q(actions__isnull=False))
    )


def review_or_404(school: School, reference: str) -> Review:
    """Return one review with ``taking_part``, ``to_do`` and ``signed``, or raise for nothing.

    ``signed`` holds every signature ever given, the first first.
    """
    taking_part = ReviewParticipant.objects.filter(dropped_at=None).select_related("person")
    to_do = ReviewAction.objects.filter(dropped_at=None).select_related("owner", "done_by")
    signed = ReviewSignature.objects.select_related("person")
    rows = Review.objects.filter(school=school, reference=reference)
    review = rows.select_related("school", "opened_by").prefetch_related(
        Prefetch("participants", taking_part, to_attr="taking_part"),
        Prefetch("actions", to_do, to_attr="to_do"),
        Prefetch("signatures", signed, to_attr="signed"),
    )
    found = review.first()
    if found is None:
        raise Http404("no such review")
    return found


def participant_or_404(review: Review, number: int) -> ReviewParticipant:
    """Return somebody who takes part in a review, or raise the page for nothing."""
    found = next((one for one in vars(review)["taking_part"] if one.pk == number), None)
    if found is None:
        raise Http404("nobody who takes part")
    return found


def action_or_404(review: Review, number: int) -> ReviewAction:
    """Return an action of a review, or raise the page for nothing."""
    found = next((one for one in vars(review)["to_do"] if one.pk == number), None)
    if found is None:
        raise Http404("no such action")
    return found


def actions_for(person: Person, powers: Collection[str]) -> QuerySet[ReviewAction, ReviewAction]:
    """Return the actions a person may say are done: their own; all for those who write reviews."""
    rows = ReviewAction.objects.filter(school=person.school_id, dropped_at=None)
    if "edit_reviews" not in powers:
        rows = rows.filter(owner=person)
    return rows.select_related("review", "owner", "done_by")


def to_sign_by(person: Person) -> QuerySet[Review, Review]:
    """Return the reviews that wait for a person's own signature.

    Not when somebody has signed in their capacity already."""
    part = ReviewParticipant.objects.filter(review=OuterRef("pk"), person=person, dropped_at=None)
    signed = ReviewSignature.objects.filter(review=OuterRef("pk"), text_hash=OuterRef("text_hash"))
    taken = signed.filter(capacity=OuterRef("as_what"))
    rows = Review.objects.filter(school=person.school_id, state="signing")
    return rows.annotate(as_what=Subquery(part.values("capacity")[:1])).filter(
        ~Exists(taken), as_what__isnull=False
    )


def annual_review_of(school: School, year_name: str) -> Review | None:
    """Return the yearly review of a school year, or None while it has not begun."""
    return annual_reviews(school, year_name).first()


def annual_reviews(school: School, year_name: str) -> QuerySet[Review, Review]:
    """Return the yearly review of a school year as rows."""
    return Review.objects.filter(school=school, trigger=Trigger.ANNUAL, year_name=year_name)

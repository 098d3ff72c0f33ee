"""The exact text that governor and lead sign under a review, and its hash (c.14)."""

import hashlib
import json
from collections.abc import Iterable

from reports.models import GovernorAction, GovernorQuestion, GovernorReview


def text_hash(
    review: GovernorReview,
    attendees: Iterable[int],
    questions: Iterable[GovernorQuestion],
    actions: Iterable[GovernorAction],
) -> str:
    """Return the SHA-256 of what is signed: papers, meeting, questions with answers, actions.

    People stand in it by their number, so that nobody's new name alters it; what was done about an
    action later is no part of it.
    """
    content = {
        "reference": review.reference,
        "label": review.label,
        "report": review.report_id,
        "pack": review.pack,
        "held": review.held_date and review.held_date.isoformat(),
        "attendees": sorted(attendees),
        "logs": review.logs_seen,
        "findings": review.findings,
        "questions": sorted([one.pk, one.text, one.answer, one.evidence] for one in questions),
        "actions": sorted(
            [one.pk, one.words, one.owner_id, one.due_date.isoformat()] for one in actions
        ),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def hash_now(review: GovernorReview) -> str:
    """Return the hash of a review as it stands in the database. Three queries."""
    return text_hash(
        review,
        review.attendees.values_list("person_id", flat=True),
        review.questions.all(),
        review.actions.all(),
    )

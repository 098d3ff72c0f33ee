"""The exact text of a review: what is shown to those who sign it, and its hash (R-FM-2)."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC

from filtering.models import Review, ReviewAction, ReviewParticipant

# What is written about, in the order it is read: the field, its heading, what belongs there.
PARTS = (
    ("pupils", "Pupils", "Their ages, special needs, and first languages other than English."),
    ("devices", "Devices", "School devices, own devices, and working from elsewhere."),
    ("ai_use", "Generative AI", "Which tools are used by whom, and what is blocked."),
    ("limits", "Technical limits", "What the filter and the monitoring cannot do."),
    ("provision", "What is blocked and allowed, and why", "Sum up the register of what is in use."),
    ("findings", "Findings", "What works, what does not, and what has to change."),
)


def text_hash(
    review: Review,
    participants: Iterable[ReviewParticipant],
    actions: Iterable[ReviewAction],
) -> str:
    """Return the SHA-256 of what is signed.

    People stand in it by their number, so that nobody's new name alters it; what was done about an
    action later is no part of it. The moment it was offered makes a text offered again another one.
    """
    content = {
        "reference": review.reference,
        "offered": review.offered_at and review.offered_at.astimezone(UTC).isoformat(),
        "year": review.year_name,
        "trigger": [review.trigger, review.trigger_words, review.incident_reference],
        "parts": [[field, getattr(review, field)] for field, _, _ in PARTS],
        "participants": sorted([one.capacity, one.person_id] for one in participants),
        "actions": sorted(
            [one.pk, one.words, one.owner_id, one.due_date.isoformat()] for one in actions
        ),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

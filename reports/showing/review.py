"""What the pages of a governors' review are made of: text, people, signatures, the next step."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from common.pages import page_url
from common.requests import SchoolRequest
from reports.conditions.reviews import seat_for
from reports.models import GovernorReview
from reports.queries.reviews import OVERDUE
from reports.showing.review_text import text_hash
from reports.showing.tables import shown_sections
from reports.workflow import GOVERNOR_REVIEW


def shown(review: GovernorReview, *, at: datetime) -> dict[str, Any]:
    """Return everything a review says. ``holds`` is whether the text is the one that was signed."""
    parts, day = vars(review), localdate(at)
    present, asked, to_do = parts["present"], parts["asked"], parts["to_do"]
    text = text_hash(review, [one.person_id for one in present], asked, to_do)
    figures = review.pack.get("figures")
    return {
        "review": review,
        "present": [one.person for one in present],
        "questions": asked,
        "actions": [(one, _fate(one, day)) for one in to_do],
        "figures": figures,
        "sections": shown_sections(figures, exact=False) if figures else [],
        "hash": text,
        "holds": review.text_hash in ("", text),
        "late": review.state in {"scheduled", "prepared"} and review.due_date < day,
        "overdue": review.state in {"scheduled", "prepared"} and review.due_date + OVERDUE < day,
    }


def _fate(action: Any, day: Any) -> str:
    if action.done_at:
        return "done"
    if hasattr(action, "carried_to"):
        return "carried"
    return "late" if action.due_date < day else "open"


def next_for(request: SchoolRequest, review: GovernorReview) -> dict[str, Any]:
    """Return the next step for the person: the likely deed, the others, what misses."""
    parts = vars(review)
    waiting = sum(one.answered_at is None for one in parts["asked"])
    steps = [
        step
        for step in GOVERNOR_REVIEW.open_to(review.state, request.powers)
        if step.page != "governor_question_answer"
        and (step.name != "sign_governor_review" or may_sign(request, review))
    ]
    links = {
        step.name: {
            "label": "Put the record right"
            if step.name == "hold_governor_review" and review.state == "held"
            else step.label,
            "url": page_url(request.school, step.page, review.reference),
        }
        for step in steps
    }
    first = {
        "scheduled": "prepare_governor_review",
        "prepared": "hold_governor_review",
        "held": "sign_governor_review",
    }.get(review.state, "")
    checklist = [
        {"label": "The meeting is recorded", "done": review.state in {"held", "signed"}},
        {"label": "Every question has an answer", "done": not waiting},
        {"label": "The governor has signed", "done": bool(review.governor_id)},
        {"label": "The lead has signed", "done": bool(review.lead_id)},
    ]
    return {
        "deed": links.pop(first, None) if not (first.startswith("sign") and waiting) else None,
        "deeds": [link for name, link in links.items() if name != "sign_governor_review"],
        "checklist": checklist if review.state != "signed" else [],
        "may_answer": "write_governor_review" in request.powers
        and review.state in {"prepared", "held"},
        "may_finish": "write_governor_review" in request.powers,
    }


def may_sign(request: SchoolRequest, review: GovernorReview) -> bool:
    """Return whether the person took part and nobody has signed in their role yet."""
    present = {one.person_id for one in vars(review)["present"]}
    seat = seat_for(review, request.person, request.role_codes)
    return review.state == "held" and request.person.pk in present and bool(seat)

"""Governors' reviews, questions and actions as sheets (REP-15)."""

from collections.abc import Iterator, Sequence

from common.dates import uk_date
from people.models import School
from reports.conditions.meetings import SEES
from reports.queries.reviews import action_rows, question_rows, review_rows

REVIEWS = ("Number", "Term", "Due", "State", "Held", "Looked through", "Findings", "To do")
QUESTIONS = ("Asked", "By", "About", "Question", "Answer", "Where it can be seen", "Answered", "By")
ACTIONS = ("Asked for by", "What", "Whose", "Due", "Done", "By", "What was done")


def review_lines(school: School, keys: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Yield the reviews with some numbers in their order."""
    found = review_rows(school).in_bulk(list(keys))
    for row in (found[key] for key in keys if key in found):
        yield (
            row.reference,
            row.label,
            uk_date(row.due_date),
            row.get_state_display(),
            uk_date(row.held_date) if row.held_date else "",
            ", ".join(row.logs_seen),
            row.findings,
            str(vars(row)["todo"]),
        )


def question_lines(school: School, keys: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Yield the questions with some numbers in their order."""
    found = question_rows(school).in_bulk(list(keys))
    for row in (found[key] for key in keys if key in found):
        yield (
            uk_date(row.asked_at),
            str(row.asked_by),
            f"Review {row.review}" if row.review else f"Report {row.report}",
            row.text,
            row.answer,
            row.evidence,
            uk_date(row.answered_at) if row.answered_at else "",
            str(row.answered_by or ""),
        )


def action_lines(school: School, keys: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Yield the actions with some numbers in their order."""
    found = action_rows(school, SEES.values()).in_bulk(list(keys))
    for row in (found[key] for key in keys if key in found):
        yield (
            row.asked_by,
            row.words,
            str(row.owner),
            uk_date(row.due_date),
            uk_date(row.done_at) if row.done_at else "",
            str(row.done_by or ""),
            row.done_note,
        )

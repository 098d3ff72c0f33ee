"""The rules attached to an agreement, taken from the ladder of the policy in force (AGR-28)."""

from datetime import date

from agreements.vocabulary import PUPILS, Audience
from people.models import School
from policies.queries import ladder_on
from policies.sheet import Rung, sheet_of
from policies.vocabulary import Subject

MOST_EXAMPLES = 4
LEADERS_DECIDE = "The lists are examples. People decide, after they have looked into what happened."


def rules_from_policy(school: School, audience: str, *, on: date) -> str:
    """Return the categories of misuse and what can follow, in words; "" without a ladder.

    Pupils and their parents read the pupils' ladder, everybody else that of staff.
    """
    version = ladder_on(school, on)
    if version is None:
        return ""
    families = audience in {*PUPILS, Audience.PARENT}
    sheet = sheet_of(version, Subject.PUPIL.value if families else Subject.STAFF.value)
    lines = [_line(rung) for part in sheet.parts for rung in part.rungs]
    return "\n".join([*lines, LEADERS_DECIDE]) if lines else ""


def with_rules(written: str, taken: str) -> str:
    """Return rules with those of the policy below them; what stands there already stays once."""
    if not written.strip() or written.strip() in taken:
        return taken
    return written if taken in written else f"{written.rstrip()}\n\n{taken}"


def _line(rung: Rung) -> str:
    examples = "; ".join(row.label for row in rung.infringements[:MOST_EXAMPLES])
    parts = [f"{rung.category.code}: {rung.category.name}."]
    if examples:
        parts.append(f"For example: {examples}.")
    if rung.what_can_follow:
        parts.append(f"What can follow: {rung.what_can_follow}.")
    return " ".join(parts).replace("..", ".")

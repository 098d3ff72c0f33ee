"""Ask for something of a review or an audit, and say that it was done: the part all share."""

from datetime import date, datetime

from django.utils.timezone import localdate

from audit.actions import record
from common.errors import Refusal, StepRefused
from people.models import Person, ToDo


def check_to_do(*, words: str, due_date: date, at: datetime) -> str:
    """Return what is to be done, tidied; refuses empty words and a day that has passed."""
    if not words.strip():
        raise Refusal("Say what has to be done.")
    if due_date < localdate(at):
        raise Refusal("Choose a day that has not passed.")
    return words.strip()


def close_to_do(*, verb: str, row: ToDo, note: str, by: Person, at: datetime) -> None:
    """Write what was done and the trail, in the caller's transaction, on a locked row.

    Refuses an empty note and what is done already.
    """
    if row.done_at:
        raise StepRefused("This was done already.")
    if not note.strip():
        raise Refusal("Say what was done.")
    row.done_by, row.done_at, row.done_note = by, at, note.strip()
    row.save(update_fields=["done_by", "done_at", "done_note"])
    record(verb, row, by=by, at=at)

"""What was set for each profile before and after a change, and what a second person found."""

from collections.abc import Mapping

from common.errors import Refusal
from filtering.models import ChangeProfile, ChangeRequest
from filtering.queries.changes import live_parts
from filtering.steps.changes import Line
from filtering.vocabulary import EntryKind, TestResult

Texts = Mapping[int, str]  # by the number of a profile
LONGEST = 500


def write_values(
    change: ChangeRequest,
    kind: EntryKind,
    words: str,
    before: Texts,
    after: Texts,
    text: str = "",
) -> list[Line]:
    """Write the values before and after for each profile, and return their lines of the log."""
    back = "put_back_" if kind == EntryKind.PUT_BACK else ""
    lines = []
    for part in live_parts(change):
        was = before.get(part.profile_id, "").strip()[:LONGEST]
        now = after.get(part.profile_id, "").strip()[:LONGEST]
        if not (was and now):
            raise Refusal(f"Write down what was set for “{part}” before, and what is set now.")
        setattr(part, f"{back}before", was)
        setattr(part, f"{back}after", now)
        part.save(update_fields=[f"{back}before", f"{back}after"])
        lines.append(Line(kind, f"{words} for {part}", text, part, was, now))
    return lines


def write_results(change: ChangeRequest, test: str, results: Texts, notes: Texts) -> bool:
    """Write what was found for each profile, and return whether everything is as it should be."""
    parts = live_parts(change)
    for part in parts:
        result = results.get(part.profile_id, "")
        if result not in TestResult.values:
            raise Refusal(f"Say what you found as “{part}”. Every profile has to be tried.")
        note = notes.get(part.profile_id, "").strip()[:LONGEST]
        if result == TestResult.WRONG and not note:
            raise Refusal(f"Say what is wrong for “{part}”.")
        _set_result(part, test, result, note)
    return all(results[part.profile_id] == TestResult.WORKS for part in parts)


def _set_result(part: ChangeProfile, test: str, result: str, note: str) -> None:
    setattr(part, f"{test}_result", result)
    setattr(part, f"{test}_note", note)
    part.save(update_fields=[f"{test}_result", f"{test}_note"])


def noted(notes: Texts) -> str:
    """Return what was noted, for the log."""
    return " ".join(note.strip() for note in notes.values() if note.strip())

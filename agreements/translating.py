"""Keep a translation in step with the text it is a translation of (AGR-01)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from agreements.document import AgreementDocument, ClauseText


def original_of(documents: Iterable[AgreementDocument]) -> AgreementDocument | None:
    """Return the text the others are translations of: the English one, or else the first."""
    found = list(documents)
    return next((one for one in found if one.language == "en"), found[0] if found else None)


def follow(
    translated: Iterable[ClauseText], original: Iterable[ClauseText], moved: Mapping[str, str]
) -> tuple[ClauseText, ...]:
    """Return translated clauses in the order and with the numbers of the original's clauses.

    ``moved`` gives the number a clause of the original had before. A new clause is left out until
    somebody translates it, and one that was taken out goes; the words of all others are kept.
    """
    before = {clause.number: clause for clause in translated}
    return tuple(
        share(of, before[moved[of.number]]) for of in original if moved.get(of.number, "") in before
    )


def share(original: ClauseText, words: ClauseText) -> ClauseText:
    """Return the words of a translated clause with everything it shares with the original's."""
    return replace(original, heading=words.heading, text=words.text)

"""Whether what a person did before makes this the heavier infringement (INC-16)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policies.models import Infringement, SanctionCategory


@dataclass(frozen=True)
class Earlier:
    """An earlier incident of the same person, and whether it led to a warning."""

    key: str
    warning_given: bool


@dataclass(frozen=True)
class RepeatSuggestion:
    """The heavier infringement that repetition suggests, with the sentence to show for it."""

    infringement: Infringement
    category: SanctionCategory
    clause_number: str
    reason: str


def repeat_rule(
    infringement: Infringement,
    earlier: Iterable[Earlier],
    *,
    among: Iterable[Infringement],
) -> RepeatSuggestion | None:
    """Return what repetition makes of an infringement, or None when it changes nothing (INC-16).

    ``among`` are the infringements of the same version and subject, read with their category and
    clause (``queries.infringement_rows``): the rule itself reads nothing. It climbs from an
    infringement to the one that repeats it when something of that kind happened before and, where
    the ladder asks for one, a warning followed. It never suggests a lighter category.
    """
    past = list(earlier)
    rows = [row for row in among if row.active and row.subject == infringement.subject]
    found = _climb(infringement, past, rows)
    if found is infringement:
        found = _any_repetition(infringement, past, rows)
    if found is infringement or found.category is None:
        return None
    return RepeatSuggestion(
        infringement=found,
        category=found.category,
        clause_number=found.clause.number,
        reason=_reason(infringement, found, found.category),
    )


def _climb(
    current: Infringement, past: list[Earlier], rows: Sequence[Infringement]
) -> Infringement:
    """Return the heaviest infringement that repetition leads to from here."""
    same_kind = _line(current, rows)
    steps = [row for row in _repeats_of(current, rows) if _happened(row, past, same_kind)]
    if not steps:
        return current
    return _climb(max(steps, key=_weight), past, rows)


def _repeats_of(current: Infringement, rows: Sequence[Infringement]) -> list[Infringement]:
    return [row for row in rows if row.repeat_of_id == current.pk and row.rank > current.rank]


def _line(current: Infringement, rows: Sequence[Infringement]) -> set[str]:
    """Return the keys of an infringement and of everything that repeats it."""
    return {current.key}.union(*(_line(row, rows) for row in _repeats_of(current, rows)))


def _happened(row: Infringement, past: list[Earlier], keys: set[str]) -> bool:
    return any(
        incident.key in keys and (incident.warning_given or not row.requires_prior_warning)
        for incident in past
    )


def _any_repetition(
    infringement: Infringement, past: list[Earlier], rows: Sequence[Infringement]
) -> Infringement:
    """Return the list's own entry for repetition of anything, where it has one (INC-48)."""
    every_key = {incident.key for incident in past}
    found = [
        row
        for row in rows
        if row.repeats_any
        and row.pk != infringement.pk
        and row.rank >= infringement.rank
        and _happened(row, past, every_key)
    ]
    return max(found, key=_weight, default=infringement)


def _weight(row: Infringement) -> tuple[int, int]:
    return row.rank, row.order


def _reason(infringement: Infringement, found: Infringement, category: SanctionCategory) -> str:
    what = "Something on this list" if found.repeats_any else f"“{infringement.label}”"
    before = "was recorded before and led to a warning"
    if not found.requires_prior_warning:
        before = "was recorded before"
    return (
        f"{what} {before}. Under clause {found.clause.number} it is now “{found.label}”, "
        f"category {category.code}."
    )

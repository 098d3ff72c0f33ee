"""Totals for those who may not know who has signed: small numbers are withheld (AGR-03, REP-17).

Whoever sees totals alone gets one table, in which each number stands beside what it adds up to. A
second way to group the same people would tell what the first withholds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agreements.queries.consent_lists import Tally
from agreements.queries.lists import Coverage
from common.withholding import FEW, WITHHELD, Number, Withholding, words_of


@dataclass(frozen=True)
class Totals:
    """One row as it is shown; ``percent`` is None where a number behind it is withheld."""

    name: str
    cells: list[str]
    percent: int | None


def coverage_totals(
    rows: Sequence[Coverage], total: Coverage, audiences: Mapping[str, str], threshold: int
) -> list[Totals]:
    """Return asked, done and not done of each agreement and of all, small numbers withheld.

    ``audiences`` says who signs which agreement: reports tell how far each audience is, so the
    agreements of one must not give each other away either.
    """
    together: dict[str, Coverage] = {}
    for row in rows:
        code = audiences[row.key]
        before = together.get(code, Coverage(code, 0, 0, 0, 0))
        together[code] = Coverage(
            code, before.total + row.total, before.met + row.met, 0, 0, key=code
        )
    work = Withholding(threshold)
    lines = {id(row): _line(row, work) for row in (*rows, *together.values(), total)}
    for place in range(3):
        for code, whole in together.items():
            parts = [lines[id(row)][place] for row in rows if audiences[row.key] == code]
            work.add_group(parts, lines[id(whole)][place], is_table=False)
        parts = [lines[id(row)][place] for row in together.values()]
        work.add_group(parts, lines[id(total)][place], is_table=False)
    _protect(work)
    return [_told(row.name, lines[id(row)], row.percent, threshold) for row in (*rows, total)]


def consent_totals(tallies: Sequence[Tally], threshold: int) -> list[list[str]]:
    """Return yes, no and no answer of each question in percent, withheld where few answered so."""
    found = []
    for tally in tallies:
        work = Withholding(threshold)
        parts, whole = [Number(part) for part in tally.parts], Number(tally.counts.total())
        _add_line(parts, whole, work)
        _protect(work)
        found.append(
            [
                words_of(number.mark, threshold) if number.mark else f"{share}%"
                for number, share in zip(parts, tally.percentages, strict=True)
            ]
        )
    return found


def _line(row: Coverage, work: Withholding) -> list[Number]:
    """Return asked, done and not done of a row, in that order."""
    whole, *parts = (Number(value) for value in (row.total, row.met, row.total - row.met))
    _add_line(parts, whole, work)
    return [whole, *parts]


def _add_line(parts: Sequence[Number], whole: Number, work: Withholding) -> None:
    for number in (*parts, whole):
        if 0 < number.value < work.threshold:
            number.mark = FEW
    if whole.mark:  # to split few would tell them
        for number in parts:
            number.mark, number.loose = WITHHELD, True
    work.add_group(parts, whole, is_table=False)
    work.add_numbers([*parts, whole])


def _protect(work: Withholding) -> None:
    if work.threshold:
        work.protect()


def _told(name: str, line: Sequence[Number], percent: int, threshold: int) -> Totals:
    cells = [
        words_of(number.mark, threshold) if number.mark else f"{number.value}" for number in line
    ]
    return Totals(name, cells, None if any(number.mark for number in line) else percent)

"""Work withheld numbers out from tables that are, row by row, the sum of others.

People are asked; each is done, waits or declined. Tables say how many of each group were asked,
wait and declined, a share says how many in a hundred are done, and one table adds up each answer.
Every way to fill the tables in is tried.
"""

from collections.abc import Iterator
from itertools import product

from common.sections import Row, Section, Table
from reports.suppression import suppressed

ANSWERS = ("done", "waiting", "declined")
Group = tuple[int, int, int]  # done, waiting, declined
Solution = dict[tuple[str, str], int]


def sections(groups: list[Group]) -> list[Section]:
    """Return the tables of some groups of people, as an app would give them."""
    asked = [sum(group) for group in groups]
    return [
        Section(
            "s",
            "S",
            1,
            tables=(
                Table(
                    "done",
                    "Done",
                    "Group",
                    tuple(
                        Row(f"g{n}", "", group[0] * 100 // asked[n], base=asked[n], part=group[0])
                        for n, group in enumerate(groups)
                        if asked[n]
                    ),
                    unit="percent",
                ),
                _table("standing", {a: sum(g[n] for g in groups) for n, a in enumerate(ANSWERS)}),
                _table("asked", {f"g{n}": one for n, one in enumerate(asked)}),
                _table("waiting", {f"g{n}": group[1] for n, group in enumerate(groups)}),
                _table("declined", {f"g{n}": group[2] for n, group in enumerate(groups)}),
            ),
        )
    ]


def _table(code: str, counts: dict[str, int]) -> Table:
    rows = [Row(key, "", value) for key, value in counts.items()]
    total = Row("total", "", sum(counts.values()))
    return Table(code, code, "", (*rows, total), adds_up=True)


class Attack:
    """What a reader of these tables concludes: every value each number may have."""

    def __init__(self, groups: list[Group], threshold: int) -> None:
        self.groups, self.threshold = groups, threshold
        self.marks = {
            cell[1:]: mark for cell, mark in suppressed(sections(groups), threshold).items()
        }
        self.truth = self._filled(tuple(groups))
        self.most = max(map(sum, groups)) + threshold

    def ways(self) -> int:
        """Return how many ways to fill the tables in are tried."""
        count = 1
        for n in range(len(self.groups)):
            count *= len(list(self._of_group(n)))
        return count

    def values(self) -> dict[tuple[str, str], set[int]]:
        """Return every value that each withheld number may have."""
        found: dict[tuple[str, str], set[int]] = {cell: set() for cell in self.marks}
        for groups in product(*(self._of_group(n) for n in range(len(self.groups)))):
            solution = self._filled(groups)
            if all(self._fits(cell, value) for cell, value in solution.items()):
                for cell, values in found.items():
                    values.add(solution[cell])
        return found

    def _of_group(self, n: int) -> Iterator[Group]:
        """Yield what one group may be like, by its own rows alone."""
        cells = [(answer, f"g{n}") for answer in ANSWERS]
        known = ("asked", f"g{n}") not in self.marks
        asked = [self.truth["asked", f"g{n}"]] if known else range(self.most)
        for whole in asked:
            if not self._fits(("asked", f"g{n}"), whole):
                continue
            for waiting, declined in product(range(whole + 1), repeat=2):
                group = (whole - waiting - declined, waiting, declined)
                if group[0] >= 0 and all(map(self._fits, cells, group)):
                    yield group

    def _filled(self, groups: tuple[Group, ...]) -> Solution:
        found: Solution = {}
        for n, group in enumerate(groups):
            found["asked", f"g{n}"] = sum(group)
            found |= {(answer, f"g{n}"): one for answer, one in zip(ANSWERS, group, strict=True)}
        for place, answer in enumerate(ANSWERS):
            found["standing", answer] = sum(group[place] for group in groups)
        for answer in ("waiting", "declined"):
            found[answer, "total"] = found["standing", answer]
        found["asked", "total"] = found["standing", "total"] = sum(map(sum, groups))
        return found

    def _fits(self, cell: tuple[str, str], value: int) -> bool:
        """Return whether a value agrees with what is shown in a cell, or with its mark."""
        mark = self.marks.get(cell)
        if mark is None:
            return value == self.truth[cell]
        if mark == "few":
            return 0 < value < self.threshold
        return True  # a share, or part of a table that is withheld whole: nothing is known

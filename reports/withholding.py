"""Which further numbers to withhold, so that none of those withheld can be worked out (REP-17).

A withheld number is safe when there is another solution: another set of values for the numbers
withheld that agrees with everything shown, with what each mark means, and with every table that
adds up. Such a solution is searched for number by number; where none is found, more is withheld.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

DEEPEST = 60  # tables that one change may run through


@dataclass(eq=False)
class Number:
    """A count, its mark when it is withheld, and what was published of it before.

    ``loose`` is a number of a table that is withheld whole: a reader knows nothing of it.
    """

    value: int
    mark: str = ""
    loose: bool = False
    around: set[int] = field(default_factory=set)
    groups: list["Group"] = field(default_factory=list)

    @property
    def totals(self) -> bool:
        """Return whether it is the whole of a table."""
        return any(group.whole is self for group in self.groups)

    def may_be(self, value: int, threshold: int) -> bool:
        """Return whether a reader who knows the mark must reckon with this value."""
        if value < 0:
            return False
        if self.loose:
            return True
        if self.mark == "few":
            return 0 < value < threshold
        near = all(0 < abs(value - before) < threshold for before in self.around)
        return near and (value == 0 or value >= threshold)


@dataclass(eq=False)
class Group:
    """A table that adds up: its parts and the whole."""

    parts: list[Number]
    whole: Number

    @property
    def members(self) -> list[Number]:
        """Return the parts and the whole, each once."""
        return list(dict.fromkeys([*self.parts, self.whole]))

    def weight(self, number: Number) -> int:
        """Return by how much parts less whole change when a number grows by one."""
        return self.parts.count(number) - (number is self.whole)


Change = dict[Number, int]


class Withholding:
    """The numbers of one period and the tables they stand in."""

    def __init__(self, threshold: int) -> None:
        self.threshold = threshold
        self.groups: list[Group] = []
        self.numbers: list[Number] = []

    def add_group(self, parts: Sequence[Number], whole: Number) -> None:
        """Add a table that adds up; one with nothing in it says nothing."""
        group = Group(list(parts), whole)
        if parts and whole.value and list(parts) != [whole]:
            self.groups.append(group)
            for number in group.members:
                number.groups.append(group)

    def add_numbers(self, numbers: Iterable[Number]) -> None:
        """Add every number, in a table that adds up or not."""
        self.numbers += numbers

    def protect(self) -> None:
        """Withhold more until every withheld number is safe, or nothing is left to withhold."""
        for group in self.groups:
            if group.whole.mark == "few":  # to split few would tell them
                self._withhold_whole(group)
        while True:
            exposed = [n for n in self.numbers if n.mark and not self._is_safe(n)]
            if not any(self._withhold_beside(number) for number in exposed):
                return

    def _is_safe(self, number: Number) -> bool:
        return any(
            number.may_be(number.value + step, self.threshold)
            and self._settle({number: step}) is not None
            for step in (1, -1, self.threshold, -self.threshold)
        )

    def _settle(self, change: Change) -> Change | None:
        """Return a change of withheld numbers that holds in every table, beginning with one."""
        if len(change) > DEEPEST:
            return None
        off = next(((g, gap) for n in change for g in n.groups if (gap := _gap(g, change))), None)
        if off is None:
            return change
        group, gap = off
        others = [n for n in group.members if n.mark and n not in change]
        for number in sorted(others, key=lambda n: len(n.groups)):
            weight = group.weight(number)
            if not weight or gap % weight:
                continue
            step = -gap // weight
            if number.may_be(number.value + step, self.threshold):
                settled = self._settle({**change, number: step})
                if settled is not None:
                    return settled
        return None

    def _withhold_beside(self, number: Number) -> bool:
        """Withhold one more number that gives this one room; returns whether there was any."""
        groups = sorted(self._reached(number), key=self._gives_room)
        return any(
            self._withhold_next(group) or self._withhold_whole(group) for group in groups
        ) or any(self._withhold_total(group) for group in groups)

    def _reached(self, number: Number) -> list[Group]:
        """Return the tables that a change of a number may run through, nearest first."""
        groups: list[Group] = []
        waiting = [number]
        seen = {number}
        while waiting:
            for group in waiting.pop(0).groups:
                if group not in groups:
                    groups.append(group)
                    beside = [n for n in group.members if n.mark and n not in seen]
                    seen.update(beside)
                    waiting += beside
        return groups

    def _gives_room(self, group: Group) -> bool:
        """Return whether two withheld numbers of a table can move against each other."""
        withheld = [n for n in group.members if n.mark]
        up = [n for n in withheld if n.may_be(n.value + 1, self.threshold)]
        down = [n for n in withheld if n.may_be(n.value - 1, self.threshold)]
        return len(withheld) > 1 and bool(up) and bool(down) and len({*up, *down}) > 1

    def _withhold_next(self, group: Group) -> bool:
        """Withhold the smallest part that can give way, rather one that stands nowhere else."""
        free = [n for n in group.parts if not n.mark and n.value >= self.threshold]
        if not free:
            return False
        found = min(free, key=lambda n: (len(n.groups), n.value == self.threshold, n.value))
        found.mark = "withheld"
        return True

    def _withhold_whole(self, group: Group) -> bool:
        """Withhold all parts of a table, zero too; returns whether any was told more of.

        The reader then knows nothing of a part. A part that stands in another table takes that one
        with it: beside "few", the reader would know that it is not few.
        """
        told = [n for n in group.parts if not n.mark or not (n.loose or n.totals)]
        for number in told:
            number.mark, number.loose = "withheld", not number.totals
        for number in told:
            for other in number.groups:
                if number in other.parts:
                    self._withhold_whole(other)
        return bool(told)

    def _withhold_total(self, group: Group) -> bool:
        if group.whole.mark:
            return False
        group.whole.mark = "withheld"
        return True


def _gap(group: Group, change: Change) -> int:
    return sum(group.weight(number) * step for number, step in change.items() if step)

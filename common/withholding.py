"""Which further numbers to withhold, so that none of those withheld can be worked out (REP-17).

A withheld number is safe when there is another solution: another set of values for the numbers
withheld that agrees with everything shown, with what each mark means, and with every sum. Such a
solution is searched for number by number; where none is found, more is withheld.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

FEW = "few"  # from 1 to one below the threshold
WITHHELD = "withheld"  # 0, or the threshold and more; or part of a table that is withheld whole
DEEPEST = 80  # sums that one change may run through
TRIES = 300  # changes looked at before a number counts as exposed
ALL_TRIES = 20_000  # and in all; after that whole tables are withheld, which needs no search


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
        """Return whether it is the total of a table."""
        return any(group.is_table and group.whole is self for group in self.groups)

    def may_be(self, value: int, threshold: int) -> bool:
        """Return whether a reader who knows the mark must reckon with this value."""
        if value < 0:
            return False
        if self.loose:
            return True
        if self.mark == FEW:
            return 0 < value < threshold
        near = all(0 < abs(value - before) < threshold for before in self.around)
        return near and (value == 0 or value >= threshold)


@dataclass(eq=False)
class Group:
    """Numbers and what they add up to: a table and its total, or the same row of some tables."""

    parts: list[Number]
    whole: Number
    is_table: bool

    @property
    def members(self) -> list[Number]:
        """Return the parts and the whole, each once."""
        return list(dict.fromkeys([*self.parts, self.whole]))

    def weight(self, number: Number) -> int:
        """Return by how much parts less whole change when a number grows by one."""
        return self.parts.count(number) - (number is self.whole)


Change = dict[Number, int]


class Withholding:
    """The numbers of one period and the sums they stand in."""

    def __init__(self, threshold: int) -> None:
        self.threshold = threshold
        self.groups: list[Group] = []
        self.numbers: list[Number] = []
        self.tries = self.all_tries = 0

    def add_group(self, parts: Sequence[Number], whole: Number, *, is_table: bool) -> None:
        """Add a sum; one that is shown as nothing tells that each of its parts is."""
        group = Group(list(parts), whole, is_table)
        if parts and list(parts) != [whole]:
            self.groups.append(group)
            for number in group.members:
                number.groups.append(group)

    def add_numbers(self, numbers: Iterable[Number]) -> None:
        """Add every number, in a sum or not."""
        self.numbers += numbers

    def protect(self) -> None:
        """Withhold more until every withheld number is safe, or nothing is left to withhold."""
        for group in self.groups:
            if group.is_table and group.whole.mark == FEW:  # to split few would tell them
                self._withhold_whole(group)
        waiting = [number for number in self.numbers if number.mark]
        while waiting:
            if self._is_safe(waiting[0]):
                waiting.pop(0)
            elif self._withhold_beside(waiting[0]):
                waiting = [number for number in self.numbers if number.mark]
            else:
                waiting.pop(0)

    def _is_safe(self, number: Number) -> bool:
        if self.all_tries > ALL_TRIES:
            return number.loose
        self.tries = 0
        return any(
            number.may_be(number.value + step, self.threshold)
            and self._settle({number: step}) is not None
            for step in (1, -1, self.threshold, -self.threshold)
        )

    def _settle(self, change: Change) -> Change | None:
        """Return a change of withheld numbers that holds in every sum, beginning with one.

        The sum with the fewest ways to put it right is put right first.
        """
        self.tries += 1
        self.all_tries += 1
        if len(change) > DEEPEST or self.tries > TRIES:
            return None
        ways: list[tuple[Number, int]] | None = None
        for group in dict.fromkeys(group for number in change for group in number.groups):
            if gap := _gap(group, change):
                found = self._ways(group, gap, change)
                ways = found if ways is None or len(found) < len(ways) else ways
                if not ways:
                    return None
        if ways is None:
            return change
        for number, step in ways:
            settled = self._settle({**change, number: step})
            if settled is not None:
                return settled
        return None

    def _ways(self, group: Group, gap: int, change: Change) -> list[tuple[Number, int]]:
        """Return the single changes that put a sum right, those with the least to follow first."""
        found = []
        for number in group.members:
            weight = group.weight(number)
            if not number.mark or number in change or not weight or gap % weight:
                continue
            step = -gap // weight
            if number.may_be(number.value + step, self.threshold):
                found.append((number, step))
        return sorted(found, key=lambda way: len(way[0].groups))

    def _withhold_beside(self, number: Number) -> bool:
        """Withhold more that gives a number room; returns whether there was anything left.

        Sums in which nothing can move come first. In each lot single parts are tried before the
        total of a row, and that before a whole table.
        """
        reached = self._reached(number)
        stuck = [group for group in reached if not self._gives_room(group)]
        easy = [group for group in reached if group not in stuck]
        return any(
            any(self._withhold_next(group) for group in lot)
            or any(self._withhold_total(group) for group in lot if not group.is_table)
            or any(self._withhold_whole(group) for group in lot if group.is_table)
            or any(self._withhold_total(group) for group in lot)
            for lot in (stuck, easy)
        ) or any(self._say_less(group) for group in reached)

    def _reached(self, number: Number) -> list[Group]:
        """Return the sums that a change of a number may run through, nearest first."""
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
        """Return whether two withheld numbers of a sum can move against each other."""
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
        found.mark = WITHHELD
        return True

    def _withhold_whole(self, group: Group) -> bool:
        """Withhold all parts of a table, zero too; returns whether any was told more of.

        The reader then knows nothing of a part. A part that stands in another table takes that one
        with it: beside "few", the reader would know that it is not few.
        """
        told = [n for n in group.parts if not (n.mark and (n.loose or n.totals))]
        for number in told:
            number.mark, number.loose = WITHHELD, not number.totals
        for number in told:
            for other in number.groups:
                if other.is_table and number in other.parts:
                    self._withhold_whole(other)
        return bool(told)

    def _withhold_total(self, group: Group) -> bool:
        if group.whole.mark or 0 < group.whole.value < self.threshold:
            return False
        group.whole.mark = WITHHELD
        return True

    def _say_less(self, group: Group) -> bool:
        """Let a reader not even know that numbers are few, where that alone tells them."""
        told = [n for n in group.members if n.mark == FEW]
        for number in told:
            number.mark, number.loose = WITHHELD, True
        return bool(told)


def _gap(group: Group, change: Change) -> int:
    return sum(group.weight(number) * step for number, step in change.items() if step)


def words_of(mark: str, threshold: int) -> str:
    """Return what a reader is shown in place of a number."""
    return f"fewer than {threshold}" if mark == FEW else "withheld"

"""What a file would do to the register, as it is shown before anybody agrees to it."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from people.imports.rows import BadRow, Key, Values


@dataclass(frozen=True)
class Change:
    """One value before and after, as people read it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """A good row with what it would change. ``before`` is empty when the person is new."""

    row: int
    key: Key
    name: str
    detail: str
    before: Values
    after: Values
    changes: tuple[Change, ...]
    note: str = ""

    @property
    def changed(self) -> frozenset[str]:
        """Return the names of the values that differ."""
        return frozenset(n for n, value in self.after.items() if self.before.get(n) != value)

    @property
    def told(self) -> list[Any]:
        """Return all that somebody who looked at this entry has agreed to."""
        return [self.key, *((n, self.before.get(n), self.after[n]) for n in sorted(self.changed))]


@dataclass(frozen=True)
class Leaver:
    """Somebody, or somebody's care for a pupil, that the file no longer names."""

    name: str
    detail: str
    person_id: int
    link_id: int | None = None


@dataclass
class Plan:
    """Everything a file would do. The same file and the same register give the same digest."""

    added: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    unchanged: int = 0
    left_before: int = 0
    leavers: list[Leaver] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Return a fingerprint of all that would be written and all that would be left out."""
        told = [
            [entry.told for entry in self.added],
            [entry.told for entry in self.changed],
            [[leaver.person_id, leaver.link_id] for leaver in self.leavers],
            [[row.number, row.reasons] for row in self.bad],
        ]
        return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()

    @property
    def counts(self) -> dict[str, int]:
        """Return how many of each, for the record and the trail."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "leavers": len(self.leavers),
            "bad": len(self.bad),
        }

    @property
    def writes(self) -> int:
        """Return how many rows would be written without the leavers."""
        return len(self.added) + len(self.changed)

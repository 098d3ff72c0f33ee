"""The responsibilities every school starts with, from ``data/responsibilities.yaml`` (ROL-03)."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

_FILE = Path(__file__).parent / "data" / "responsibilities.yaml"


class Statement(NamedTuple):
    """One responsibility of a role: its words, and how and how often a holder shows it was met."""

    role: str
    key: str
    statement: str
    evidence: str = "none"
    frequency: str = "always"
    source: str = "Template"


@cache
def statements() -> tuple[Statement, ...]:
    """Return the statements of every role, keyed by role and place in its list."""
    by_role = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Statement(role=role, key=f"{role}-{number}", **row)
        for role, rows in by_role.items()
        for number, row in enumerate(rows, start=1)
    )

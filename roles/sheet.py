"""The matrix as people read it: who may do what at a school, and where it departs from the rule."""

from collections.abc import Iterable
from dataclasses import dataclass

from people.models import School
from roles.matrix import GRANTS, MATRIX
from roles.models import MatrixOverride, Role
from roles.powers import all_powers, powers_by_app
from roles.queries import granted_cells, overrides_of

REASONS = {row.power: row.why for row in MATRIX}


@dataclass(frozen=True)
class Cell:
    """One role and one power: the usual rule, what counts here, and the override if any."""

    role: Role
    power: str
    sentence: str
    why: str
    usual: bool
    granted: bool
    override: MatrixOverride | None = None


@dataclass(frozen=True)
class Line:
    """One power: the roles that hold it, that lost it at this school, and that lack it."""

    power: str
    sentence: str
    why: str
    held: list[Cell]
    lost: list[Cell]
    lacking: list[Cell]
    chosen: Cell | None = None

    @property
    def nearly_everybody(self) -> bool:
        """Return whether it is shorter to say who may not."""
        return len(self.held) > 12 and len(self.lacking) <= 8

    @property
    def added(self) -> list[Cell]:
        """Return the roles that hold the power at this school only."""
        return [cell for cell in self.held if cell.override]


@dataclass(frozen=True)
class Part:
    """The powers of one app."""

    title: str
    lines: list[Line]


def sheet_of(
    school: School, roles: Iterable[Role], *, words: str = "", role: Role | None = None
) -> list[Part]:
    """Return the matrix in force, grouped by app.

    ``role`` adds that role's own answer to each line; ``words`` narrows to sentences that contain
    them. Two queries, whatever the size.
    """
    cells = _Cells(school)
    parts = []
    for title, powers in powers_by_app():
        lines = [
            cells.line(power, roles, role)
            for power, sentence in powers.items()
            if words.casefold() in sentence.casefold()
        ]
        if lines:
            parts.append(Part(title, lines))
    return parts


def cell_of(role: Role, power: str) -> Cell | None:
    """Return one cell as it stands now, or None when there is no such power."""
    return _Cells(role.school).cell(role, power) if power in all_powers() else None


class _Cells:
    def __init__(self, school: School) -> None:
        self.granted = granted_cells(school)
        self.overrides = {
            (override.role_id, override.power): override
            for override in overrides_of(school).filter(ended_at=None)
        }

    def cell(self, role: Role, power: str) -> Cell:
        return Cell(
            role=role,
            power=power,
            sentence=all_powers()[power],
            why=REASONS.get(power, ""),
            usual=role.code in GRANTS.get(power, ()),
            granted=(role.code, power) in self.granted,
            override=self.overrides.get((role.pk, power)),
        )

    def line(self, power: str, roles: Iterable[Role], chosen: Role | None) -> Line:
        cells = [self.cell(role, power) for role in roles]
        return Line(
            power=power,
            sentence=all_powers()[power],
            why=REASONS.get(power, ""),
            held=[cell for cell in cells if cell.granted],
            lost=[cell for cell in cells if cell.usual and not cell.granted],
            lacking=[cell for cell in cells if not cell.granted],
            chosen=self.cell(chosen, power) if chosen else None,
        )

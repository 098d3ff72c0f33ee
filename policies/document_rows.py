"""The rows a version's content is made of, section by section.

Every row has an identity that stays the same from version to version (a clause's number, an
infringement's key), except steps, which are counted within their category: "pupil A.sanction.1".
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ClauseRow:
    """A numbered paragraph."""

    number: str
    title: str
    text: str

    @property
    def identity(self) -> str:
        """Return the clause's number."""
        return self.number


@dataclass(frozen=True)
class SanctionTypeRow:
    """A kind of sanction the school uses."""

    code: str
    label: str
    clause: str
    subject: str = "any"
    given_by: tuple[str, ...] = ()
    needs_end_date: bool = False
    scopes: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    is_referral: bool = False
    warning: str = ""

    @property
    def identity(self) -> str:
        """Return the sanction's code."""
        return self.code


@dataclass(frozen=True)
class CategoryRow:
    """A rung of the ladder of pupils or staff."""

    subject: str
    code: str
    name: str
    rank: int
    clause: str
    decided_by: tuple[str, ...]
    confirmed_by: str = ""

    @property
    def identity(self) -> str:
        """Return subject and code, as steps and infringements name their category."""
        return f"{self.subject} {self.code}"


@dataclass(frozen=True)
class InfringementRow:
    """A breach; ``of`` names its category and is empty where none applies."""

    key: str
    label: str
    of: str = ""
    clause: str = ""
    repeat_of: str = ""
    repeats_any: bool = False
    requires_prior_warning: bool = False
    one_off: bool = False
    unreported_accident: bool = False
    must_act: bool = False
    must_escalate: bool = False
    creates: str = ""
    note: str = ""
    active: bool = True

    @property
    def subject(self) -> str:
        """Return whose conduct this is about."""
        return self.of.split(" ")[0] if self.of else "any"

    @property
    def identity(self) -> str:
        """Return subject and key."""
        return f"{self.subject} {self.key}"


@dataclass(frozen=True)
class SpecialCaseRow:
    """A circumstance handled in its own way."""

    key: str
    subject: str
    trigger: str
    label: str
    clause: str
    handling: str = ""
    otherwise: str = ""
    authorised_by: tuple[str, ...] = ()
    immediate: bool = False
    blocks_device_check: bool = False
    active: bool = True

    @property
    def identity(self) -> str:
        """Return the special case's key."""
        return self.key


@dataclass(frozen=True)
class StepRow:
    """A step of a category or special case; ``place`` counts within its kind."""

    of: str
    kind: str
    label: str
    clause: str = ""
    when: str = ""
    role_code: str = ""
    agency: str = ""
    sanction: str = ""
    scope: str = ""
    creates: str = ""
    mandatory: bool = False
    note: str = ""
    place: int = field(default=0, compare=False)

    @property
    def identity(self) -> str:
        """Return category, kind and place."""
        return f"{self.of}.{self.kind}.{self.place}"


@dataclass(frozen=True)
class ThemeRow:
    """A theme of online risk."""

    area: str
    key: str
    label: str
    serious_harm: bool = False
    illegal: bool = False
    indecent_imagery: bool = False
    must_act: bool = False
    active: bool = True

    @property
    def identity(self) -> str:
        """Return the theme's key."""
        return self.key


SECTIONS: dict[str, type] = {
    "clauses": ClauseRow,
    "sanction_types": SanctionTypeRow,
    "categories": CategoryRow,
    "infringements": InfringementRow,
    "special_cases": SpecialCaseRow,
    "steps": StepRow,
    "themes": ThemeRow,
}

"""Everything a policy is made of, importable from one place."""

from policies.models.categories import Infringement, SanctionCategory
from policies.models.measures import LadderStep, SanctionType, SpecialCase
from policies.models.themes import RiskTheme
from policies.models.versions import Clause, LadderInForce, PolicyVersion

__all__ = [
    "Clause",
    "Infringement",
    "LadderInForce",
    "LadderStep",
    "PolicyVersion",
    "RiskTheme",
    "SanctionCategory",
    "SanctionType",
    "SpecialCase",
]

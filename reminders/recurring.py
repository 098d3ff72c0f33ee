"""The recurring duties of all apps, and how often a school asks for each (SYS-02)."""

from functools import cache

from common.discovery import discover
from common.duties import PERIODS, RecurringDuty
from people.models import School


@cache
def recurring_duties() -> dict[str, RecurringDuty]:
    """Return the duties of ``RECURRING`` in each app's ``duties.py`` by code, in that order.

    Refuses two of one code, because the second would hide the first.
    """
    found: dict[str, RecurringDuty] = {}
    for _, module in discover("duties"):
        for duty in getattr(module, "RECURRING", ()):
            if duty.code in found:
                raise ValueError(f"Two recurring duties are called {duty.code!r}.")
            found[duty.code] = duty
    return found


@cache
def duties_by_app() -> dict[str, frozenset[str]]:
    """Return the codes of the duties that each app declares, by the app's label."""
    declared = {
        label: frozenset(duty.code for duty in getattr(module, "RECURRING", ()))
        for label, module in discover("duties")
    }
    return {label: codes for label, codes in declared.items() if codes}


def setting_of(code: str) -> str:
    """Return the name of the setting that says how often a duty is asked for."""
    return f"duty_{code}"


def asked_periods(school: School) -> dict[str, str]:
    """Return the kind of period of each duty that a school asks for now, by the duty's code."""
    kinds = {code: school.setting(setting_of(code)) for code in recurring_duties()}
    return {code: kind for code, kind in kinds.items() if kind in PERIODS}

"""Settings of a school about roles (settings.md d.2)."""

from common.settings_catalogue import Setting

SETTINGS = [
    Setting(
        "responsibility_days",
        "whole",
        14,
        "Days in which a holder accepts a new responsibility",
        help="Counted from the day the statement changed or the role began.",
        area="Roles and routing",
        requirement="ROL-03",
        low=1,
        high=365,
    ),
]

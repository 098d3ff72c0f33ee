"""What a school's governors are shown of small numbers (settings.md d.7)."""

from common.settings_catalogue import Setting

AREA = "Reports"

SETTINGS = [
    Setting(
        "withhold_small_numbers",
        "yes_no",
        True,
        "Governors do not see small numbers of people",
        help="Numbers that would tell a small one are withheld too.",
        area=AREA,
        requirement="REP-17",
    ),
    Setting(
        "small_number",
        "whole",
        5,
        "The smallest number of people that governors are shown",
        area=AREA,
        requirement="REP-17",
        low=3,
        high=20,
    ),
]

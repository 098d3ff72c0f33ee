"""When a school's people are reminded (SYS-02)."""

from common.duties import OFF, RecurringDuty
from common.settings_catalogue import Setting
from reminders.recurring import recurring_duties, setting_of

AREA = "Reminders"
DUTIES = "Duties"
HOW_OFTEN = (
    (OFF, "Never"),
    ("week", "Every week"),
    ("month", "Every month"),
    ("half_term", "Every half-term"),
    ("term", "Every term"),
    ("year", "Every school year"),
)


def _how_often(duty: RecurringDuty) -> Setting:
    return Setting(
        setting_of(duty.code),
        "choice",
        duty.period,
        duty.label,
        area=DUTIES,
        requirement=duty.requirement,
        choices=HOW_OFTEN,
    )


SETTINGS = [
    Setting(
        "reminder_from",
        "time",
        "07:00",
        "No reminders before",
        help="Reminders go out on school days only, at most one mail a day to each person.",
        area=AREA,
        requirement="SYS-02",
    ),
    Setting(
        "reminder_until",
        "time",
        "18:00",
        "No reminders from",
        help="What falls due later waits for the next school day.",
        area=AREA,
        requirement="SYS-02",
    ),
    Setting(
        "duties_megabytes",
        "whole",
        10,
        "Largest file that shows how a duty was met, in megabytes",
        area=DUTIES,
        requirement="SYS-06",
        low=1,
        high=50,
    ),
    *(_how_often(duty) for duty in recurring_duties().values()),
]

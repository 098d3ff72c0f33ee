"""When a school's people are reminded (SYS-02)."""

from common.settings_catalogue import Setting

AREA = "Reminders"

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
]

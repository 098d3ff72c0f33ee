"""Settings of a school as a whole (settings.md d.1, d.6)."""

from common.settings_catalogue import Setting

SETTINGS = [
    Setting(
        "subject_word",
        "choice",
        "online safety",
        "What the school calls the subject",
        area="Words and days",
        requirement="SYS-01",
        choices=(("online safety", "online safety"), ("e-safety", "e-safety")),
    ),
    Setting(
        "pupil_word",
        "choice",
        "pupil",
        "What the school calls a child",
        area="Words and days",
        requirement="SYS-01",
        choices=(("pupil", "pupil"), ("student", "student")),
    ),
    Setting(
        "school_day_ends",
        "time",
        "16:00",
        "When the school day ends",
        help="A report is on time when it is made before this, on the day it was noticed.",
        area="Words and days",
        requirement="SYS-05",
    ),
    Setting(
        "idle_minutes",
        "whole",
        0,
        "Sign people out after this many minutes without activity",
        help="0 never signs anybody out for being idle.",
        area="Signing in",
        requirement="SYS-07",
        high=480,
    ),
]

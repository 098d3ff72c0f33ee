"""What is done with duties and reminders: opened, attested, reminded of, put in a calendar."""

from reminders.actions.attesting import attest_duty, hand_on_evidence
from reminders.actions.feeds import make_feed, read_feed, revoke_feed
from reminders.actions.occurrences import export_duties, open_occurrences
from reminders.actions.sweeping import sweep_school

__all__ = [
    "attest_duty",
    "export_duties",
    "hand_on_evidence",
    "make_feed",
    "open_occurrences",
    "read_feed",
    "revoke_feed",
    "sweep_school",
]

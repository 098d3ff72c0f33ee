"""Who was reminded of what; which duties recur, whose they are, and what became of them."""

from reminders.queries.feeds import digest_of, feed_of, feed_of_token
from reminders.queries.occurrences import (
    duties_of_roles,
    late_for,
    mine_first,
    not_met_since,
    occurrence_of,
    occurrences_in,
    open_for,
    visible_occurrences,
)
from reminders.queries.reminders import (
    MailsOfDay,
    mails_of_day,
    reminders_of,
    visible_reminders,
)

__all__ = [
    "MailsOfDay",
    "digest_of",
    "duties_of_roles",
    "feed_of",
    "feed_of_token",
    "late_for",
    "mails_of_day",
    "mine_first",
    "not_met_since",
    "occurrence_of",
    "occurrences_in",
    "open_for",
    "reminders_of",
    "visible_occurrences",
    "visible_reminders",
]

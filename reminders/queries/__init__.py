"""Who was reminded of what; which duties recur, whose they are, and what became of them."""

from reminders.queries.feeds import digest_of, feed_of, feed_of_token
from reminders.queries.occurrences import (
    duties_of_roles,
    last_done,
    latest_of_each,
    mine_first,
    occurrence_of,
    occurrences_in,
    open_for,
    open_or_told,
    visible_occurrences,
    waiting_for,
)
from reminders.queries.reminders import (
    MailsOfDay,
    mail_is_waiting,
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
    "last_done",
    "latest_of_each",
    "mail_is_waiting",
    "mails_of_day",
    "mine_first",
    "occurrence_of",
    "occurrences_in",
    "open_for",
    "open_or_told",
    "reminders_of",
    "visible_occurrences",
    "visible_reminders",
    "waiting_for",
]

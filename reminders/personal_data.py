"""Which texts about reminders are about people, and why they are kept."""

PERSONAL = {
    "digest.failure": "Why a mail did not go out, which may name an address",
}
IMPERSONAL = (
    "digest.path",
    "reminder.duty",
    "reminder.period",
    "reminder.words",
)

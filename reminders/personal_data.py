"""Which texts about reminders are about people, and why they are kept."""

PERSONAL = {
    "dutyoccurrence.note": "What somebody found when they did a duty",
    "dutyoccurrence.action": "What has to be done because of it",
    "dutyoccurrence.evidence": "The paper that shows it",
    "dutyoccurrence.evidence_name": "What the paper was called",
    "digest.failure": "Why a mail did not go out, which may name an address",
}
IMPERSONAL = (
    "calendarfeed.digest",
    "dutyoccurrence.duty",
    "dutyoccurrence.evidence_kind",
    "dutyoccurrence.evidence_sha256",
    "dutyoccurrence.period",
    "digest.path",
    "reminder.duty",
    "reminder.period",
    "reminder.words",
)

"""Which texts of the trail are about people, and why they are kept."""

PERSONAL = {
    "entry.actor_name": "Who did it, kept as text so that it survives the person's record",
    "entry.subject_label": "What it was done to, which may be a person",
    "entry.facts": "What changed, before and after; never the words of a case",
    "entry.ip": "Where a deed came from, to find misuse of an account",
}
IMPERSONAL = (
    "entry.verb",
    "entry.subject_type",
    "entry.subject_id",
    "entry.request_id",
    "entry.previous_hash",
    "entry.hash",
)

"""Which texts of agreements and consents are about people, and why they are kept."""

PERSONAL = {
    "consent.detail": "Which picture or device was allowed, and what for",
    "followup.words": "Whom somebody has to see to, and why",
    "followup.note": "What was done for them",
}
IMPERSONAL = (
    "consentpurpose.code",
    "consentpurpose.label",
    "consentpurpose.question",
    "consentpurpose.note",
    "consent.form",
    "followup.key",
    "followup.power",
)

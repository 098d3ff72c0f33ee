"""Which texts of agreements and consents are about people, and why they are kept."""

PERSONAL = {
    "paperreturn.file": "The sheet somebody signed on paper",
    "paperreturn.name": "What the scan was called, which may be somebody's name",
    "paperreturn.typed_name": "The name written on the sheet",
    "paperreturn.refused_reason": "Why the sheet does not count",
    "consent.detail": "Which picture or device was allowed, and what for",
    "followup.words": "Whom somebody has to see to, and why",
    "followup.note": "What was done for them",
}
IMPERSONAL = (
    "paperreturn.kind",
    "paperreturn.sha256",
    "kiosk.label",
    "kiosk.code",
    "classsitting.language",
    "consentpurpose.code",
    "consentpurpose.label",
    "consentpurpose.question",
    "consentpurpose.note",
    "consent.form",
    "followup.key",
    "followup.power",
)

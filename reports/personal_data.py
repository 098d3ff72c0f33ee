"""Which texts of reports and reviews are about people, and why they are kept."""

PERSONAL = {
    "governorreport.lead_words": "What the safeguarding lead says of the period",
    "governorreport.head_words": "What the headteacher says of the period",
    "governorreport.reason": "Why there is a new edition",
    "governorreport.returned_words": "Why the headteacher sent the report back",
    "reportfile.file": "The report as it was issued, without a name of anybody it counts",
    "governorreview.findings": "What a review found",
    "governorquestion.text": "What a governor asked",
    "governorquestion.answer": "What the governor was told",
    "governorquestion.evidence": "Where it can be seen",
    "meeting.items": "What was talked about at a meeting",
    "governoraction.words": "What somebody is to do",
    "governoraction.done_note": "What they did",
}
IMPERSONAL = (
    "meeting.committee",
    "meeting.minute",
    "governorreport.figures",
    "governorreport.label",
    "governorreport.recipient",
    "governorreport.sha256",
    "governorreport.trail_hash",
    "governorreview.label",
    "governorreview.pack",
    "governorreview.reference",
    "governorreview.text_hash",
    "reportfile.sha256",
)

"""Powers over reports, governors' reviews and dashboards, each a plain sentence."""

POWERS = {
    "view_reports": "Read the reports to governors and authority once they are issued",
    "write_report": "Start a report, write its commentary, send the headteacher theirs",
    "issue_report": "Issue a report to the governors or an authority",
    "export_report": "Take the tables of a report out as files",
    "view_governor_reviews": "See the governors’ reviews and what came of them",
    "write_governor_review": "Prepare and record a governors’ review",
    "ask_governor_question": "Ask the school a question as a governor",
    "sign_governor_review": "Sign off a governors’ review",
    "view_meetings": "See the calendar of committees and what they talked about",
    "view_leaders_meetings": "See the meetings of the lead with senior leaders",
    "write_meeting": "Plan and record meetings on online safety",
    "view_compliance": "See on one page what is met, late and missing",
    "view_governor_dashboard": "See the governors’ figures, never a name",
    "view_head_dashboard": "See the headteacher’s figures",
    "view_lead_dashboard": "See the safeguarding lead’s figures",
    "view_technical_dashboard": "See the technician’s figures",
    "view_office_dashboard": "See the office’s figures",
}

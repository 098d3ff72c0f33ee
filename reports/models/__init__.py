"""Reports as they were issued, governors' reviews, meetings, and what came of them."""

from reports.models.meetings import GovernorAction, Meeting, MeetingAttendee
from reports.models.reports import GovernorReport, ReportFile, ReportReading, pdf_path
from reports.models.reviews import GovernorQuestion, GovernorReview, ReviewAttendee

__all__ = [
    "GovernorAction",
    "GovernorQuestion",
    "GovernorReport",
    "GovernorReview",
    "Meeting",
    "MeetingAttendee",
    "ReportFile",
    "ReportReading",
    "ReviewAttendee",
    "pdf_path",
]

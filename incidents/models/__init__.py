"""Everything an incident is made of, importable from one place."""

from incidents.models.incident import (
    Incident,
    IncidentLink,
    IncidentTheme,
    IncidentUserObjectPermission,
    Involvement,
)
from incidents.models.story import ClosingRecord, CustodyLine, Event, Evidence, Feedback
from incidents.models.work import (
    Agency,
    Decision,
    DecisionAnswer,
    ParentContact,
    Referral,
    Sanction,
    Task,
)

__all__ = [
    "Agency",
    "ClosingRecord",
    "CustodyLine",
    "Decision",
    "DecisionAnswer",
    "Event",
    "Evidence",
    "Feedback",
    "Incident",
    "IncidentLink",
    "IncidentTheme",
    "IncidentUserObjectPermission",
    "Involvement",
    "ParentContact",
    "Referral",
    "Sanction",
    "Task",
]

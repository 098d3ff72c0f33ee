"""What is in use, what is asked for and changed, what monitoring reports, and how it is watched."""

from filtering.models.alerts import (
    Alert,
    AlertEvent,
    AlertImport,
    AlertSample,
    AlertSource,
    HookDelivery,
)
from filtering.models.changes import (
    ChangeProfile,
    ChangeRequest,
    ChangeTarget,
    LogEntry,
    SeparationException,
)
from filtering.models.failures import FailureReport
from filtering.models.oversight import (
    CheckPoint,
    CheckResult,
    FilterCheck,
    MonitoringFinding,
    MonitoringReport,
    Review,
    ReviewAction,
    ReviewParticipant,
    ReviewSignature,
)
from filtering.models.register import Attestation, Profile, Rule, Service

__all__ = [
    "Alert",
    "AlertEvent",
    "AlertImport",
    "AlertSample",
    "AlertSource",
    "Attestation",
    "ChangeProfile",
    "ChangeRequest",
    "ChangeTarget",
    "CheckPoint",
    "CheckResult",
    "FailureReport",
    "FilterCheck",
    "HookDelivery",
    "LogEntry",
    "MonitoringFinding",
    "MonitoringReport",
    "Profile",
    "Review",
    "ReviewAction",
    "ReviewParticipant",
    "ReviewSignature",
    "Rule",
    "SeparationException",
    "Service",
]

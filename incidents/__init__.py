"""Online-safety incidents: report, triage, decide by the ladder, refer, escalate, close."""

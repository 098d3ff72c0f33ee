"""The policy's ladder as one incident needs it."""

from django.utils.timezone import localdate

from incidents.models import Incident
from policies.models import PolicyVersion
from policies.queries import infringement_rows, ladder_on
from policies.repetition import Earlier, RepeatSuggestion, repeat_rule


def ladder_of(incident: Incident) -> PolicyVersion | None:
    """Return the ladder in force on the day it happened (domain 4.2)."""
    return ladder_on(incident.school, localdate(incident.occurred_at))


def repeat_for(
    ladder: PolicyVersion, subject: str, earlier: list[Earlier]
) -> list[tuple[str, RepeatSuggestion]]:
    """Return what the repeat rule makes of each infringement that happened before (INC-16).

    One query, or none without earlier incidents.
    """
    if not earlier:
        return []
    rows = infringement_rows(ladder, subject)
    keys = {past.key for past in earlier}
    found = [(row.label, repeat_rule(row, earlier, among=rows)) for row in rows if row.key in keys]
    return [(label, suggestion) for label, suggestion in found if suggestion]

"""A filter change in words that name nobody: for the log, which governors read (FIL-35)."""

from collections.abc import Iterable

from common.dates import uk_date
from filtering.asking.addresses import shown
from filtering.categories import label_of
from filtering.models import ChangeRequest, ChangeTarget, Rule
from filtering.vocabulary import TargetKind

DONE = {"block": "blocked", "allow": "allowed"}


def words_of(target: ChangeTarget | Rule) -> str:
    """Return what a target or a rule is about, as people read it."""
    category = target.kind == TargetKind.CATEGORY
    return label_of(target.target) if category else shown(target.target)


def targets_in_words(targets: Iterable[ChangeTarget]) -> str:
    """Return what a change is about."""
    return ", ".join(words_of(target) for target in targets)


def asked_in_words(change: ChangeRequest, names: Iterable[str]) -> str:
    """Return what a change asks for, for whom and until when; no address, no person."""
    for_whom = ", ".join(names)
    if change.extends_id:
        return f"More time until {uk_date(change.until_date)} for {for_whom}"
    until = f" until {uk_date(change.until_date)}" if change.until_date else ""
    where = f" at {', '.join(change.sites)}" if change.sites else ""
    return f"{change.get_direction_display()} for {for_whom}{where}{until}"


def cause_of(change: ChangeRequest) -> str:
    """Return the number of what a change came from, in words, or that of the change itself."""
    if change.incident_reference:
        return f"Incident {change.incident_reference}"
    if change.failure_id and change.failure:
        return f"Report {change.failure.reference}"
    if change.alert_id:
        return f"Alert {change.alert_id}"
    if change.extends_id and change.extends:
        return f"Filter change {change.extends.reference}"
    return f"Filter change {change.reference}"

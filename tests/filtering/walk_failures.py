"""Walk reports about filtering into every state by the real actions."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from filtering.actions import failing, mending
from filtering.models import FailureReport
from tests.cast import NOW, Cast

LATER = timedelta(minutes=5)
STEPS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "acknowledged": ("acknowledge_failure", "tina", {}),
    "contained": ("contain_failure", "tina", {"note": "The site is blocked."}),
    "escalated": ("escalate_failure", "tina", {"provider": "The grid", "authority_told": True}),
    "fixed": ("fix_failure", "tina", {"cause": "A rule was missing."}),
    "closed": ("verify_failure", "tess", {"no_incident_reason": "Nobody saw it."}),
}
WAYS = {
    "acknowledged": ("acknowledged",),
    "contained": ("acknowledged", "contained"),
    "escalated": ("acknowledged", "escalated"),
    "fixed": ("acknowledged", "fixed"),
    "closed": ("acknowledged", "fixed", "closed"),
}


def report(
    cast: Cast, address: str = "bad.example", *, by: str = "tom", at: datetime = NOW, **more: Any
) -> FailureReport:
    """Report that something unsuitable was seen a few minutes ago."""
    told: dict[str, Any] = {
        "school": cast.school,
        "submission": uuid4(),
        "kind": "unsuitable",
        "address": address,
        "what": "A page with fighting came up.",
        "device": "Tablet 7",
        "site": "Main school",
        "seen_at": at - LATER,
        "exposed": "no",
    }
    return failing.report_failure(**told | more, by=getattr(cast, by), at=at)


def now(failure: FailureReport) -> FailureReport:
    """Return a report as it stands in the database."""
    return FailureReport.objects.select_related("school", "joined").get(pk=failure.pk)


def act(deed: str, cast: Cast, failure: FailureReport, *, by: str = "tina", **values: Any) -> Any:
    """Do a deed on a report as it stands now, five minutes after the report."""
    values = {"version": now(failure).version, "at": NOW + LATER, **values}
    return getattr(mending, deed)(failure=failure, **values, by=getattr(cast, by))


def make(cast: Cast, state: str, **told: Any) -> FailureReport:
    """Return a report that was walked into a state."""
    failure = report(cast, **told)
    for step in WAYS.get(state, ()):
        deed, by, values = STEPS[step]
        act(deed, cast, failure, by=by, **values)
    return now(failure)

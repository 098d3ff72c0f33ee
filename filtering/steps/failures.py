"""How every deed on a report about filtering begins and ends: locked, checked, written down."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from audit.actions import record
from common.errors import StepRefused
from filtering.conditions.failures import check_not_joined, check_version
from filtering.log import write_entry
from filtering.models import FailureReport
from filtering.vocabulary import EntryKind
from filtering.workflow import FAILURE
from people.models import Person
from roles.queries import person_may


def begin(
    step: str, *, failure: FailureReport, version: int, by: Person, at: datetime
) -> FailureReport:
    """Lock a report and refuse the step unless state, version and power allow it.

    Returns the report as it stands in the database now. Refuses one that joined another.
    """
    rows = FailureReport.objects.select_for_update(of=("self",)).select_related("school", "joined")
    locked = rows.get(pk=failure.pk)
    check_not_joined(locked)
    check_version(locked, version)
    FAILURE.check(step, locked.state)
    if not person_may(by, FAILURE.step(step).needs, on=localdate(at)):
        raise StepRefused("Your role at this school does not allow this step.")
    return locked


def finish(
    step: str,
    failure: FailureReport,
    *,
    words: str,
    text: str = "",
    cause: str = "",
    before: str = "",
    after: str = "",
    fields: tuple[str, ...] = (),
    facts: dict[str, Any] | None = None,
    by: Person,
    at: datetime,
) -> FailureReport:
    """Move a report to the step's target, save the named fields, write change log and trail."""
    failure.state = FAILURE.step(step).target or failure.state
    failure.version += 1
    failure.save(update_fields=["state", "version", *fields])
    write_entry(
        school=failure.school,
        kind=EntryKind.FAILURE,
        words=f"Report {failure}: {words}",
        text=text,
        target=failure.domain,
        before=before,
        after=after,
        failure=failure,
        cause=cause or f"Report {failure}",
        by=by,
        at=at,
    )
    record(step, failure, by=by, at=at, facts={"state": failure.state, **(facts or {})})
    return failure

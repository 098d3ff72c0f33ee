"""May this be done to this report about filtering now? Conditions that no role overrides."""

from common.errors import Conflicted, Refusal, StaleRecord
from filtering.models import FailureReport
from filtering.vocabulary import Exposed
from people.models import Person


def check_version(failure: FailureReport, version: int) -> None:
    """Refuse a change made on a page that was opened before somebody else's change."""
    if failure.version != version:
        raise StaleRecord(
            "Somebody changed this report after you opened the page. Nothing was saved, and what "
            "you typed is still here. Look at what changed, then send it again."
        )


def check_not_joined(failure: FailureReport) -> None:
    """Refuse work on a report that joined another: the work is done there (FIL-24)."""
    if failure.joined:
        raise Refusal(
            f"This report joined {failure.joined}, which is about the same site. Work on that one."
        )


def check_another_person(failure: FailureReport, by: Person) -> None:
    """Refuse whoever mended it: a second person tests (FIL-12)."""
    if by.pk == failure.fixed_by_id:
        raise Conflicted("You mended this yourself, so somebody else has to test it.")


def needs_incident(failure: FailureReport) -> bool:
    """Return whether a pupil may have been exposed and no incident was opened for it (FIL-12)."""
    return failure.exposed != Exposed.NO and not failure.incident_reference


def check_exposure(failure: FailureReport, no_incident_reason: str) -> None:
    """Refuse to close what a pupil may have met without an incident, or why none is needed."""
    if needs_incident(failure) and not no_incident_reason.strip():
        raise Refusal(
            "A pupil may have been exposed. Raise an incident from this report first, or say why "
            "none is needed."
        )


def needs_authority(failure: FailureReport) -> bool:
    """Return whether the local authority or trust has still to be told (FIL-13)."""
    return bool(
        failure.escalated_at
        and not failure.authority_told_at
        and failure.school.setting("tell_authority")
    )

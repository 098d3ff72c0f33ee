"""May this be done to a monitoring report, a check or a review now? Each refusal is a sentence."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localdate

from common.errors import Refusal, StaleRecord, StepRefused
from filtering.models import MonitoringReport, Review, ReviewParticipant
from filtering.vocabulary import Capacity
from people.models import Person
from roles.queries import person_may, role_codes_of

# In which roles somebody takes part in a review and signs it (R-FM-2).
SIGNING: dict[str, frozenset[str]] = {
    Capacity.LEADER: frozenset({"head", "deputy", "slt"}),
    Capacity.SAFEGUARDING: frozenset({"dsl", "osl"}),
    Capacity.IT: frozenset({"tech", "filt_mgr"}),
    Capacity.GOVERNOR: frozenset({"os_gov", "chair"}),
}
# In which roles somebody checks the filter, from both sides (R-FM-3).
CHECKING = {
    "safeguarding": frozenset({"dsl", "osl", "head", "deputy"}),
    "it": frozenset({"tech", "filt_mgr", "mon_lead", "msp"}),
}
SIDES = {"safeguarding": "safeguarding", "it": "IT"}


def check_power(by: Person, *powers: str, at: datetime) -> None:
    """Refuse somebody who holds none of these powers on the day (ROL-30)."""
    if not any(person_may(by, power, on=localdate(at)) for power in powers):
        raise StepRefused("Your role at this school does not allow this step.")


def check_seen(record: MonitoringReport | Review, version: int) -> None:
    """Refuse a deed on something that was changed after the page was opened."""
    if record.version != version:
        raise StaleRecord(
            "Somebody changed this after you opened it. Look at it as it stands now, then send "
            "again. What you typed is still here."
        )


def check_capacity(person: Person, capacity: str, *, at: datetime) -> None:
    """Refuse somebody whose roles that day do not let them sign in a capacity (R-FM-2)."""
    if not SIGNING[capacity] & role_codes_of(person, on=localdate(at)):
        word = Capacity(capacity).label
        raise Refusal(f"{person} holds no role today in which to sign as “{word}”.")


def missing_before_offer(
    review: Review, participants: Iterable[ReviewParticipant]
) -> list[tuple[str, bool]]:
    """Return what a review needs before it is offered for signing, and whether it has it."""
    present = {one.capacity for one in participants}
    return [
        ("What is blocked and allowed is described", bool(review.provision)),
        ("Findings are written", bool(review.findings)),
        *((f"{one.label} takes part", one in present) for one in Capacity),
    ]

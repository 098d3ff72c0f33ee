"""May this be done to a monitoring report, a check or a review now? Each refusal is a sentence."""

from datetime import datetime

from django.utils.timezone import localdate

from common.errors import StaleRecord, StepRefused
from filtering.models import MonitoringReport, Review
from people.models import Person
from roles.queries import person_may


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

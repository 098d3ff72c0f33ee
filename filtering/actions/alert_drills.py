"""Try out the chain of people who are told of an urgent alert (FIL-16)."""

from datetime import datetime

from django.db import transaction

from audit.actions import record
from common.errors import Refusal
from filtering.intake.routing import Router
from filtering.intake.writing import tell_owners, write_alerts
from filtering.models import Alert
from filtering.vocabulary import Severity
from filtering.workflow import ALERT_OPEN
from people.models import Person, School


@transaction.atomic
def start_drill(*, school: School, by: Person, at: datetime) -> Alert:
    """Make an urgent alert that is only a drill, and let its chain run for real.

    Refuses a second one while one is under way.
    """
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    if Alert.objects.filter(school=school, drill=True, state__in=ALERT_OPEN).exists():
        raise Refusal("A drill is under way. Let it end first.")
    alert = Alert(
        school=school,
        drill=True,
        severity=Severity.URGENT,
        happened_at=at,
        received_at=at,
        rule="Drill",
        note="This is a drill. Nothing happened.",
    )
    write_alerts([alert], Router(school, at=at), words="A drill was started.", by=by)
    tell_owners(school, [alert], at=at)
    record("start_drill", alert, by=by, at=at)
    return alert

"""What became of the recurring duties that fell due in a span of days, counted (REP-02, SYS-02)."""

from dataclasses import dataclass

from django.db.models import Case, CharField, Count, F, Value, When
from django.db.models.functions import TruncDate

from common.sections import Period
from people.calendar import LONDON
from people.models import School
from reminders.models import DutyOccurrence


@dataclass(frozen=True)
class Fate:
    """How often one duty came to one end: its state, or for a met one "in_time" or "late"."""

    duty: str
    fate: str
    count: int


def fates_of(school: School, period: Period) -> list[Fate]:
    """Return what became of each duty that fell due in a span. One query.

    One that the school asked for no more is left out.
    """
    rows = DutyOccurrence.objects.filter(
        school=school, due_date__range=(period.start, period.end)
    ).exclude(state="withdrawn")
    fate = Case(
        When(state="met", done_date__lte=F("due_date"), then=Value("in_time")),
        When(state="met", then=Value("late")),
        default=F("state"),
        output_field=CharField(),
    )
    counted = (
        rows.annotate(done_date=TruncDate("done_at", tzinfo=LONDON))
        .values("duty", fate=fate)
        .annotate(count=Count("pk"))
        .order_by()
    )
    return [Fate(**row) for row in counted]

"""Read the termly sample of false alarms (FIL-15)."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from filtering.models import Alert, AlertSample
from filtering.queries.alerts import alerts_visible_to
from filtering.queries.periods import Period, school_year_on, term_at
from people.models import Person, School


def period_of_sample(school: School, day: date) -> tuple[Period, str]:
    """Return the term a sample of a day belongs to, and its name with the year."""
    term, year = term_at(school, day), school_year_on(school, day)
    return term, term.name if term.name == year.name else f"{term.name} {year.name}"


def to_draw_from(person: Person, powers: Collection[str], period: Period) -> QuerySet[Alert, Alert]:
    """Return the false alarms judged in a term that a person may see and nobody sampled."""
    return alerts_visible_to(person, powers).filter(
        state="false_alarm",
        drill=False,
        sample=None,
        triaged_at__range=(period.begins_at, period.ends_at),
    )


def samples_visible_to(
    person: Person, powers: Collection[str]
) -> QuerySet[AlertSample, AlertSample]:
    """Return what was ever drawn of the alerts a person may see, the latest first."""
    related = ("alert__source", "alert__person", "alert__triaged_by", "checked_by")
    rows = AlertSample.objects.filter(alert__in=alerts_visible_to(person, powers))
    return rows.select_related(*related)


def sample_or_404(person: Person, powers: Collection[str], pk: int) -> AlertSample:
    """Return one drawn false alarm, or 404."""
    found = samples_visible_to(person, powers).filter(pk=pk).first()
    if found is None:
        raise Http404("no such sample")
    return found

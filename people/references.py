"""Give records of a school their numbers: one after the other, none twice, none skipped."""

from django.db.models import F

from people.models import Counter, School


def next_reference(*, school: School, series: str, year: int) -> str:
    """Return the next reference of a series in a year, such as "2026-0042" (INC-01).

    The counter row stays locked until the caller's transaction ends, so a rolled-back report
    leaves no gap and two at once cannot get the same number.
    """
    Counter.objects.get_or_create(school=school, series=series, year=year)
    counter = Counter.objects.select_for_update().get(school=school, series=series, year=year)
    Counter.objects.filter(pk=counter.pk).update(last=F("last") + 1)
    return f"{year}-{counter.last + 1:04d}"

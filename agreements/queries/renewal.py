"""Whether a school year's round of agreements is over (AGR-06, AGR-08)."""

from datetime import date, datetime, time

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.timezone import make_aware

from agreements.models import ClassSitting, Obligation
from agreements.vocabulary import Trigger
from agreements.workflow import OPEN
from people.models import PupilEnrolment, School


def asked_again(start: date, end: date) -> QuerySet[Obligation, Obligation]:
    """Return what was asked for again for a new year in a span of days."""
    return Obligation.objects.filter(trigger=Trigger.SEPTEMBER, issued_at__date__range=(start, end))


def renewed(school: School, start: date, end: date) -> datetime | None:
    """Return when the last of those asked again for a new year answered, or None (AGR-06)."""
    rows = asked_again(start, end).filter(school=school)
    found = rows.aggregate(last=Max("changed_at"), open=Count("pk", filter=Q(state__in=OPEN)))
    last: datetime | None = found["last"]
    return None if found["open"] else last


def readings(start: date, end: date) -> QuerySet[ClassSitting, ClassSitting]:
    """Return the readings that were opened in a span of days."""
    return ClassSitting.objects.filter(
        opened_at__gte=make_aware(datetime.combine(start, time.min)),
        opened_at__lte=make_aware(datetime.combine(end, time.max)),
    )


def read_in_every_class(school: School, start: date, end: date) -> datetime | None:
    """Return when the last class with pupils had read its agreement in a span of days (AGR-08).

    None while one has not, and where there are no classes.
    """
    classes = PupilEnrolment.objects.filter(
        school=school, end_date=None, pupil__left_date=None, school_class__isnull=False
    )
    wanted = set(classes.order_by().values_list("school_class", flat=True).distinct())
    if not wanted:
        return None
    sittings = readings(start, end).filter(school=school, attendances__isnull=False)
    first = dict(sittings.order_by().values_list("school_class").annotate(at=Min("opened_at")))
    if not wanted <= first.keys():
        return None
    return max(first[number] for number in wanted)

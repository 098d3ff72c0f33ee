"""The figures of own devices and of recording with them in a report."""

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from assets.models import PersonalDevice, RecordingPermission, RecordingUse
from common.sections import Period, Row, Section, Table
from people.models import Person, School

LEAD = (
    "Devices and permissions count when they were noted or asked for, pictures on the day they "
    "were taken."
)
DEVICES = {
    "staff": "Noted by staff",
    "asked": "Asked for by parents",
    "allowed": "Allowed, of those asked for",
    "refused": "Refused, of those asked for",
}
RECORDING = {
    "asked": "Asked for",
    "allowed": "Allowed by the headteacher",
    "refused": "Refused",
    "withdrawn": "Withdrawn",
}
PICTURES = {
    "same_day": "Off the device the same day",
    "late": "Off the device later",
    "open": "Not said to be off the device",
}


def sections(school: School, period: Period) -> list[Section]:
    """Return the figures of a span of days. Three queries."""
    tables = (
        Table(
            "devices",
            "Which own devices came into school",
            "Devices",
            _rows(DEVICES, _devices(school, period)),
        ),
        Table(
            "recording",
            "Who was allowed to record with their own device",
            "Permissions",
            _rows(RECORDING, _recording(school, period)),
        ),
        _pictures(school, period),
    )
    return [Section("own_devices", "People’s own devices", 57, LEAD, tables)]


def _rows(labels: dict[str, str], counts: dict[str, int]) -> tuple[Row, ...]:
    """Return the rows without a link: their lists show all times, so not just what is counted."""
    return tuple(Row(key, label, counts[key]) for key, label in labels.items())


def _devices(school: School, period: Period) -> dict[str, int]:
    pupil = Q(owner__kind=Person.Kind.PUPIL)
    decided = pupil & Q(decided_at__isnull=False)
    refused = Q(state=PersonalDevice.State.REFUSED)
    rows = PersonalDevice.objects.filter(school=school, **_span("asked_at", period))
    return rows.aggregate(
        staff=Count("pk", filter=Q(owner__kind=Person.Kind.STAFF)),
        asked=Count("pk", filter=pupil),
        allowed=Count("pk", filter=decided & ~refused),
        refused=Count("pk", filter=decided & refused),
    )


def _recording(school: School, period: Period) -> dict[str, int]:
    refused = Q(state="refused")
    rows = RecordingPermission.objects.filter(school=school, **_span("asked_at", period))
    return rows.aggregate(
        asked=Count("pk"),
        allowed=Count("pk", filter=Q(decided_at__isnull=False) & ~refused),
        refused=Count("pk", filter=refused),
        withdrawn=Count("pk", filter=Q(state="withdrawn")),
    )


def _pictures(school: School, period: Period) -> Table:
    same_day = Q(deleted_day=F("used_date"))
    counts = (
        RecordingUse.objects.filter(
            school=school, used_date__gte=period.start, used_date__lte=period.end
        )
        .annotate(deleted_day=TruncDate("deleted_at"))
        .aggregate(
            same_day=Count("pk", filter=Q(confirmed_at__isnull=False) & same_day),
            late=Count("pk", filter=Q(confirmed_at__isnull=False) & ~same_day),
            open=Count("pk", filter=Q(confirmed_at=None)),
            total=Count("pk"),
        )
    )
    rows = _rows({**PICTURES, "total": "All together"}, counts)
    title = "Whether pictures were off people’s own devices the same day"
    return Table("pictures", title, "When", rows, adds_up=True)


def _span(field: str, period: Period) -> dict[str, object]:
    return {f"{field}__gte": period.begins_at, f"{field}__lt": period.ends_at}

"""The figures of phones during the school day in a report."""

from django.db.models import Count, Q, QuerySet

from assets.models import HandIn, PhoneUse, PrivateCall
from assets.queries.phones import kept_over_night
from common.pages import page_url
from common.sections import Period, Row, Section, Table
from people.models import School

LEAD = (
    "Devices count on the day they were handed in, permissions when they were asked for or written "
    "down, private phones on the day they were used."
)
USES = {
    "staff": "For staff outside breaks",
    "lesson": "For pupils’ devices in a lesson",
    "emergency": "In an emergency, written down afterwards",
    "refused": "Refused, of these",
    "withdrawn": "Withdrawn, of these",
}
CALLS = {
    "used": "All together",
    "shown": "With a number that may have been seen",
    "unread": "Not read by the headteacher or the chair yet",
}


HANDED = {
    "same_day": "On the same day",
    "overnight": "Later, or not yet",
    "total": "All together",
}
# What each row's list is filtered by besides the days.
SHOWS = {
    "same_day": "state=same_day",
    "overnight": "state=overnight",
    "staff": "kind=staff&how=before",
    "lesson": "kind=lesson",
    "emergency": "how=emergency",
    "refused": "state=refused",
    "withdrawn": "state=withdrawn",
    "shown": "hidden=False",
    "unread": "read=no",
}


def sections(school: School, period: Period) -> list[Section]:
    """Return the figures of a span of days. Four queries."""
    handed = page_url(school, "hand_in_list"), "view_hand_ins"
    uses = page_url(school, "phone_use_list"), "view_phone_uses"
    calls = page_url(school, "private_call_list"), "read_private_calls"
    tables = (
        Table(
            "handed_in",
            "When devices handed in were given back",
            "Given back",
            _rows(_hand_ins(school, period), HANDED, *handed, period),
            adds_up=True,
        ),
        Table(
            "uses",
            "What phones were asked for and allowed for",
            "Permissions",
            _rows(_uses(school, period), USES, *uses, period),
        ),
        Table(
            "calls",
            "Private phones used in an emergency",
            "What happened",
            _rows(_calls(school, period), CALLS, *calls, period),
        ),
    )
    return [Section("phones", "Phones during the school day", 58, LEAD, tables)]


def _rows(
    counts: dict[str, int], labels: dict[str, str], url: str, power: str, period: Period
) -> tuple[Row, ...]:
    """Return rows that lead to what each counts."""
    days = f"since={period.start.isoformat()}&until={period.end.isoformat()}"
    return tuple(
        Row(
            name,
            label,
            counts[name],
            url=f"{url}?{days}&{SHOWS.get(name, '')}".rstrip("&"),
            power=power,
        )
        for name, label in labels.items()
    )


def _hand_ins(school: School, period: Period) -> dict[str, int]:
    total = _within(HandIn.objects.filter(school=school), "in_at", period).count()
    overnight = kept_over_night(school, period.start, period.end).count()
    return {"same_day": total - overnight, "overnight": overnight, "total": total}


def _uses(school: School, period: Period) -> dict[str, int]:
    rows = _within(PhoneUse.objects.filter(school=school), "asked_at", period)
    asked = Q(given_at=None)
    return rows.aggregate(
        staff=Count("pk", filter=asked & Q(kind="staff")),
        lesson=Count("pk", filter=asked & Q(kind="lesson")),
        emergency=Count("pk", filter=~asked),
        refused=Count("pk", filter=Q(state="refused")),
        withdrawn=Count("pk", filter=Q(state="withdrawn")),
    )


def _calls(school: School, period: Period) -> dict[str, int]:
    calls = _within(PrivateCall.objects.filter(school=school), "used_at", period)
    return calls.aggregate(
        used=Count("pk"),
        shown=Count("pk", filter=Q(number_hidden=False)),
        unread=Count("pk", filter=Q(read_at=None)),
    )


def _within(rows: QuerySet, field: str, period: Period) -> QuerySet:
    span = {f"{field}__gte": period.begins_at, f"{field}__lt": period.ends_at}
    return rows.filter(**span)

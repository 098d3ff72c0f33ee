"""What of phones during the school day needs a person now, and what falls due (MOB-03 to 09)."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Expression, Q, QuerySet
from django.utils.timezone import localdate

from assets.models import HandIn, PhoneUse, PrivateCall
from assets.queries.phones import calls_to_read, not_back, phone_uses_on, start_of_day
from common.asking import answers, any_of, counts_of
from common.dates import uk_date
from common.duties import Due, Figure, Need, RecurringDuty
from common.pages import page_url
from common.requests import SchoolRequest
from common.stand_ins import with_settings
from people.calendar import LONDON, SchoolCalendar, end_of_school_day
from people.models import School, SchoolClass
from roles.queries import holders_of_power

REMINDERS = {
    "devices_not_back": "Devices handed in and not given back",
    "private_call_unread": "Private phone used in an emergency, not read yet",
}
RECURRING: tuple[RecurringDuty, ...] = ()
WORDS = {
    "devices_not_back": (
        "Devices that were handed in were not given back at the end of the day. This stops once "
        "they are."
    ),
    "private_call_unread": (
        "Somebody used a private phone in an emergency and you have not read about it. This stops "
        "once you say that you have."
    ),
}
MOST = 6


@with_settings("hand_in", "school_day_ends")
def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know of phones, as far as the person has part in it."""
    school, found = request.school, {}
    if request.may("hand_in_devices"):
        found["class"] = counts_of(_of_my_classes(request), count=Count("pk"))
    if request.may("chase_hand_ins"):
        found["office"] = counts_of(
            not_back(school),
            count=Count("pk"),
            before_today=Count("pk", filter=Q(in_at__lt=start_of_day(at))),
            before_end=Count("pk", filter=Q(in_at__lt=end_of_school_day(school, at))),
        )
    if request.may("decide_phone_use"):
        found["asked"] = any_of(_to_decide(request))
    if request.may("read_private_calls") or request.may("read_head_calls"):
        found["calls"] = any_of(calls_to_read(request.person, request.powers))
    if request.may("view_phone_uses"):
        found["active"] = counts_of(phone_uses_on(school, localdate(at)), count=Count("pk"))
    return found


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return devices to give back, uses of phones to decide on, and calls to read about."""
    told = answers(request, asks, at=at)
    return [
        *_class(request, told.get("class") or {}, at),
        *_office(request, told.get("office") or {}, at),
        *(_asked(request, at) if told.get("asked") else []),
        *(_calls(request, at) if told.get("calls") else []),
    ]


def _of_my_classes(request: SchoolRequest) -> QuerySet[HandIn, HandIn]:
    """Return what is here of the classes whose teacher the person is; none handed in elsewhere."""
    if request.school.setting("hand_in") != "class":
        return HandIn.objects.none()
    return not_back(request.school).filter(
        owner__enrolments__school_class__teacher=request.person, owner__enrolments__end_date=None
    )


def _class(request: SchoolRequest, counts: dict[str, int], at: datetime) -> list[Need]:
    if not counts.get("count"):
        return []
    rows = _of_my_classes(request)
    oldest = rows.order_by("in_at").values_list("in_at", "owner__enrolments__school_class")[0]
    due = _due(request.school, oldest[0])
    return [
        Need(
            f"{_devices(counts['count'])} to give back",
            "Handed in by your class",
            page_url(request.school, "hand_in_class", oldest[1]),
            "Give them back",
            due,
            late=due < at,
        )
    ]


def _office(request: SchoolRequest, counts: dict[str, int], at: datetime) -> list[Need]:
    """Return what was not given back, and at reception what is to be given back today (MOB-03)."""
    found = []
    over = at >= end_of_school_day(request.school, at)
    late, here = counts.get("before_end" if over else "before_today", 0), counts.get("count", 0)
    url = page_url(request.school, "hand_in_list")
    if late:
        oldest = not_back(request.school).order_by("in_at").values_list("in_at", flat=True)[0]
        found.append(
            Need(
                f"{_devices(late)} not given back",
                "Handed in and still here after the end of the day",
                f"{url}?state=late",
                "See whose they are",
                _due(request.school, oldest),
                late=True,
            )
        )
    if here > late and request.school.setting("hand_in") == "office":
        found.append(
            Need(
                f"{_devices(here - late)} to give back",
                "Handed in at reception",
                page_url(request.school, "hand_in_day"),
                "Give them back",
                _due(request.school, at),
            )
        )
    return found


def _devices(count: int) -> str:
    return "1 device" if count == 1 else f"{count} devices"


def _due(school: School, handed_in: datetime) -> datetime:
    """Return by when what was handed in should be back: the end of that day."""
    noon = datetime.combine(localdate(handed_in), time(12), LONDON)
    return end_of_school_day(school, noon)


def _to_decide(request: SchoolRequest) -> QuerySet[PhoneUse, PhoneUse]:
    rows = PhoneUse.objects.filter(school=request.school, state="asked")
    return rows.exclude(holder=request.person)


def _asked(request: SchoolRequest, at: datetime) -> list[Need]:
    found = []
    for permission in _to_decide(request).order_by("from_date", "pk")[:MOST]:
        due = _due(request.school, datetime.combine(permission.from_date, time(12), LONDON))
        found.append(
            Need(
                f"Use of a phone {permission}",
                f"Asked for {uk_date(permission.asked_at)}, for {uk_date(permission.from_date)}",
                page_url(request.school, "phone_use_decide", permission.reference),
                "Decide",
                due,
                late=due < at,
            )
        )
    return found


def _calls(request: SchoolRequest, at: datetime) -> list[Need]:
    found = []
    calls = calls_to_read(request.person, request.powers).order_by("recorded_at")
    for call in calls[:MOST]:
        due = _day_after(request.school, call.recorded_at)
        found.append(
            Need(
                "A private phone was used in an emergency",
                f"Written down {uk_date(call.recorded_at)}",
                page_url(request.school, "private_call_read", call.pk),
                "Read it",
                due,
                late=due < at,
            )
        )
    return found


def _day_after(school: School, moment: datetime) -> datetime:
    """Return the end of the school day after a moment's."""
    day = SchoolCalendar.of(school).add_school_days(localdate(moment), 1)
    return end_of_school_day(school, datetime.combine(day, time(12), LONDON))


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return how many uses of phones are allowed today, for those who see them."""
    active = answers(request, asks, at=at).get("active")
    if not active or not active["count"]:
        return []
    today = localdate(at)
    day = f"on_day={today.day}&on_month={today.month}&on_year={today.year}"
    url = f"{page_url(request.school, 'phone_use_list')}?{day}"
    return [Figure(active["count"], "uses of phones are allowed today", url)]


def may_be_due(*, on: date) -> list[QuerySet[Any, Any]]:
    """Return the rows, of any school, without which there is nothing to remind of."""
    return [
        HandIn.objects.filter(back_at=None, in_at__date__lt=on),
        PrivateCall.objects.filter(read_at=None, recorded_at__date__lt=on),
    ]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield whom to remind of what was not given back on its day, and of what is not read.

    The office, and where classes take devices in the class teacher too: once for each day on which
    something was handed in (MOB-03). Who reads about private phones: once (MOB-09).
    """
    yield from _not_back(school, on)
    unread = PrivateCall.objects.filter(
        school=school, read_at=None, recorded_at__date__lt=on
    ).order_by("pk")
    for call in unread:
        power = "read_head_calls" if call.to_chair else "read_private_calls"
        for reader in holders_of_power(school, power, on=on).exclude(pk=call.caller_id):
            duty = "private_call_unread"
            yield Due(duty, reader.pk, str(call.pk), WORDS[duty])


def _not_back(school: School, on: date) -> Iterator[Due]:
    late = not_back(school).filter(in_at__date__lt=on)
    days = sorted({localdate(moment) for moment in late.values_list("in_at", flat=True)})
    if not days:
        return
    people = set(holders_of_power(school, "chase_hand_ins", on=on).values_list("pk", flat=True))
    if school.setting("hand_in") == "class":
        taught = SchoolClass.objects.filter(
            enrolments__pupil__in=late.values("owner"), enrolments__end_date=None
        )
        people |= set(taught.exclude(teacher=None).values_list("teacher", flat=True))
    for day in days:
        for person in sorted(people):
            yield Due("devices_not_back", person, day.isoformat(), WORDS["devices_not_back"])

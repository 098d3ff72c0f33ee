"""Read what was handed in, who may use a phone, and private phones used: who may see which."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import TruncDate
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from assets.models import HandIn, Misuse, PersonalDevice, PhoneUse, PrivateCall
from people.calendar import LONDON, end_of_school_day
from people.models import Person, PupilEnrolment, School, SchoolClass

KEPT = PersonalDevice.State.KEPT


def places_of(school: School) -> list[str]:
    """Return where devices handed in may lie, as the school's settings name the places."""
    named = [place.strip() for place in school.setting("hand_in_places").split(",")]
    return [place for place in named if place] or ["Office"]


def hand_in_rows(school: School) -> QuerySet[HandIn, HandIn]:
    """Return every device ever handed in, ready for a list; each knows its ``class_name``."""
    place = PupilEnrolment.objects.filter(pupil=OuterRef("owner"), end_date=None)
    rows = HandIn.objects.filter(school=school)
    rows = rows.annotate(class_name=Subquery(place.values("school_class__name")[:1]))
    return rows.select_related("owner", "taken_in_by", "given_back_by")


def hand_in_or_404(school: School, pk: int) -> HandIn:
    """Return one device handed in."""
    return get_object_or_404(hand_in_rows(school), pk=pk)


def late_before(school: School, at: datetime) -> datetime:
    """Return the moment before which what was handed in should be back: the last end of a day."""
    ends = end_of_school_day(school, at)
    return ends if at >= ends else start_of_day(at)


def start_of_day(at: datetime) -> datetime:
    """Return the midnight before a moment."""
    return datetime.combine(localdate(at), time(), LONDON)


def not_back(school: School) -> QuerySet[HandIn, HandIn]:
    """Return what was handed in and not given back."""
    return HandIn.objects.filter(school=school, back_at=None)


def classes_with_devices(
    school: School, *, late_before: datetime
) -> QuerySet[SchoolClass, SchoolClass]:
    """Return the classes with how many ``devices`` they may bring, how many are ``here`` or late.

    ``late`` are those handed in before ``late_before`` and not given back.
    """
    of_class = {"owner__enrolments__school_class": OuterRef("pk")}
    now = {"owner__enrolments__end_date": None}
    devices = PersonalDevice.objects.filter(**of_class, **now, state=KEPT)
    here = HandIn.objects.filter(**of_class, **now, back_at=None)
    rows = SchoolClass.objects.filter(school=school).select_related("teacher")
    late = here.filter(in_at__lt=late_before)
    counts = {"devices": _count(devices), "here": _count(here), "late": _count(late)}
    return rows.annotate(**counts).order_by("name")


def _count(rows: QuerySet[Any, Any]) -> Subquery:
    counted = rows.order_by().annotate(of=OuterRef("pk")).values("of").annotate(n=Count("pk"))
    return Subquery(counted.values("n"), output_field=IntegerField())


def class_or_404(school: School, pk: int) -> SchoolClass:
    """Return one class of a school."""
    return get_object_or_404(
        SchoolClass.objects.filter(school=school).select_related("teacher"), pk=pk
    )


def classes_taught(person: Person) -> list[SchoolClass]:
    """Return the classes whose teacher somebody is."""
    return list(SchoolClass.objects.filter(teacher=person))


def class_choices(school: School) -> QuerySet[SchoolClass, SchoolClass]:
    """Return the classes to choose from."""
    return SchoolClass.objects.filter(school=school)


def devices_of_class(school_class: SchoolClass, at: datetime) -> list[PersonalDevice]:
    """Return the devices a class may bring by owner, each with today's ``log``. Two queries.

    The log of a device is what is here, or was given back today, the latest first.
    """
    since = datetime.combine(localdate(at), time(), LONDON)
    log = HandIn.objects.filter(Q(back_at=None) | Q(back_at__gte=since)).order_by("-in_at")
    rows = PersonalDevice.objects.filter(
        state=KEPT,
        owner__enrolments__school_class=school_class,
        owner__enrolments__end_date=None,
    )
    named = rows.select_related("owner").order_by("owner__family_name", "owner__given_name", "pk")
    return list(named.prefetch_related(Prefetch("hand_ins", queryset=log, to_attr="log")))


def others_of_class(school_class: SchoolClass) -> list[HandIn]:
    """Return what pupils of a class handed in that is in no list and still here."""
    rows = HandIn.objects.filter(
        device=None,
        back_at=None,
        owner__enrolments__school_class=school_class,
        owner__enrolments__end_date=None,
    )
    return list(rows.select_related("owner").order_by("owner__family_name", "pk"))


def here_without_class(school: School) -> QuerySet[HandIn, HandIn]:
    """Return what people who are in no class handed in: staff, visitors and others."""
    placed = PupilEnrolment.objects.filter(pupil=OuterRef("owner"), end_date=None)
    placed = placed.exclude(school_class=None)
    rows = not_back(school).filter(~Exists(placed)).select_related("owner")
    return rows.order_by("in_at", "pk")


def phone_uses_visible_to(person: Person, powers: Collection[str]) -> QuerySet[PhoneUse, PhoneUse]:
    """Return the permissions a person may see: all, or one's own and lessons that are allowed.

    A colleague who meets a class with phones in its hands can look whether that is allowed.
    """
    rows = PhoneUse.objects.filter(school=person.school_id)
    if "view_phone_uses" not in powers and "decide_phone_use" not in powers:
        rows = rows.filter(Q(holder=person) | Q(kind="lesson", state="active"))
    return rows.select_related("holder", "school_class")


def phone_use_or_404(person: Person, powers: Collection[str], reference: str) -> PhoneUse:
    """Return one permission to use a phone with its people if the person may see it."""
    rows = phone_uses_visible_to(person, powers)
    return get_object_or_404(
        rows.select_related("school", "decided_by", "ended_by"), reference=reference
    )


def phone_uses_on(school: School, day: date) -> QuerySet[PhoneUse, PhoneUse]:
    """Return the permissions in force on a day."""
    rows = PhoneUse.objects.filter(school=school, state="active")
    return rows.filter(from_date__lte=day, until_date__gte=day)


def story_of_phone_use(permission: PhoneUse) -> list[dict[str, Any]]:
    """Return what happened with a permission as the timeline draws it, oldest first."""
    if permission.given_at:
        given, by = permission.given_at, permission.decided_by
        lines = [
            _line("Allowed by word of mouth in an emergency", by, given, permission.purpose),
            _line("Written down the same day", by, permission.decided_at),
        ]
    else:
        lines = [_line("Asked for", permission.holder, permission.asked_at, permission.purpose)]
        if permission.decided_at:
            title = "Refused" if permission.state == "refused" else "Allowed"
            by, note = permission.decided_by, permission.decision_note
            lines.append(_line(title, by, permission.decided_at, note))
    if permission.ended_at:
        title = permission.get_state_display()
        lines.append(_line(title, permission.ended_by, permission.ended_at, permission.ended_why))
    return lines


def _line(title: str, by: Person | None, at: Any, words: str = "") -> dict[str, Any]:
    return {"title": title, "by": by or "By the clock", "at": at, "words": words}


def calls_visible_to(person: Person, powers: Collection[str]) -> QuerySet[PrivateCall, PrivateCall]:
    """Return the private phones used that a person may read of: theirs, and by their power.

    The headteacher reads those of the staff; the chair reads the headteacher's (MOB-09).
    """
    seen = Q(caller=person)
    if "read_private_calls" in powers:
        seen |= Q(to_chair=False)
    if "read_head_calls" in powers:
        seen |= Q(to_chair=True)
    rows = PrivateCall.objects.filter(seen, school=person.school_id)
    return rows.select_related("caller", "read_by")


def calls_to_read(person: Person, powers: Collection[str]) -> QuerySet[PrivateCall, PrivateCall]:
    """Return what a person has to read: of others, and not read yet."""
    return calls_visible_to(person, powers).exclude(caller=person).filter(read_at=None)


def call_or_404(person: Person, powers: Collection[str], pk: int) -> PrivateCall:
    """Return one private phone used by somebody else if the person reads it."""
    return get_object_or_404(calls_visible_to(person, powers).exclude(caller=person), pk=pk)


def misuses_of(device: PersonalDevice, person: Person, powers: Collection[str]) -> list[Misuse]:
    """Return how a device was misused, for those who see the list and do not own it (MOB-15)."""
    if "view_own_devices" not in powers or device.owner_id == person.pk:
        return []
    return list(device.misuses.select_related("noted_by"))


def misuse_or_404(person: Person, pk: int) -> Misuse:
    """Return one misuse of somebody else's device."""
    rows = Misuse.objects.filter(school=person.school_id).exclude(device__owner=person)
    return get_object_or_404(rows.select_related("device__owner", "school"), pk=pk)


def recent_hand_ins(device: PersonalDevice) -> list[HandIn]:
    """Return the last five times a device was handed in."""
    return list(device.hand_ins.select_related("taken_in_by", "given_back_by")[:5])


def over_night() -> Q:
    """Return the condition that something was not given back on the day it was handed in."""
    return Q(back_at=None) | Q(back_at__date__gt=TruncDate("in_at"))


def kept_over_night(school: School, start: date, end: date) -> QuerySet[HandIn, HandIn]:
    """Return what was handed in in a span of days and not given back on its day."""
    begins = datetime.combine(start, time(), LONDON)
    ends = datetime.combine(end + timedelta(days=1), time(), LONDON)
    rows = HandIn.objects.filter(school=school, in_at__gte=begins, in_at__lt=ends)
    return rows.filter(over_night())

"""A demo school takes phones in for the day, allows their use, and reads of private ones."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from assets.actions.own_devices import allow_own_device, ask_for_device
from assets.actions.phones_calls import read_private_call, record_private_call
from assets.actions.phones_handing import give_back, hand_in_devices, hand_in_other
from assets.actions.phones_use import (
    PhoneUseTerms,
    ask_phone_use,
    decide_phone_use,
    end_phone_uses,
    record_emergency_use,
    refuse_phone_use,
)
from assets.models import HandIn, PersonalDevice, PhoneUse, PrivateCall
from people.models import CarerLink, Person, SchoolClass
from roles.actions import assign_role
from roles.models import Role
from safeguard.demo.arrivals import SET_UP
from safeguard.demo.stage import Stage

Deed = tuple[datetime, Callable[[datetime], object]]
MAKES = ("Lark 5", "Wren Mini", "Finch 2", "Old Robin", "Lark 4", "Swift One")
# Days back, what for, why or which activity, days it holds, whether it is allowed
USES = (
    (12, "staff", "A close relation is in hospital; the ward may ring.", 4, True),
    (8, "lesson", "Measure the noise in the playground with the phones’ own sensors", 0, True),
    (2, "staff", "Check the bus times during the walk back from the pool", 0, False),
    (0, "lesson", "Photograph leaves and name them with the plant app", 0, None),
)


class Phones:
    """Walks phones through some school days."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.made = 0
        self.asked: dict[int, PhoneUse] = {}
        self.calls: list[PrivateCall] = []

    def deeds(self) -> Iterator[Deed]:
        """Yield what people do, each with its moment."""
        yield self._on(30, "08:10"), self._ask_for_devices
        yield self._on(29, "12:20"), self._allow_devices
        for days in (5, 4, 3, 2, 1):
            yield self._on(days, "08:50"), self._take_in
            yield self._on(days, "15:25"), partial(self._give_back, all_of_them=days != 1)
        if self.stage.calendar.is_school_day(self.stage.today):
            yield self._on(0, "08:50"), self._take_in
        yield self._on(1, "09:05"), self._leave_in_office
        yield self._on(0, "07:00"), self._end
        for number, row in enumerate(USES):
            yield self._on(row[0], "08:05"), partial(self._ask, number)
            yield self._on(row[0], "08:25"), partial(self._decide, number)
        yield self._on(6, "14:10"), self._emergency
        yield self._on(7, "16:40"), partial(self._call, hidden=True)
        yield self._on(6, "08:30"), self._read
        yield self._on(1, "17:05"), partial(self._call, hidden=False)

    def _on(self, days: int, clock: str) -> datetime:
        return self.stage.moment(self.stage.days_back(days), clock)

    def _person(self, code: str) -> Person:
        return self.stage.by_code[code]

    def _number(self) -> UUID:
        self.made += 1
        return UUID(int=self.stage.school.pk * 100_000 + 80_000 + self.made, version=4)

    def _ask_for_devices(self, at: datetime) -> None:
        """Let parents of one class ask for their child's phone; they hold the role from now on."""
        pupils = [one.pk for one in self.stage.pupils["5"]]
        links = CarerLink.objects.filter(pupil__in=pupils, end_date=None, no_contact=False)
        first = (
            links.order_by("pupil_id", "pk").distinct("pupil_id").select_related("pupil", "carer")
        )
        parent = Role.objects.get(school=self.stage.school, code="parent")
        for make, link in zip(MAKES, first.select_related("pupil", "carer"), strict=False):
            if not link.carer.assignments.exists():
                assign_role(role=parent, person=link.carer, start_date=at.date(), by=SET_UP, at=at)
            ask_for_device(
                pupil=link.pupil,
                submission=self._number(),
                kind="phone",
                make=make,
                reason="Walks home alone.",
                by=link.carer,
                at=at,
            )

    def _allow_devices(self, at: datetime) -> None:
        """Allow all but the last, which waits for a decision."""
        rows = PersonalDevice.objects.filter(school=self.stage.school, state="asked")
        for device in list(rows.order_by("pk"))[:-1]:
            allow_own_device(
                device=device,
                version=device.version,
                until_date=self.stage.today + timedelta(days=200),
                kept_in="Class cupboard",
                by=self._person("head"),
                at=at,
            )

    def _take_in(self, at: datetime) -> None:
        devices = PersonalDevice.objects.filter(
            school=self.stage.school, state="kept", owner__kind="pupil"
        )
        here = HandIn.objects.filter(back_at=None).values("device")
        if waiting := list(devices.exclude(pk__in=here)):
            hand_in_devices(
                school=self.stage.school, devices=waiting, by=self._person("teacher"), at=at
            )

    def _give_back(self, at: datetime, *, all_of_them: bool) -> None:
        here = list(HandIn.objects.filter(school=self.stage.school, back_at=None).order_by("pk"))
        if back := here if all_of_them else here[1:]:
            give_back(school=self.stage.school, hand_ins=back, by=self._person("teacher"), at=at)

    def _leave_in_office(self, at: datetime) -> None:
        hand_in_other(
            school=self.stage.school,
            submission=self._number(),
            owner=self._person("ta"),
            what="Phone in a blue case",
            place="Office safe",
            note="Expects a private call; fetch them when it rings.",
            by=self._person("office_mgr"),
            at=at,
        )

    def _ask(self, number: int, at: datetime) -> None:
        _, kind, purpose, days, _ = USES[number]
        teacher = self._person("teacher")
        lesson = SchoolClass.objects.filter(teacher=teacher).first() if kind == "lesson" else None
        if kind == "lesson" and lesson is None:
            return
        day = at.date()
        terms = PhoneUseTerms(kind, purpose, day, day + timedelta(days=days), lesson)
        self.asked[number] = ask_phone_use(
            school=self.stage.school, submission=self._number(), terms=terms, by=teacher, at=at
        )

    def _decide(self, number: int, at: datetime) -> None:
        allowed, permission = USES[number][4], self.asked.get(number)
        if permission is None or allowed is None:
            return
        deed: dict[str, Any] = {"permission": permission, "version": permission.version, "at": at}
        by = self._person("head")
        if allowed:
            decide_phone_use(**deed, by=by)
        else:
            refuse_phone_use(**deed, note="Take the school’s phone; it shows them too.", by=by)

    def _end(self, at: datetime) -> None:
        end_phone_uses(school=self.stage.school, at=at)

    def _emergency(self, at: datetime) -> None:
        record_emergency_use(
            school=self.stage.school,
            submission=self._number(),
            holder=self._person("ta"),
            purpose="The alarm line was down and an ambulance had to be called.",
            given_at=at - timedelta(minutes=25),
            by=self._person("head"),
            at=at,
        )

    def _call(self, at: datetime, *, hidden: bool) -> None:
        call = record_private_call(
            school=self.stage.school,
            submission=self._number(),
            used_at=at - timedelta(hours=1),
            reason="The coach broke down and the school’s phone had no battery left.",
            number_hidden=hidden,
            by=self._person("teacher"),
            at=at,
        )
        self.calls.append(call)

    def _read(self, at: datetime) -> None:
        read_private_call(call=self.calls[0], by=self._person("head"), at=at)

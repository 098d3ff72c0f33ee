"""A demo school knows people's own devices, takes items from pupils and records searches."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from assets.actions.exemptions import grant_exemption
from assets.actions.own_devices import note_own_device
from assets.actions.recording import ask_recording, decide_recording
from assets.actions.recording_uses import confirm_deletion, use_recording
from assets.actions.taken import Taking, take_item
from assets.actions.taken_searches import SearchDetails, record_search, tell_searched
from assets.actions.taken_steps import return_confiscated, tell_parent
from assets.models import Confiscation, PersonalDevice
from people.models import CarerLink, Person
from safeguard.demo.equipment_data import TAKEN
from safeguard.demo.stage import Stage

Deed = tuple[datetime, Callable[[datetime], object]]


class Devices:
    """Walks people's own devices and the items a school takes and gives back."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.made = 0
        self.taken: dict[int, Confiscation] = {}

    def deeds(self) -> Iterator[Deed]:
        """Yield what people do, each with its moment."""
        yield self._on(33, "08:20"), self._note_devices
        yield self._on(32, "09:00"), self._ask_to_record
        yield self._on(31, "16:10"), self._allow_recording
        yield self._on(20, "11:00"), self._record
        yield self._on(28, "13:00"), self._exempt
        for number, row in enumerate(TAKEN):
            yield self._on(row[0], "10:40"), partial(self._take, number)
            yield self._on(row[0], "12:30"), partial(self._tell, number)
        for number in (0, 1):
            yield self._on(TAKEN[number][0] - 1, "15:40"), partial(self._give_back, number)
        yield self._on(9, "11:05"), self._search

    def _on(self, days: int, clock: str) -> datetime:
        return self.stage.moment(self.stage.days_back(days), clock)

    def _person(self, code: str) -> Person:
        return self.stage.by_code[code]

    def _number(self) -> UUID:
        self.made += 1
        return UUID(int=self.stage.school.pk * 100_000 + 70_000 + self.made, version=4)

    def _pupil(self, number: int) -> Person:
        """Return a pupil of the row's year group who has a parent on the register."""
        row = TAKEN[number]
        with_parent = set(CarerLink.objects.values_list("pupil_id", flat=True))
        year = [one for one in self.stage.pupils[row[4]] if one.pk in with_parent]
        return year[number * 5 % len(year)]

    def _note_devices(self, at: datetime) -> None:
        for code, kind, make in (("teacher", "phone", "Lark 5"), ("ta", "watch", "Tick 2")):
            note_own_device(
                school=self.stage.school,
                submission=self._number(),
                kind=kind,
                make=make,
                by=self._person(code),
                at=at,
            )

    def _ask_to_record(self, at: datetime) -> None:
        teacher = self._person("teacher")
        self.permission = ask_recording(
            school=self.stage.school,
            submission=self._number(),
            device=PersonalDevice.objects.get(owner=teacher),
            purpose="Photographs of the harvest assembly for the hall display",
            from_date=at.date(),
            until_date=self.stage.today + timedelta(days=30),
            by=teacher,
            at=at,
        )

    def _allow_recording(self, at: datetime) -> None:
        decide_recording(
            permission=self.permission,
            version=self.permission.version,
            note="Only in the hall, and off the phone the same day.",
            by=self._person("head"),
            at=at,
        )
        self.permission.refresh_from_db()

    def _record(self, at: datetime) -> None:
        teacher = self._person("teacher")
        use = use_recording(
            permission=self.permission,
            version=self.permission.version,
            submission=self._number(),
            used_date=at.date(),
            what="Twelve photographs of the assembly",
            by=teacher,
            at=at,
        )
        later = min(at + timedelta(hours=4), self.stage.now)
        confirm_deletion(
            use=use, moved_to="The staff shared drive", deleted_at=later, by=teacher, at=later
        )

    def _exempt(self, at: datetime) -> None:
        grant_exemption(
            pupil=self._pupil(0),
            kind="medical",
            allowed="A phone on silent, for the glucose sensor",
            reason="Type 1 diabetes; agreed in the care plan.",
            from_date=at.date(),
            until_date=self.stage.today + timedelta(days=240),
            by=self._person("head"),
            at=at,
        )

    def _take(self, number: int, at: datetime) -> None:
        _, item, rule, what, _ = TAKEN[number]
        self.taken[number] = take_item(
            school=self.stage.school,
            submission=self._number(),
            taking=Taking(
                pupil=self._pupil(number),
                kind="watch" if "strap" in item else "phone",
                item=item,
                item_tag=f"B{number + 11}",
                rule=rule,
                what=what,
                taken_where="Classroom",
                taken_at=at - timedelta(minutes=10),
                stored_where="Office safe",
            ),
            exempt_known=True,
            by=self._person("teacher"),
            at=at,
        )

    def _tell(self, number: int, at: datetime) -> None:
        if number < len(TAKEN) - 1:
            item = self._now(number)
            office = self._person("office_mgr")
            how = "By telephone"
            tell_parent(item=item, version=item.version, told_at=at, how=how, by=office, at=at)

    def _give_back(self, number: int, at: datetime) -> None:
        item = self._now(number)
        carer = CarerLink.objects.filter(pupil=item.pupil).select_related("carer").first()
        if carer:
            return_confiscated(
                item=item,
                version=item.version,
                returned_to=carer.carer,
                signed_name=carer.carer.full_name,
                condition="good",
                by=self._person("office_mgr"),
                at=at,
            )

    def _search(self, at: datetime) -> None:
        lead = self._person("dsl")
        search = record_search(
            school=self.stage.school,
            submission=self._number(),
            details=SearchDetails(
                kind="person",
                pupil=self._pupil(1),
                searched_at=at - timedelta(minutes=20),
                place="Head of year's office",
                searched_by=lead,
                authorised_by=self._person("head"),
                witness=self._person("office_mgr"),
                sought="tobacco",
                reason="Two pupils had seen a vape in the bag that morning.",
                found=False,
            ),
            by=lead,
            at=at,
        )
        tell_searched(
            search=search,
            version=search.version,
            told_at=at,
            how="By telephone",
            by=lead,
            at=at,
        )

    def _now(self, number: int) -> Confiscation:
        """Return an item as it stands now."""
        return Confiscation.objects.get(pk=self.taken[number].pk)

"""A demo school filters: its register, and changes of the filter by the people who make them."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from filtering.actions.attesting import attest
from filtering.actions.change_decisions import approve_change, assess_change, reject_change
from filtering.actions.change_making import block_at_once, make_change, test_change
from filtering.actions.change_sweeps import expire_changes
from filtering.actions.change_undoing import check_put_back, put_back_change
from filtering.actions.changing import ask_for_change
from filtering.actions.exceptions import grant_exception
from filtering.actions.profiles import (
    Entered,
    ProfileDetails,
    confirm_profile,
    enter_baseline,
    enter_profile,
)
from filtering.actions.provision import ServiceDetails, enter_service
from filtering.models import ChangeRequest, Profile, Service
from filtering.queries.provision import baseline_mark
from people.calendar import LONDON
from people.models import Person
from safeguard.demo.filtering_data import ASKED, BASELINE, CONFIRMED, PRODUCTS, PROFILES, Asked
from safeguard.demo.stage import Stage
from safeguard.demo.years import first_day_of_year

Deed = tuple[datetime, Callable[[datetime], object]]

YEAR = timedelta(days=364)


def do_all(stage: Stage, deeds: Iterable[Deed]) -> Iterator[datetime]:
    """Do deeds in the order of their time, up to now; yields the moment of each next one."""
    for moment, deed in sorted(deeds, key=lambda pair: pair[0]):
        if moment <= stage.now:
            yield moment
            deed(moment)


class Filtering:
    """Walks a school's register and changes; the deeds of a walk know what earlier ones made."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.services: dict[str, Service] = {}
        self.profiles: dict[str, Profile] = {}
        self.changes: dict[int, ChangeRequest] = {}

    def deeds(self) -> Iterator[Deed]:
        """Yield what people do, each with its moment."""
        start = _at(first_day_of_year(self.stage.today) - timedelta(days=5), "09:00")
        yield start, self._enter
        yield start + timedelta(hours=2), self._confirm
        yield start + timedelta(hours=3), self._attest
        if self.stage.school.slug == "weaver-bank":
            yield start + timedelta(hours=4), self._except
        for number, asked in enumerate(ASKED):
            yield from self._change(number, asked)
        yield self._on(0, "08:05"), self._block_at_once

    def _person(self, code: str) -> Person:
        return self.stage.by_code[code]

    def _on(self, days: int, clock: str) -> datetime:
        return _at(self.stage.days_back(days), clock)

    def _enter(self, at: datetime) -> None:
        school, owner = self.stage.school, self._person("filt_mgr")
        for kind, name, provider, purpose, uses_ai in PRODUCTS:
            details = ServiceDetails(
                kind, name, purpose, owner, provider=provider, covers="The whole school",
                uses_ai=uses_ai,
            )  # fmt: skip
            self.services[kind] = enter_service(school=school, details=details, by=owner, at=at)
        for place, (name, whom, network) in enumerate(PROFILES):
            profile = ProfileDetails(name, whom, self.services["filter"], owner, network)
            made = enter_profile(school=school, details=profile, by=owner, at=at)
            self.profiles[name] = made
            entries = {code: Entered(row[place], row[3]) for code, row in BASELINE.items()}
            enter_baseline(profile=made, entries=entries, by=owner, at=at)

    def _confirm(self, at: datetime) -> None:
        for profile in self.profiles.values():
            confirm_profile(
                profile=profile, mark=baseline_mark(profile), by=self._person("head"), at=at
            )
            profile.refresh_from_db()

    def _attest(self, at: datetime) -> None:
        for statement, (code, note) in CONFIRMED.items():
            attest(
                school=self.stage.school,
                statement=statement,
                note=note,
                next_date=at.date() + YEAR,
                service=self.services["filter"] if code == "filt_mgr" else None,
                by=self._person(code),
                at=at,
            )

    def _except(self, at: datetime) -> None:
        grant_exception(
            school=self.stage.school,
            minute_reference="FGB 12/07",
            reason="Only one of our staff holds the status and looks after requests.",
            from_date=at.date(),
            until_date=at.date() + YEAR,
            by=self._person("chair"),
            at=at,
        )

    def _change(self, number: int, asked: Asked) -> Iterator[Deed]:
        """Yield a change's steps, a school day apart, as far as it has got."""
        steps = ["ask", "assess", "reject" if asked.refused else "approve", "make", "test"]
        if asked.last_day is not None and asked.last_day > 0:
            steps += ["expire", "put_back", "check"]
        when = {"ask": (0, "08:40"), "assess": (1, "12:25"), "approve": (2, "09:10"),
                "reject": (2, "09:10"), "make": (2, "15:50"), "test": (3, "08:15")}  # fmt: skip
        for step in steps[: steps.index(asked.until) + 1]:
            if step in when:
                later, clock = when[step]
                moment = self._on(max(asked.days - later, 0), clock)
            else:
                clock = {"expire": "00:20", "put_back": "08:30", "check": "12:10"}[step]
                moment = self._on((asked.last_day or 1) - 1, clock)
            yield moment, partial(getattr(self, f"_{step}"), number, asked)

    def _ask(self, number: int, asked: Asked, at: datetime) -> None:
        told = dict(asked.told)
        if asked.last_day is not None:
            last = self.stage.days_back(asked.last_day) if asked.last_day > 0 else None
            told["until_date"] = last or self.stage.calendar.add_school_days(
                self.stage.today, -asked.last_day
            )
            told["supervisor"] = self._person(asked.by)
        self.changes[number] = ask_for_change(
            school=self.stage.school,
            submission=UUID(int=self.stage.school.pk * 1_000 + number, version=4),
            **({"categories": [], "sites": []} | told),
            profiles=[self.profiles[name] for name in asked.profiles],
            reason=asked.reason,
            by=self._person(asked.by),
            at=at,
        )

    def _assess(self, number: int, asked: Asked, at: datetime) -> None:
        risk = asked.assessed.partition(" ")[0].lower()
        self._do(assess_change, number, risk=risk, assessment=asked.assessed, who="dsl", at=at)

    def _approve(self, number: int, _asked: Asked, at: datetime) -> None:
        self._do(approve_change, number, reason="Agreed.", who="head", at=at)

    def _reject(self, number: int, asked: Asked, at: datetime) -> None:
        self._do(reject_change, number, reason=asked.refused, who="head", at=at)

    def _make(self, number: int, asked: Asked, at: datetime) -> None:
        values = ["Blocked", "Allowed"]
        if asked.told["direction"] == "block":
            values.reverse()
        before, after = (self._of_each(asked, value) for value in values)
        self._do(make_change, number, before=before, after=after, who="filt_mgr", at=at)

    def _test(self, number: int, asked: Asked, at: datetime) -> None:
        who = "ta" if asked.by != "dsl" else "comp_lead"
        results = self._of_each(asked, "works")
        notes = self._of_each(asked, "Tried on a device of the profile.")
        self._do(test_change, number, results=results, notes=notes, who=who, at=at)

    def _expire(self, _number: int, _asked: Asked, at: datetime) -> None:
        expire_changes(school=self.stage.school, at=at)

    def _put_back(self, number: int, asked: Asked, at: datetime) -> None:
        before, after = self._of_each(asked, "Allowed"), self._of_each(asked, "Blocked")
        self._do(put_back_change, number, before=before, after=after, who="filt_mgr", at=at)

    def _check(self, number: int, asked: Asked, at: datetime) -> None:
        results = self._of_each(asked, "works")
        notes = self._of_each(asked, "The page is blocked again.")
        self._do(check_put_back, number, results=results, notes=notes, who="dsl", at=at)

    def _block_at_once(self, at: datetime) -> None:
        profiles = list(self.profiles.values())
        block_at_once(
            school=self.stage.school,
            submission=UUID(int=self.stage.school.pk * 1_000 + 900, version=4),
            addresses="stranger-chat.example",
            categories=[],
            profiles=profiles,
            sites=[],
            reason="A pupil was written to by a stranger on it this morning.",
            before={one.pk: "Not in any category" for one in profiles},
            after={one.pk: "Blocked by address" for one in profiles},
            by=self._person("filt_mgr"),
            at=at,
        )

    def _of_each(self, asked: Asked, value: str) -> dict[int, str]:
        return {self.profiles[name].pk: value for name in asked.profiles}

    def _do(self, deed: Callable[..., Any], number: int, *, who: str, **told: Any) -> None:
        change = self.changes[number]
        change.refresh_from_db()
        deed(change=change, version=change.version, by=self._person(who), **told)


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), LONDON)

"""A demo school checks its filter and reviews filtering and monitoring."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from filtering.actions.checking import Tried, add_check_points, record_check
from filtering.actions.reviewing import (
    add_participant,
    add_review_action,
    open_review,
    write_review,
)
from filtering.actions.signing_reviews import offer_review, sign_review
from filtering.models import CheckPoint, Profile, Review
from filtering.vocabulary import CheckTest, Outcome, Trigger
from people.models import Person
from safeguard.demo.monitoring_data import REVIEW
from safeguard.demo.stage import Stage

Deed = tuple[datetime, Callable[[datetime], object]]


class Oversight:
    """Walks a school's checks and reviews of an autumn."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def deeds(self) -> Iterator[Deed]:
        """Yield what people do, each with its moment."""
        yield self._on(28, "14:00"), self._add_points
        for number, days in enumerate((24, 23, 23, 10)):
            yield self._on(days, f"14:{number * 10:02d}"), partial(self._check, number)
        yield self._on(26, "09:00"), self._review_year
        yield self._on(6, "16:00"), self._begin_review

    def _person(self, code: str) -> Person:
        return self.stage.by_code[code]

    def _on(self, days: int, clock: str) -> datetime:
        return self.stage.moment(self.stage.days_back(days), clock)

    def _number(self, offset: int) -> UUID:
        return UUID(int=self.stage.school.pk * 100_000 + offset, version=4)

    def _add_points(self, at: datetime) -> None:
        profiles = {one.name: one for one in Profile.objects.filter(ended_at=None)}
        for kinds, networks, name in (
            (["Laptop", "Tablet"], ["Pupil Wi-Fi"], "Pupils"),
            (["Desktop"], ["Wired"], "Staff"),
            (["Laptop"], ["Staff Wi-Fi"], "Staff"),
            (["Own device"], ["Guest Wi-Fi"], "Guests"),
        ):
            add_check_points(
                school=self.stage.school,
                device_kinds=kinds,
                sites=["Main school"],
                networks=networks,
                profiles=[profiles[name]],
                by=self._person("tech"),
                at=at,
            )

    def _check(self, number: int, at: datetime) -> None:
        point = CheckPoint.objects.filter(school=self.stage.school).order_by("pk")[number]
        reached = number == 3
        results = {test: Tried(Outcome.BLOCKED) for test in CheckTest}
        if reached:
            results[CheckTest.ADULT] = Tried(Outcome.REACHED, note="On the second try.")
        record_check(
            point=point,
            submission=self._number(200 + number),
            checked_date=at.date(),
            safeguarding_by=self._person("osl"),
            it_by=self._person("tech"),
            device=f"{point.device_kind} {number + 1}",
            results=results,
            by=self._person("tech"),
            at=at,
        )

    def _review_year(self, at: datetime) -> None:
        """Hold the yearly review and have it signed by the four."""
        review = self._written(Trigger.ANNUAL, "", at)
        people = [("deputy", "leader"), ("dsl", "safeguarding"), ("tech", "it"),
                  ("os_gov", "governor")]  # fmt: skip
        for code, capacity in people:
            review.refresh_from_db()
            add_participant(
                review=review,
                version=review.version,
                person=self._person(code),
                capacity=capacity,
                by=self._person("deputy"),
                at=at,
            )
        review.refresh_from_db()
        add_review_action(
            review=review,
            version=review.version,
            words="Check guest devices every half-term, not once a term.",
            owner=self._person("tech"),
            due_date=at.date() + timedelta(days=60),
            by=self._person("deputy"),
            at=at,
        )
        review.refresh_from_db()
        offer_review(review=review, version=review.version, by=self._person("deputy"), at=at)
        for hours, (code, _) in enumerate(people, 1):
            review.refresh_from_db()
            sign_review(
                review=review,
                version=review.version,
                seen_hash=review.text_hash,
                by=self._person(code),
                at=at + timedelta(hours=hours),
            )

    def _begin_review(self, at: datetime) -> None:
        words = "Teachers want to plan lessons with a writing assistant."
        self._written(Trigger.AI_TOOL, words, at)

    def _written(self, trigger: Trigger, words: str, at: datetime) -> Review:
        by = self._person("deputy")
        review = open_review(
            school=self.stage.school, trigger=trigger, trigger_words=words, by=by, at=at
        )
        return write_review(review=review, version=review.version, **REVIEW, by=by, at=at)

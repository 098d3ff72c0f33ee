"""A demo school does its recurring duties and is reviewed by its governors."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import partial

from people.calendar import LONDON
from people.models import Person
from reminders.actions.attesting import attest_duty
from reminders.actions.occurrences import open_occurrences
from reminders.models import DutyOccurrence
from reminders.recurring import recurring_duties
from reports.actions.review_parts import (
    add_governor_action,
    answer_governor_question,
    answer_seen,
    ask_governor_question,
)
from reports.actions.reviews import (
    hold_governor_review,
    plan_governor_reviews,
    sign_governor_review,
)
from reports.models import GovernorReview
from reports.showing.review_text import hash_now
from safeguard.demo.stage import Stage
from safeguard.demo.years import first_day_of_year

Deed = tuple[datetime, Callable[[datetime], object]]

WEEKS_OF_SWEEPS = 14
# What those who do a duty say of it, by turns.
ANSWERS = (
    ("met", "Looked at every device on the list.", ""),
    ("met", "Done with the provider on the telephone.", ""),
    (
        "partly",
        "Two old tablets cannot be brought up to date.",
        "Take both out of use by half-term.",
    ),
    ("met", "", ""),
)
QUESTION = "How do you know that pupils who are unkind online stop after the first talk?"
ANSWER = "The repeat rate in the report: one pupil in nine came back within the year."
FINDINGS = "The log of filter changes is complete. Reports reach the lead on the day."
ACTION = "Bring the figures of guests’ devices to the next meeting."


class Governing:
    """Walks a school's duties and its governors' review."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.begins = first_day_of_year(stage.today)

    def deeds(self) -> Iterator[Deed]:
        """Yield what happens and what people do, each with its moment."""
        yield self._days(-80, "06:00"), self._plan
        yield self._days(-50, "06:00"), self._plan
        yield self._days(-47, "16:00"), self._hold
        for week in range(WEEKS_OF_SWEEPS):
            yield self._days(1 + 7 * week, "06:00"), self._sweep
        for week in (2, 4, 5, 7):
            yield self._days(2 + 7 * week, "15:10"), partial(self._attest, week)

    def _person(self, code: str) -> Person:
        return self.stage.by_code[code]

    def _days(self, days: int, clock: str) -> datetime:
        """Return a time so many days after the first day of this school year."""
        day = self.begins + timedelta(days=days)
        return datetime.combine(day, time.fromisoformat(clock), LONDON)

    def _plan(self, at: datetime) -> None:
        plan_governor_reviews(school=self.stage.school, at=at)

    def _sweep(self, at: datetime) -> None:
        open_occurrences(school=self.stage.school, at=at)
        plan_governor_reviews(school=self.stage.school, at=at)

    def _hold(self, at: datetime) -> None:
        """Hold the summer's review: a question, an answer, an action, and both sign."""
        lead, governor = self._person("dsl"), self._person("os_gov")
        review = GovernorReview.objects.get(school=self.stage.school)
        question = ask_governor_question(text=QUESTION, review=review, by=governor, at=at)
        self._answer(question, at)
        review.refresh_from_db()
        review = hold_governor_review(
            review=review,
            version=review.version,
            held_date=at.date(),
            attendees=[governor, lead, self._person("head")],
            logs_seen=["Incident log", "Filter change log"],
            findings=FINDINGS,
            by=lead,
            at=at,
        )
        due = self.begins + timedelta(days=100)
        review.refresh_from_db()
        add_governor_action(
            review=review,
            version=review.version,
            words=ACTION,
            owner=self._person("tech"),
            due_date=due,
            by=lead,
            at=at,
        )
        for person in (governor, lead):
            review.refresh_from_db()
            sign_governor_review(
                review=review, version=review.version, seen_hash=hash_now(review), by=person, at=at
            )

    def _answer(self, question: object, at: datetime) -> None:
        answer_governor_question(
            question=question,  # type: ignore[arg-type]
            seen=answer_seen(question),  # type: ignore[arg-type]
            answer=ANSWER,
            evidence="Report on the summer term, table “Repeats”",
            by=self._person("dsl"),
            at=at,
        )

    def _attest(self, week: int, at: datetime) -> None:
        """Let the technician say how the next of the duties was met that no record shows."""
        attested = {code for code, duty in recurring_duties().items() if not duty.evidence}
        mine = {code for code in attested if "tech" in recurring_duties()[code].roles}
        open_ones = DutyOccurrence.objects.filter(
            school=self.stage.school, state="open", duty__in=mine
        )
        for occurrence, answer in zip(
            open_ones.order_by("duty")[:2], ANSWERS[week % 3 :], strict=False
        ):
            result, note, action = answer
            attest_duty(
                occurrence=occurrence,
                version=occurrence.version,
                result=result,
                note=note,
                action=action,
                upload=None,
                by=self._person("tech"),
                at=at,
            )

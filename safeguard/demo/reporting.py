"""A demo school reports on its last term and half-term, starts a draft, and holds meetings."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import UUID

from common.sections import Period
from people.calendar import LONDON
from people.models import Person
from reports.actions.meetings import add_meeting_action, hold_meeting, plan_meeting
from reports.actions.reports import (
    comment_report,
    issue_report,
    read_report,
    send_report,
    start_report,
    submit_report,
)
from reports.actions.review_parts import (
    answer_governor_question,
    answer_seen,
    ask_governor_question,
)
from reports.audiences import Audience
from reports.models import GovernorQuestion, GovernorReport, Meeting
from reports.periods import periods_to_report, terms_of
from safeguard.demo.stage import Stage
from safeguard.demo.years import first_day_of_year

Deed = tuple[datetime, Callable[[datetime], object]]

LEAD_WORDS = (
    "More pupils told us of messages in class chats, and most told us the same day. The lesson on "
    "group chats in Year 5 helped: there was one case after it."
)
HALF_WORDS = (
    "A busy start of the year. Requests to open pages came mostly from Year 6 topic work and were "
    "decided within two days. Every place was checked once."
)
DRAFT_WORDS = "So far fewer messages in class chats than at the start of term."
HEAD_WORDS = "I have looked through every case of category C. Parents were told within the day."
QUESTION = "Which lesson dealt with class chats, and did every class have it?"
HALF_QUESTION = "Who looks at the log of the filter when the technician is away?"
HALF_ANSWER = "The filtering manager at the provider, and the lead signs each week off."
LEADERS_ITEMS = (
    "Cases of the half-term by category; two alerts that were opened late; requests to open pages. "
    "Agreed to bring the lesson on class chats forward to October."
)
COMMITTEE_ITEMS = (
    "Report on the summer term, the action of the last review, who has signed agreements. The "
    "committee asked for figures of guests’ devices."
)
MEETING_ACTION = "Plan the lesson on class chats for Years 4 to 6 before half-term."


class Reporting:
    """Walks what a school reports to its governors and headteacher, and its meetings."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.begins = first_day_of_year(stage.today)
        summer = next(one for one in terms_of(stage.school) if one.end < self.begins)
        self.told: list[tuple[date, Period, str]] = [
            (self.begins + timedelta(days=8), summer, LEAD_WORDS)
        ]
        halves = [
            one
            for one in periods_to_report(stage.school, on=stage.today)
            if "half" in one.label and self.begins <= one.start and one.end < stage.today
        ]
        self.halves = halves[:1]
        self.told += [(half.end + timedelta(days=10), half, HALF_WORDS) for half in self.halves]

    def deeds(self) -> Iterator[Deed]:
        """Yield what people do, each with its moment."""
        for day, period, words in self.told:
            yield _at(day, "15:30"), partial(self._write, period, words)
            yield _at(day + timedelta(days=1), "16:30"), partial(self._issue, period)
            yield _at(day + timedelta(days=4), "19:00"), partial(self._read, period)
        for half in self.halves:
            yield _at(half.end, "14:00"), partial(self._tell_head, half)
            yield _at(half.end, "16:10"), partial(self._head_reads, half)
            yield _at(half.end + timedelta(days=17), "09:00"), self._answer
        yield _at(self.stage.days_back(3), "15:45"), self._draft
        lead, governor = self._person("dsl"), self._person("os_gov")
        head, clerk = self._person("head"), self._person("clerk")
        leaders = ("leaders", "", 27, LEADERS_ITEMS, "", [lead, head, self._person("deputy")])
        committee = (
            "committee",
            "Safeguarding committee",
            41,
            COMMITTEE_ITEMS,
            "Autumn meeting, item 6",
            [lead, governor, head],
        )
        for number, (by, meeting) in enumerate(((lead, leaders), (clerk, committee))):
            day = self.begins + timedelta(days=meeting[2])
            yield _at(day, "16:40"), partial(self._meet, number, day, by, meeting)
        yield _at(self.begins + timedelta(days=43), "10:00"), self._plan

    def _person(self, code: str) -> Person:
        return self.stage.by_code[code]

    def _report(self, period: Period, audience: str = Audience.GOVERNORS) -> GovernorReport:
        rows = GovernorReport.objects.filter(school=self.stage.school, audience=audience)
        return rows.get(period_start=period.start, period_end=period.end)

    def _started(self, period: Period, words: str, at: datetime, **given: str) -> GovernorReport:
        lead, school = self._person("dsl"), self.stage.school
        report = start_report(school=school, period=period, **given, by=lead, at=at)
        return comment_report(
            report=report, version=report.version, lead_words=words, by=lead, at=at
        )

    def _write(self, period: Period, words: str, at: datetime) -> None:
        report = self._started(period, words, at)
        submit_report(report=report, version=report.version, by=self._person("dsl"), at=at)

    def _issue(self, period: Period, at: datetime) -> None:
        report = self._report(period)
        issue_report(
            report=report,
            version=report.version,
            head_words=HEAD_WORDS,
            by=self._person("head"),
            at=at,
        )

    def _read(self, period: Period, at: datetime) -> None:
        """Let the governor read it and ask; what is asked of the half-term gets its answer."""
        governor, report = self._person("os_gov"), self._report(period)
        read_report(report=report, by=governor, at=at)
        words = HALF_QUESTION if period in self.halves else QUESTION
        ask_governor_question(text=words, report=report, by=governor, at=at)

    def _answer(self, at: datetime) -> None:
        question = GovernorQuestion.objects.get(school=self.stage.school, text=HALF_QUESTION)
        answer_governor_question(
            question=question,
            seen=answer_seen(question),
            answer=HALF_ANSWER,
            evidence="Weekly monitoring reports",
            by=self._person("dsl"),
            at=at,
        )

    def _tell_head(self, half: Period, at: datetime) -> None:
        report = self._started(half, HALF_WORDS, at, audience=Audience.HEAD)
        send_report(report=report, version=report.version, by=self._person("dsl"), at=at)

    def _head_reads(self, half: Period, at: datetime) -> None:
        read_report(report=self._report(half, Audience.HEAD), by=self._person("head"), at=at)

    def _draft(self, at: datetime) -> None:
        """Start the report on the term that runs, or on the one just over."""
        taken = [(period.start, period.end) for _, period, _ in self.told]
        terms = terms_of(self.stage.school)
        begun = [one for one in terms if one.start <= at.date() and self.begins <= one.start]
        if begun and (begun[0].start, begun[0].end) not in taken:
            self._started(begun[0], DRAFT_WORDS, at)

    def _meet(
        self,
        number: int,
        day: date,
        by: Person,
        meeting: tuple[str, str, int, str, str, Sequence[Person]],
        at: datetime,
    ) -> None:
        kind, committee, _, items, minute, people = meeting
        planned = self._planned(number, kind, committee, day, by, at)
        held = hold_meeting(
            meeting=planned,
            version=planned.version,
            on_date=day,
            attendees=people,
            items=items,
            minute=minute,
            by=by,
            at=at,
        )
        if kind == "leaders":
            add_meeting_action(
                meeting=held,
                version=held.version,
                words=MEETING_ACTION,
                owner=self._person("comp_lead"),
                due_date=day + timedelta(days=21),
                by=by,
                at=at,
            )

    def _plan(self, at: datetime) -> None:
        day = self.stage.today + timedelta(days=16)
        clerk = self._person("clerk")
        self._planned(7, "committee", "Safeguarding committee", day, clerk, at)

    def _planned(
        self, number: int, kind: str, committee: str, day: date, by: Person, at: datetime
    ) -> Meeting:
        return plan_meeting(
            school=self.stage.school,
            submission=UUID(int=self.stage.school.pk * 100_000 + 900 + number, version=4),
            kind=kind,
            committee=committee,
            on_date=day,
            by=by,
            at=at,
        )


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), LONDON)

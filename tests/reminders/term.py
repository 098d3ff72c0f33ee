"""An autumn term at the cast's school: what the clock does each day, and who acts on what when."""

from datetime import date, datetime
from typing import Any

from filtering.actions.change_sweeps import expire_changes
from filtering.actions.monitoring import open_monitoring_reports, sign_monitoring
from filtering.models import MonitoringReport
from people.models import School
from reminders.actions import attest_duty
from reminders.models import DutyOccurrence
from reminders.tasks import sweep_reminders_of
from reports.models import GovernorReview
from reports.periods import periods_to_report
from reports.tasks import plan_reviews_of
from tests.agreements.walk import asked, obligation_of, signed
from tests.cast import Cast
from tests.filtering import walk_changes as changes
from tests.filtering import walk_oversight as oversight
from tests.reminders.walk import answer, overdue
from tests.reports import walk_reports as reports
from tests.reports import walk_reviews as reviews

MONDAY, THURSDAY = 0, 3
FORGOTTEN_WEEK = date(2026, 11, 9)


def sweep(school_id: int, at: datetime) -> None:
    """Do what the clock does for a school: duties every day, the rest twice a week."""
    if at.weekday() in {MONDAY, THURSDAY}:
        school = School.objects.get(pk=school_id)
        open_monitoring_reports(school=school, at=at)
        expire_changes(school=school, at=at)
        plan_reviews_of(school_id=school_id)
    sweep_reminders_of(school_id=school_id)


class Life:
    """What people do: ``deeds`` by day, each at the moment ``at``."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.change: Any = None
        self.task: Any = None
        self.at: datetime
        self.deeds = {
            date(2026, 9, 3): self.all_staff_are_asked,
            date(2026, 9, 11): self.tom_signs,
            date(2026, 9, 15): self.a_page_is_asked_for,
            date(2026, 9, 17): self.the_page_is_opened_and_tess_signs,
            date(2026, 9, 18): self.tess_gets_a_task_that_is_late,
            date(2026, 9, 22): self.tess_answers_it,
            date(2026, 10, 2): self.the_page_is_closed,
            date(2026, 10, 19): self.dora_has_told_the_head,
            date(2026, 11, 25): self.dora_signs_the_forgotten_week,
            date(2026, 11, 30): self.tina_is_early,
            date(2026, 12, 7): self.tina_is_reminded_and_does_it,
            date(2026, 12, 8): self.tina_finds_a_fault,
            date(2026, 12, 9): self.the_filter_is_checked,
            date(2026, 12, 14): self.the_review_is_held_and_signed,
            date(2026, 12, 17): self.the_report_is_issued,
        }

    def acts(self, at: datetime) -> bool:
        """Do what is done on a day; returns whether anything was."""
        self.at = at
        if at.weekday() == MONDAY:
            self._sign_weeks(MonitoringReport.objects.exclude(week_start=FORGOTTEN_WEEK))
        deed = self.deeds.get(at.date())
        if deed:
            deed()
        return bool(deed)

    def all_staff_are_asked(self) -> None:
        asked(self.cast, "staff", at=self.at)
        for name in ("hana", "dora"):
            self._sign(name)

    def tom_signs(self) -> None:
        self._sign("tom")

    def a_page_is_asked_for(self) -> None:
        self.change = changes.study(self.cast, at=self.at)
        changes.assess(self.cast, self.change, at=self.at)

    def the_page_is_opened_and_tess_signs(self) -> None:
        for deed in (changes.approve, changes.make, changes.tried):
            deed(self.cast, self.change, at=self.at)
        self._sign("tess")

    def tess_gets_a_task_that_is_late(self) -> None:
        self.task = overdue(self.cast, self.cast.tess)

    def tess_answers_it(self) -> None:
        answer(self.task)

    def the_page_is_closed(self) -> None:
        for deed in (changes.put_back, changes.check):
            deed(self.cast, self.change, at=self.at)

    def dora_has_told_the_head(self) -> None:
        half = periods_to_report(self.cast.school, on=self.at.date())[1]
        report = reports.start(self.cast, period=half, audience="head", at=self.at)
        for deed, words in (("comment_report", {"lead_words": "Calm."}), ("send_report", {})):
            reports.act(deed, self.cast, report, by="dora", at=self.at, **words)

    def dora_signs_the_forgotten_week(self) -> None:
        self._sign_weeks(MonitoringReport.objects.all())

    def tina_is_early(self) -> None:
        self._attest("technical_malware", "tina")

    def tina_is_reminded_and_does_it(self) -> None:
        self._attest("technical_passwords", "tina")

    def tina_finds_a_fault(self) -> None:
        self._attest("technical_security", "tina", result="not_met")

    def the_filter_is_checked(self) -> None:
        oversight.check(self.cast, checked_date=self.at.date(), at=self.at)

    def the_review_is_held_and_signed(self) -> None:
        review = reviews.hold(self.cast, reviews.now(GovernorReview.objects.get()))
        for name in ("olga", "dora"):
            review = reviews.sign(self.cast, review, name)

    def the_report_is_issued(self) -> None:
        reports.make(self.cast, "issued")

    def _sign(self, name: str) -> None:
        signed(obligation_of(getattr(self.cast, name), "staff"), at=self.at)

    def _sign_weeks(self, rows: Any) -> None:
        words: dict[str, Any] = {"breaches": "", "actions": "", "without_look": True}
        for row in rows.filter(signed_at=None):
            sign_monitoring(report=row, version=row.version, **words, by=self.cast.dora, at=self.at)

    def _attest(self, duty: str, name: str, *, result: str = "met") -> None:
        row = DutyOccurrence.objects.get(duty=duty, state="open")
        words = {"note": "Looked through.", "action": "Put it right.", "result": result}
        by = getattr(self.cast, name)
        attest_duty(occurrence=row, version=row.version, **words, upload=None, by=by, at=self.at)

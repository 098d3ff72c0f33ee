"""Duties that are asked for only where there is something to do, over months and holidays."""

from datetime import date, datetime, time

from django.db.models import F

from filtering.actions.alert_samples import check_sample, draw_sample
from filtering.actions.monitoring import open_monitoring_reports, sign_monitoring
from filtering.models import Alert, AlertSample, MonitoringReport
from people.calendar import LONDON, SchoolCalendar
from reminders.actions import open_occurrences
from reminders.models import DutyOccurrence
from reminders.spans import spans_on
from tests.filtering import walk_alerts
from tests.filtering.walk_changes import profile

SIGNED = {"breaches": "", "actions": "", "without_look": True}


def on(day: date) -> datetime:
    return datetime.combine(day, time(10), LONDON)


def sweep(cast, day: date) -> None:
    open_monitoring_reports(school=cast.school, at=on(day))
    open_occurrences(school=cast.school, at=on(day))


def fates(duty: str) -> dict[str, str]:
    rows = DutyOccurrence.objects.filter(duty=duty).order_by("starts_date")
    return {f"{row.starts_date:%d %b}": row.state for row in rows}


def sign(cast, day: date) -> None:
    for report in MonitoringReport.objects.filter(signed_at=None):
        sign_monitoring(report=report, version=report.version, **SIGNED, by=cast.dora, at=on(day))


def test_logs_are_reviewed_in_weeks_that_have_a_report_due_and_not_in_holidays(cast):
    """The last week before half-term is due after it; the holiday itself has no duty (FIL-19)."""
    profile(cast)
    for day in (9, 14, 15, 22, 30):
        sweep(cast, date(2026, 9, day))
        if day == 15:
            sign(cast, date(2026, 9, 15))
    assert fates("log_review") == {
        "14 Sep": "met",
        "21 Sep": "missed",
        "28 Sep": "open",
    }
    MonitoringReport.objects.filter(signed_at=None, due_at__lt=on(date(2026, 10, 19))).update(
        signed_at=F("due_at"), signed_by=cast.dora
    )
    for day in (date(2026, 10, 20), date(2026, 10, 27), date(2026, 11, 3)):
        sweep(cast, day)
    assert "26 Oct" not in fates("log_review")
    assert fates("log_review")["02 Nov"] == "open"
    waiting = MonitoringReport.objects.filter(signed_at=None, due_at__gte=on(date(2026, 11, 2)))
    assert [row.week_start for row in waiting] == [date(2026, 10, 19)]

    sign(cast, date(2026, 11, 4))
    sweep(cast, date(2026, 11, 5))

    assert fates("log_review")["02 Nov"] == "met"


def test_head_sees_logs_once_a_month_that_has_a_signed_report(cast):
    profile(cast)
    sweep(cast, date(2026, 9, 15))
    assert fates("log_review_head") == {}
    sign(cast, date(2026, 9, 15))
    sweep(cast, date(2026, 9, 16))
    assert fates("log_review_head") == {"01 Sep": "open"}
    MonitoringReport.objects.update(seen_at=on(date(2026, 9, 17)), seen_by=cast.hana)
    sweep(cast, date(2026, 9, 18))
    assert fates("log_review_head") == {"01 Sep": "met"}
    sweep(cast, date(2026, 10, 6))
    assert fates("log_review_head") == {"01 Sep": "met"}


def test_school_without_a_product_has_no_logs_to_review(cast):
    sweep(cast, date(2026, 9, 15))
    assert fates("log_review") == fates("log_review_head") == fates("alert_sample") == {}


def test_sample_is_a_duty_of_terms_with_false_alarms_and_goes_with_them(cast):
    """Judged again otherwise, there is nothing to look at; drawn and checked, it is met."""
    day = date(2026, 9, 16)
    walk_alerts.judged(cast)
    sweep(cast, day)
    assert fates("alert_sample") == {"02 Sep": "open"}
    Alert.objects.update(state="opened", verdict="unclear")
    sweep(cast, day)
    assert fates("alert_sample") == {"02 Sep": "withdrawn"}
    Alert.objects.update(state="false_alarm", verdict="false")
    sweep(cast, day)
    assert fates("alert_sample") == {"02 Sep": "open"}

    assert draw_sample(school=cast.school, by=cast.dora, at=on(day)) == 1
    check_sample(sample=AlertSample.objects.get(), agrees=True, by=cast.hana, at=on(day))
    sweep(cast, day)

    assert fates("alert_sample") == {"02 Sep": "met"}
    sweep(cast, date(2027, 1, 12))
    assert fates("alert_sample") == {"02 Sep": "met"}


def test_false_alarm_about_the_headteacher_makes_no_duty(cast):
    walk_alerts.judged(cast)
    Alert.objects.update(about="head")
    sweep(cast, date(2026, 9, 16))
    assert fates("alert_sample") == {}


def test_month_is_due_on_its_last_school_day_and_a_holiday_month_is_none(cast):
    calendar = SchoolCalendar.of(cast.school)
    month = spans_on(calendar, date(2026, 10, 5))["month"]
    assert (month.code, month.starts, month.due) == (
        "month-2026-10",
        date(2026, 10, 1),
        date(2026, 10, 23),
    )
    assert "month" not in spans_on(calendar, date(2027, 8, 10))

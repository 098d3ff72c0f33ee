"""The weekly monitoring report: opened by itself, looked through, signed off, seen (FIL-19)."""

from datetime import date, timedelta

import pytest

from audit.queries import trail
from common.errors import Conflicted, Refusal, StaleRecord, StepRefused
from filtering.actions.alerts import open_alert, triage_alert
from filtering.actions.monitoring import (
    add_finding,
    link_finding,
    note_monitoring,
    open_monitoring_reports,
    see_monitoring,
    sign_monitoring,
)
from filtering.models import MonitoringFinding, MonitoringReport
from filtering.tasks import open_reports
from people.actions.settings import change_setting
from tests.cast import NOW
from tests.filtering import walk_alerts, walk_changes, walk_failures
from tests.filtering import walk_oversight as walk
from tests.filtering.walk_oversight import LAST_WEEK, deed

SIGN = {"breaches": "", "actions": "", "without_look": False}


def weeks(cast) -> list[date]:
    rows = MonitoringReport.objects.filter(school=cast.school).order_by("week_start")
    return list(rows.values_list("week_start", flat=True))


def opened_on(cast, day: date) -> list[date]:
    open_monitoring_reports(school=cast.school, at=walk.at(day))
    return weeks(cast)


# Opening ------------------------------------------------------------------------------------------


def test_nothing_is_opened_before_a_product_or_an_alert_is_there(cast):
    assert open_monitoring_reports(school=cast.school, at=NOW) == 0


def test_report_of_each_past_school_week_is_opened_once(cast):
    """The cast's product is in force since 8 September."""
    walk.profile(cast)
    counts = [open_monitoring_reports(school=cast.school, at=walk.at(date(2026, 9, 22)))]
    counts += [open_monitoring_reports(school=cast.school, at=walk.at(date(2026, 9, 22)))]

    assert (counts, weeks(cast)) == ([2, 0], [date(2026, 9, 7), date(2026, 9, 14)])


def test_first_alert_is_enough(cast):
    walk_alerts.received(cast)

    assert opened_on(cast, date(2026, 9, 22)) == [date(2026, 9, 14)]


def test_only_the_last_four_weeks_are_opened(cast):
    walk.profile(cast)

    assert opened_on(cast, date(2026, 10, 20)) == [
        date(2026, 9, 21),
        date(2026, 9, 28),
        date(2026, 10, 5),
        date(2026, 10, 12),
    ]


def test_week_without_a_school_day_has_no_report(cast):
    """Half-term is from 26 to 30 October."""
    walk.profile(cast)
    opened_on(cast, date(2026, 10, 20))

    assert opened_on(cast, date(2026, 11, 3))[-2:] == [date(2026, 10, 12), date(2026, 10, 19)]


@pytest.mark.parametrize(
    ("week", "on", "due"),
    [
        (date(2026, 9, 7), date(2026, 9, 15), date(2026, 9, 18)),
        (date(2026, 10, 19), date(2026, 10, 27), date(2026, 11, 6)),
    ],
)
def test_report_is_due_at_the_end_of_the_fifth_school_day_after_its_week(cast, week, on, due):
    walk.profile(cast)
    open_monitoring_reports(school=cast.school, at=walk.at(on))
    found = MonitoringReport.objects.get(week_start=week)

    assert found.due_at == walk.at(due, 16)


def test_clock_opens_reports_of_every_school(cast, other, today):
    walk.profile(cast)
    open_reports()

    assert weeks(cast) == [LAST_WEEK]


# The note of IT and findings ----------------------------------------------------------------------


def test_it_writes_what_the_logs_showed(cast):
    report = walk.noted(cast)

    assert (report.technical_note, report.noted_by, report.noted_at, report.version) == (
        "Two tries to reach a proxy.",
        cast.tina,
        NOW,
        2,
    )


@pytest.mark.parametrize(
    ("who", "text", "words"),
    [
        ("dora", "Nothing.", "Your role at this school does not allow this step."),
        ("tina", "  ", "Say what the look through the logs showed, even if it was nothing."),
    ],
)
def test_note_is_refused(cast, who, text, words):
    report = walk.report(cast)

    with pytest.raises(Refusal, match=words):
        deed(note_monitoring, report, text=text, by=getattr(cast, who))


def test_deed_on_a_report_that_was_changed_meanwhile_is_refused(cast):
    report = walk.report(cast)
    walk.noted(cast)

    with pytest.raises(StaleRecord, match="Somebody changed this after you opened it"):
        add_finding(
            report=report,
            version=report.version,
            text="A proxy.",
            breach=True,
            by=cast.tina,
            at=NOW,
        )
    assert MonitoringFinding.objects.count() == 0


def test_finding_keeps_the_incident_that_was_raised_from_it(cast):
    finding = walk.finding(cast)
    link_finding(finding=finding, incident_reference="2026-0007", by=cast.dora, at=NOW)

    finding.refresh_from_db()
    assert finding.incident_reference == "2026-0007"
    with pytest.raises(Refusal, match="Incident 2026-0007 was raised from this finding already"):
        link_finding(finding=finding, incident_reference="2026-0008", by=cast.dora, at=NOW)


def test_incident_may_be_raised_from_a_finding_of_a_signed_week(cast):
    finding = walk.finding(cast, breach=False)
    walk.signed(cast)
    link_finding(finding=finding, incident_reference="2026-0007", by=cast.dora, at=NOW)
    finding.refresh_from_db()

    assert finding.incident_reference == "2026-0007"


# Signing off --------------------------------------------------------------------------------------


def test_signing_freezes_the_figures(cast):
    week = walk.at(LAST_WEEK)
    walk_alerts.received(cast, at=week, severity=walk_alerts.ROUTINE)
    report = walk.signed(cast)
    walk_alerts.received(cast, at=week)
    report.refresh_from_db()

    assert (report.figures["alerts"], report.signed_by, report.signed_at) == (1, cast.dora, NOW)


def test_figures_of_a_week_are_those_of_that_week(cast):
    monday, sunday = walk.at(LAST_WEEK, 0), walk.at(LAST_WEEK + timedelta(days=6), 23)
    for moment, minutes in ((monday, 10), (sunday, 30)):
        alert = walk_alerts.received(cast, at=moment, severity=walk_alerts.HIGH)
        opened = {"by": cast.dora, "at": moment + timedelta(minutes=minutes)}
        walk_alerts.act(open_alert, alert, **opened)
        walk_alerts.act(triage_alert, alert, verdict="true", reason="So.", **opened)
    walk_alerts.received(cast, at=monday, severity=walk_alerts.ROUTINE, rule="Proxy")
    for outside in (monday - timedelta(minutes=1), sunday + timedelta(hours=1)):
        walk_alerts.received(cast, at=outside)
    walk_failures.report(cast, at=monday)
    walk_changes.block(cast, at=monday)
    walk_changes.ask(cast, at=sunday)
    report = walk.signed(cast)

    assert report.figures == {
        "alerts": 3,
        "severity": [["Urgent", 0], ["High", 2], ["Routine", 1]],
        "verdict": [
            ["A true concern", 2],
            ["A false alarm", 0],
            ["Not clear yet", 0],
            ["Not judged yet", 1],
        ],
        "rules": [["Bullying", 2], ["Proxy", 1]],
        "more_rules": 0,
        "unopened": 1,
        "raised": 0,
        "minutes_to_open": 20,
        "failures_reported": 1,
        "failures_mended": 0,
        "changes_asked": 2,
        "changes_made": 1,
        "changes_refused": 0,
        "blocked_at_once": 1,
    }


def test_whoever_looked_through_the_logs_does_not_sign_them_off(cast):
    report = walk.report(cast)
    walk_alerts.give(cast, "dora", "mon_lead")
    deed(note_monitoring, report, text="Nothing.", by=cast.dora)

    with pytest.raises(Conflicted, match="You looked through these logs, so somebody else"):
        deed(sign_monitoring, report, **SIGN, by=cast.dora)


def test_signing_without_a_look_by_it_has_to_be_said(cast):
    report = walk.report(cast)

    with pytest.raises(Refusal, match="IT has not looked through the logs of this week"):
        deed(sign_monitoring, report, **SIGN, by=cast.dora)
    deed(sign_monitoring, report, **SIGN | {"without_look": True}, by=cast.dora)
    said = trail(cast.school.pk).filter(verb="sign_monitoring").first()
    assert said.facts == {"looked_through": False, "breach": False}


def test_breach_needs_what_was_done_about_it(cast):
    walk.finding(cast)
    report = walk.noted(cast)

    with pytest.raises(Refusal, match="Something broke the rules this week"):
        deed(sign_monitoring, report, **SIGN, by=cast.dora)
    signed = deed(sign_monitoring, report, **SIGN | {"actions": "Talked."}, by=cast.dora)
    assert signed.actions == "Talked."


def test_signed_week_stays_as_it_is(cast):
    report = walk.signed(cast)

    for act, values, who in (
        (note_monitoring, {"text": "More."}, "tina"),
        (add_finding, {"text": "More.", "breach": False}, "tina"),
        (sign_monitoring, SIGN, "dora"),
    ):
        with pytest.raises(StepRefused, match="This report is signed off"):
            deed(act, report, **values, by=getattr(cast, who))


def test_only_the_safeguarding_lead_signs(cast):
    report = walk.noted(cast)

    with pytest.raises(StepRefused, match="Your role"):
        deed(sign_monitoring, report, **SIGN, by=cast.hana)


# Taking note --------------------------------------------------------------------------------------


def test_head_takes_note_of_what_was_shown_at_one_press(cast):
    report = walk.signed(cast)
    open_monitoring_reports(school=cast.school, at=walk.at(date(2026, 9, 22)))
    numbers = list(MonitoringReport.objects.values_list("pk", flat=True))
    seen = see_monitoring(school=cast.school, reports=numbers, by=cast.hana, at=NOW)
    report.refresh_from_db()

    assert (seen, report.seen_by, report.seen_at) == ([report], cast.hana, NOW)
    with pytest.raises(Refusal, match="There is no signed report left"):
        see_monitoring(school=cast.school, reports=numbers, by=cast.hana, at=NOW)


def test_only_the_head_takes_note(cast):
    report = walk.signed(cast)

    with pytest.raises(StepRefused, match="Your role"):
        see_monitoring(school=cast.school, reports=[report.pk], by=cast.dora, at=NOW)


def test_number_of_days_is_the_schools(cast):
    change_setting(school=cast.school, name="report_days", value=2, by=cast.hana, at=NOW)
    cast.school.__dict__.pop("_settings", None)

    assert walk.report(cast).due_at.date() == date(2026, 9, 15)

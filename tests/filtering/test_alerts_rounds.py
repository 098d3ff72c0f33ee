"""Drills and samples each term, and what the home page and the reminders say of alerts."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from common.errors import Conflicted, Refusal
from filtering.actions.alert_drills import start_drill
from filtering.actions.alert_samples import check_sample, draw_sample
from filtering.actions.alerts import mark_raised, open_alert, route_unopened_alerts, triage_alert
from filtering.duties.alerts import figures, needs, reminders_due
from filtering.models import Alert, AlertSample
from filtering.queries.alert_samples import samples_visible_to
from people.actions.settings import change_setting
from people.calendar import LONDON
from people.models import Notice
from roles.queries import standing_of
from tests.cast import NOW
from tests.filtering import walk_alerts as walk

pytestmark = pytest.mark.usefixtures("today")
DAY = timedelta(days=1)
LATE_IN_TERM = datetime(2026, 12, 1, 9, tzinfo=LONDON)


def asking(cast, name, at=NOW):
    person = getattr(cast, name)
    standing = standing_of(person, on=at.date())
    return SimpleNamespace(
        school=cast.school, person=person, powers=standing.powers, role_codes=standing.codes
    )


def waits(cast, name, at=NOW):
    return [(need.what, need.label, need.late) for need in needs(asking(cast, name), at=at)]


# Drills -------------------------------------------------------------------------------------------


def test_a_drill_runs_the_chain_for_real_and_is_marked_as_one(cast):
    drill = start_drill(school=cast.school, by=cast.hana, at=NOW)
    route_unopened_alerts(school=cast.school, at=NOW + timedelta(minutes=15))
    walk.act(open_alert, drill, by=cast.hana, at=NOW + timedelta(minutes=20))
    ended = walk.act(
        triage_alert, drill, verdict="false", reason="Drill", by=cast.hana, at=NOW + DAY
    )

    assert (ended.drill, ended.severity, ended.state) == (True, 1, "false_alarm")
    told = Notice.objects.order_by("pk").values_list("person", "reason")
    assert list(told) == [(cast.dora.pk, "urgent_alert"), (cast.hana.pk, "urgent_alert")]
    assert [kind for kind, _ in walk.history(drill)] == [
        *("received", "routed", "routed", "opened", "triaged")
    ]


def test_a_second_drill_waits_and_no_incident_comes_of_one(cast):
    drill = start_drill(school=cast.school, by=cast.hana, at=NOW)

    with pytest.raises(Refusal, match="A drill is under way"):
        start_drill(school=cast.school, by=cast.dora, at=NOW)
    with pytest.raises(Refusal, match="This is a drill"):
        walk.act(mark_raised, drill, incident_reference="2026-0001", by=cast.dora)


# Samples ------------------------------------------------------------------------------------------


def drawn(cast, by="hana", at=NOW):
    count = draw_sample(school=cast.school, by=getattr(cast, by), at=at)
    return count, list(AlertSample.objects.filter(school=cast.school).order_by("pk"))


def test_a_sample_is_drawn_by_lot_once_a_term_from_its_false_alarms(cast):
    change_setting(school=cast.school, name="alert_sample", value=3, by=cast.hana, at=NOW)
    cast.school = type(cast.school).objects.get(pk=cast.school.pk)
    false = {walk.judged(cast, severity=3).pk for _ in range(5)}
    walk.judged(cast, "true")
    walk.judged(cast, at=NOW - timedelta(days=14))  # the day before the term began
    drill = start_drill(school=cast.school, by=cast.hana, at=NOW)
    walk.act(open_alert, drill, by=cast.dora)
    walk.act(triage_alert, drill, verdict="false", reason="Drill", by=cast.dora)
    count, samples = drawn(cast)

    assert count == len({sample.alert_id for sample in samples} & false) == 3
    assert {sample.term for sample in samples} == {"Autumn 2026/27"}
    with pytest.raises(Refusal, match="drawn already"):
        drawn(cast)


def test_there_has_to_be_something_to_draw(cast):
    walk.opened(cast)

    with pytest.raises(Refusal, match="There is no false alarm of this term"):
        drawn(cast)


def test_a_second_look_that_agrees_ends_it(cast):
    alert = walk.judged(cast)
    _, (sample,) = drawn(cast)
    with pytest.raises(Conflicted, match="You judged this alert yourself"):
        check_sample(sample=sample, agrees=True, by=cast.dora, at=NOW)
    check_sample(sample=sample, agrees=True, note="A quiz", by=cast.hana, at=NOW)

    sample.refresh_from_db()
    assert (sample.agrees, sample.note, sample.checked_by) == (True, "A quiz", cast.hana)
    assert walk.now(alert).state == "false_alarm"
    assert walk.history(alert)[-1] == ("sampled", "It was a false alarm.")
    with pytest.raises(Refusal, match="checked already"):
        check_sample(sample=sample, agrees=True, by=cast.hana, at=NOW)


def test_a_second_look_that_disagrees_opens_the_alert_again(cast):
    alert = walk.judged(cast)
    _, (sample,) = drawn(cast)
    with pytest.raises(Refusal, match="Say why"):
        check_sample(sample=sample, agrees=False, note=" ", by=cast.hana, at=NOW)
    check_sample(sample=sample, agrees=False, note="No lesson then", by=cast.hana, at=NOW)

    again = walk.now(alert)
    assert (again.state, again.verdict, again.owner) == ("opened", "unclear", cast.dora)
    assert walk.history(alert)[-1] == (
        "sampled",
        "It was not a false alarm. No lesson then",
    )
    assert walk.act(triage_alert, alert, verdict="true", reason="", by=cast.dora).verdict == "true"


def test_a_drawn_alert_about_staff_is_seen_by_those_who_may_see_it(cast):
    walk.give(cast, "tess", "osl")
    walk.judged(cast, name="tom")
    _, (sample,) = drawn(cast)

    def seen(name):
        person = getattr(cast, name)
        return list(samples_visible_to(person, standing_of(person, on=NOW.date()).powers))

    assert [seen("hana"), seen("tess")] == [[sample], []]
    with pytest.raises(Refusal, match="does not allow"):
        check_sample(sample=sample, agrees=True, by=cast.tess, at=NOW)


# Home page and reminders --------------------------------------------------------------------------


def test_the_home_page_leads_with_urgent_alerts_and_counts_the_rest(cast):
    urgent = walk.received(cast)
    walk.received(cast, severity=2)
    walk.received(cast, severity=3)
    walk.opened(cast, severity=3)
    walk.judged(cast, "true", severity=3)

    at = NOW + timedelta(minutes=30)
    assert waits(cast, "dora", at) == [
        (f"Urgent · Alert {urgent.pk}", "Open this alert", True),
        ("2 monitoring alerts", "Look at them", False),
        ("1 monitoring alert", "Judge them", False),
        ("1 monitoring alert", "Look at them", False),
    ]
    assert waits(cast, "hana", at) == [
        (f"Urgent · Alert {urgent.pk}", "Open this alert", True),
        ("2 monitoring alerts", "Look at them", False),
    ]
    assert [waits(cast, name, at) for name in ("tom", "olga", "tina", "pia")] == [[]] * 4


def test_the_home_page_never_counts_what_one_may_not_see(cast):
    walk.received(cast, "dora", by="hana")
    walk.received(cast, "hana", severity=3)

    assert [what for what, _, _ in waits(cast, "dora")] == ["1 monitoring alert"]
    assert [what for what, _, _ in waits(cast, "hana")][1:] == []
    assert [figure.number for figure in figures(asking(cast, "cara"), at=NOW)] == [1, 0]


def test_figures_leave_drills_out(cast):
    walk.received(cast)
    walk.received(cast, severity=3)
    walk.act(open_alert, walk.received(cast, at=NOW - 2 * DAY), by=cast.dora)
    start_drill(school=cast.school, by=cast.hana, at=NOW)

    assert [figure.number for figure in figures(asking(cast, "dora"), at=NOW)] == [2, 1]
    assert figures(asking(cast, "tom"), at=NOW) == []


def due(cast, on, duty):
    return {one.person_id for one in reminders_due(cast.school, on=on) if one.duty == duty}


def test_the_sample_is_due_near_the_end_of_the_term_and_until_it_is_checked(cast):
    assert due(cast, LATE_IN_TERM.date(), "alert_sample") == set()
    walk.judged(cast)
    assert due(cast, NOW.date(), "alert_sample") == set()
    both = {cast.hana.pk, cast.dora.pk}
    assert due(cast, LATE_IN_TERM.date(), "alert_sample") == both
    assert ("The term’s sample of false alarms", "Draw the sample", False) in waits(
        cast, "dora", LATE_IN_TERM
    )
    _, (sample,) = drawn(cast)
    assert due(cast, LATE_IN_TERM.date(), "alert_sample") == both
    assert ("1 false alarm", "Check them", False) in waits(cast, "hana", LATE_IN_TERM)
    assert "Check them" not in [label for _, label, _ in waits(cast, "dora", LATE_IN_TERM)]
    check_sample(sample=sample, agrees=True, by=cast.hana, at=NOW)

    assert due(cast, LATE_IN_TERM.date(), "alert_sample") == set()


def test_owners_are_reminded_daily_of_alerts_nobody_opened_in_time(cast):
    walk.received(cast, severity=2)
    walk.received(cast, severity=2)
    tomorrow = NOW.date() + DAY

    assert due(cast, NOW.date(), "late_alerts") == set()
    rows = [one for one in reminders_due(cast.school, on=tomorrow) if one.duty == "late_alerts"]
    assert [(one.person_id, one.period) for one in rows] == [(cast.dora.pk, "2026-09-16")]
    for alert in Alert.objects.filter(state="received"):
        walk.act(open_alert, alert, by=cast.hana)
    assert due(cast, tomorrow, "late_alerts") == set()

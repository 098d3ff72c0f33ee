"""An alert is opened, judged with a reason, noted and raised; every verdict stays (c.8, FIL-15)."""

from datetime import timedelta

import pytest

from audit.queries import trail_of
from common.errors import Conflicted, Refusal, StaleRecord, StepRefused
from filtering.actions.alert_batches import dismiss_alerts
from filtering.actions.alerts import (
    identify_user,
    mark_raised,
    note_action,
    open_alert,
    triage_alert,
)
from filtering.models import Alert
from tests.cast import NOW
from tests.filtering import walk_alerts as walk


def test_whoever_opens_an_alert_takes_it_on(cast):
    alert = walk.received(cast, "pia")
    opened = walk.act(open_alert, alert, by=cast.hana, at=NOW + timedelta(minutes=7))

    assert (opened.state, opened.owner, opened.opened_by) == ("opened", cast.hana, cast.hana)
    assert trail_of(alert)[0].facts == {"state": "opened", "minutes": 7}
    with pytest.raises(StepRefused, match="“Open” cannot be done now"):
        walk.act(open_alert, alert, by=cast.dora)


def test_an_alert_changed_meanwhile_is_refused(cast):
    alert = walk.received(cast)
    walk.act(open_alert, alert, by=cast.hana)

    with pytest.raises(StaleRecord):
        triage_alert(
            alert=alert, version=1, verdict="false", reason="Homework", by=cast.dora, at=NOW
        )


def test_a_false_alarm_needs_a_reason_and_every_verdict_stays(cast):
    alert = walk.opened(cast)
    with pytest.raises(Refusal, match="Give the reason"):
        walk.act(triage_alert, alert, verdict="false", reason=" ", by=cast.dora)
    walk.act(triage_alert, alert, verdict="unclear", reason="", by=cast.dora)
    walk.act(triage_alert, alert, verdict="false", reason="A history lesson", by=cast.dora)
    assert walk.now(alert).state == "false_alarm"
    with pytest.raises(Refusal, match="Give the reason"):
        walk.act(triage_alert, alert, verdict="true", reason="", by=cast.hana)
    again = walk.act(triage_alert, alert, verdict="true", reason="It was not", by=cast.hana)

    assert (again.state, again.verdict, again.triaged_by) == ("opened", "true", cast.hana)
    verdicts = alert.events.filter(kind="triaged").values_list("verdict", "text", "by")
    assert list(verdicts) == [
        ("unclear", "", cast.dora.pk),
        ("false", "A history lesson", cast.dora.pk),
        ("true", "It was not", cast.hana.pk),
    ]


def test_what_was_done_at_once_is_noted(cast):
    alert = walk.opened(cast)
    walk.act(note_action, alert, text="Locked the screen.", by=cast.dora)

    assert walk.history(alert)[-1] == ("action", "Locked the screen.")
    with pytest.raises(Refusal, match="Say what was done"):
        walk.act(note_action, alert, text=" ", by=cast.dora)


def test_several_false_alarms_are_judged_with_one_reason_each_with_its_own_history(cast):
    alerts = [walk.received(cast, severity=severity) for severity in (2, 3)]
    alerts.append(walk.opened(cast, severity=3))
    versions = {alert.pk: alert.version for alert in alerts}

    count = dismiss_alerts(
        school=cast.school, versions=versions, reason="A quiz", by=cast.hana, at=NOW
    )

    assert count == 3
    for alert in alerts:
        last = alert.events.last()
        assert (last.kind, last.verdict, last.text, last.by) == (
            "triaged",
            "false",
            "A quiz",
            cast.hana,
        )
        assert walk.now(alert).state == "false_alarm"


def test_a_batch_is_refused_whole_with_an_urgent_stale_ended_or_unknown_one(cast):
    calm = walk.received(cast, severity=3)

    def dismiss(other, version=None, reason="A quiz"):
        versions = {calm.pk: 1, other.pk: version or other.version}
        dismiss_alerts(school=cast.school, versions=versions, reason=reason, by=cast.dora, at=NOW)

    with pytest.raises(Refusal, match=r"is urgent\. Urgent alerts are looked at one by one"):
        dismiss(walk.received(cast, severity=1))
    with pytest.raises(StaleRecord):
        dismiss(walk.opened(cast, severity=3), version=1)
    with pytest.raises(StaleRecord, match="was dealt with meanwhile"):
        dismiss(walk.judged(cast, severity=3))
    with pytest.raises(Refusal, match="One of these alerts is not there"):
        dismiss(Alert(pk=0, version=1))
    with pytest.raises(Refusal, match="Give the reason"):
        dismiss(walk.received(cast, severity=3), reason="")
    own = {walk.received(cast, "hana", severity=3).pk: 1}
    with pytest.raises(StepRefused, match="does not allow"):
        dismiss_alerts(school=cast.school, versions=own, reason="A quiz", by=cast.hana, at=NOW)
    with pytest.raises(Refusal, match="Choose between 1 and 200"):
        dismiss_alerts(school=cast.school, versions={}, reason="A quiz", by=cast.dora, at=NOW)
    assert walk.now(calm).state == "received"


def test_an_incident_raised_from_an_alert_is_named_on_it(cast):
    alert = walk.received(cast, "pia")
    raised = walk.act(mark_raised, alert, incident_reference="2026-0042", by=cast.dora)

    assert (raised.state, raised.verdict, raised.opened_by) == ("raised", "true", cast.dora)
    assert raised.incident_reference == "2026-0042"
    with pytest.raises(StepRefused):
        walk.act(mark_raised, alert, incident_reference="2026-0043", by=cast.dora)


def test_nobody_works_on_an_alert_about_themselves_or_their_child(cast):
    walk.give(cast, "paul", "mon_lead")
    child, own = walk.received(cast, "pia"), walk.received(cast, "hana")

    with pytest.raises(Conflicted, match="about you or a child of yours"):
        walk.act(open_alert, child, by=cast.paul)
    with pytest.raises(Conflicted, match="about you or a child of yours"):
        walk.act(open_alert, own, by=cast.hana)


@pytest.mark.parametrize("name", ["tom", "olga", "tina"])
def test_only_those_who_triage_open_an_alert(cast, name):
    with pytest.raises(StepRefused, match="Your role at this school does not allow this step"):
        walk.act(open_alert, walk.received(cast), by=getattr(cast, name))


def test_a_monitoring_lead_does_not_open_an_alert_about_staff(cast):
    walk.give(cast, "tess", "mon_lead")
    walk.act(open_alert, walk.received(cast, "pia"), by=cast.tess)

    with pytest.raises(StepRefused, match="does not allow"):
        walk.act(open_alert, walk.received(cast, "tom"), by=cast.tess)


def test_saying_who_it_was_sends_an_alert_about_its_owner_to_the_next_person(cast):
    alert = walk.opened(cast)
    passed = walk.act(identify_user, alert, person=cast.dora, by=cast.hana)

    assert (passed.about, passed.state, passed.owner, passed.opened_at) == (
        "staff",
        "received",
        cast.hana,
        None,
    )
    assert walk.history(alert)[-2:] == [
        ("identified", "Dora Dale was signed in."),
        ("routed", "Headteacher was told: Hana Headley."),
    ]


def test_saying_who_it_was_leaves_an_alert_with_an_owner_who_may_have_it(cast):
    alert = walk.opened(cast)
    named = walk.act(identify_user, alert, person=cast.pia, by=cast.dora)

    assert (named.about, named.state, named.owner) == ("pupil", "opened", cast.dora)
    with pytest.raises(Refusal, match="names already"):
        walk.act(identify_user, alert, person=cast.pia, by=cast.dora)


def test_an_alert_found_to_be_about_the_head_goes_to_the_chain_for_that(cast):
    alert = walk.act(open_alert, walk.received(cast), by=cast.hana)
    passed = walk.act(identify_user, alert, person=cast.hana, by=cast.dora)

    assert (passed.about, passed.state, passed.owner) == ("head", "received", cast.dora)

"""An urgent alert is told at once and climbs the chain; nobody sees one about themselves (c.8)."""

from datetime import timedelta

import pytest
from django.core import mail

from audit.models import Entry
from audit.visibility import visible_trail
from common.scope import school_scope
from filtering.actions.alerts import open_alert, read_alert, route_unopened_alerts
from filtering.queries.alerts import alerts_visible_to
from filtering.tasks import sweep_alerts
from people.actions.settings import change_setting
from people.calendar import LONDON
from people.models import Notice
from roles.queries import powers_of
from safeguard.timetable import collect
from tests.cast import NOW, make_person
from tests.filtering import walk_alerts as walk
from tests.incidents.office import cover

MINUTES = timedelta(minutes=15)


def sweep(cast, at):
    return route_unopened_alerts(school=cast.school, at=at)


def told(cast):
    rows = Notice.objects.filter(school=cast.school).order_by("pk")
    return [(notice.person, notice.reason, notice.path) for notice in rows]


def seen(cast, name):
    person = getattr(cast, name)
    return set(alerts_visible_to(person, powers_of(person, on=NOW.date())))


def test_an_urgent_alert_is_told_at_once_without_a_word_of_the_case(
    cast, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        alert = walk.received(cast, "pia")

    assert alert.owner == cast.dora
    assert alert.due_at == NOW + MINUTES
    path = cast.url(f"filtering/alerts/{alert.pk}/")
    assert told(cast) == [(cast.dora, "urgent_alert", path)]
    assert [message.to for message in mail.outbox] == [[cast.dora.email]]
    text = f"{mail.outbox[0].subject} {mail.outbox[0].body}".lower()
    assert [word for word in ("pia", "bullying", "nobody likes", "urgent") if word in text] == []


@pytest.mark.parametrize(
    ("severity", "due"),
    [
        (walk.HIGH, NOW + timedelta(hours=1)),
        (walk.ROUTINE, NOW.replace(day=16, hour=16, minute=0).astimezone(LONDON)),
    ],
)
def test_other_alerts_are_due_by_their_priority_and_told_once_an_hour(cast, severity, due):
    alert = walk.received(cast, severity=severity)
    walk.received(cast, severity=severity, at=NOW + timedelta(minutes=50))
    walk.received(cast, severity=severity, at=NOW + timedelta(minutes=65))

    assert alert.due_at == due
    assert told(cast) == [(cast.dora, "alerts", cast.url("filtering/alerts/"))] * 2


def test_an_unopened_urgent_alert_climbs_one_step_at_a_time_to_the_end(cast):
    dev = walk.deputy(cast)
    alert = walk.received(cast, "pia")
    moments = [
        NOW + MINUTES - timedelta(seconds=1),
        NOW + MINUTES,
        NOW + MINUTES,
        NOW + 2 * MINUTES,
        NOW + 3 * MINUTES,
        NOW + 9 * MINUTES,
    ]

    assert [sweep(cast, at) for at in moments] == [0, 1, 0, 1, 0, 0]
    assert [person for person, _, _ in told(cast)] == [cast.dora, dev, cast.hana]
    assert walk.now(alert).owner == cast.dora
    assert walk.history(alert) == [
        ("received", "Entered by hand."),
        ("routed", "Designated safeguarding lead was told: Dora Dale."),
        ("routed", "Deputy headteacher was told too: Dev Deputy."),
        ("routed", "Headteacher was told too: Hana Headley."),
        ("routed", "Nobody is left in the chain to be told."),
    ]
    assert sweep(cast, NOW + timedelta(days=1)) == 0


def test_an_opened_alert_and_one_that_is_not_urgent_climb_no_further(cast):
    walk.act(open_alert, walk.received(cast), by=cast.dora)
    walk.received(cast, severity=walk.HIGH)

    assert sweep(cast, NOW + timedelta(hours=3)) == 0


def test_a_role_nobody_holds_is_passed_over(cast):
    alert = walk.received(cast)  # nobody is deputy
    sweep(cast, NOW + MINUTES)

    assert walk.history(alert)[-1] == ("routed", "Headteacher was told too: Hana Headley.")


def test_minutes_and_chain_are_the_school_s_own(cast):
    for name, value in (("urgent_minutes", 5), ("alert_chain", ["head", "dsl"])):
        change_setting(school=cast.school, name=name, value=value, by=cast.hana, at=NOW)
    school = type(cast.school).objects.get(pk=cast.school.pk)
    cast.school = school
    alert = walk.received(cast)

    assert alert.owner == cast.hana
    assert sweep(cast, NOW + timedelta(minutes=5)) == 1


def test_cover_comes_before_whoever_is_away(cast):
    cover(cast, "dsl", "tess")

    assert walk.received(cast).owner == cast.tess


def test_alerts_about_the_lead_and_the_head_go_to_the_next_person(cast):
    lead, head = walk.received(cast, "dora", by="hana"), walk.received(cast, "hana")

    assert (lead.about, lead.owner) == ("staff", cast.hana)
    assert (head.about, head.owner) == ("head", cast.dora)
    sweep(cast, NOW + MINUTES)
    assert walk.history(lead)[-1] == ("routed", "Nobody is left in the chain to be told.")
    assert walk.history(head)[-1][1] == "Chair of governors was told too: Cara Chairman."


def test_an_alert_about_a_lead_s_own_child_goes_to_the_next_person(cast):
    walk.give(cast, "paul", "deputy")
    change_setting(
        school=cast.school, name="alert_chain", value=["deputy", "dsl"], by=cast.hana, at=NOW
    )
    cast.school = type(cast.school).objects.get(pk=cast.school.pk)

    assert walk.received(cast, "pia").owner == cast.dora
    assert walk.received(cast).owner == cast.paul


def test_each_sees_the_alerts_of_their_powers_and_never_their_own(cast):
    walk.give(cast, "tess", "mon_lead")
    cast.people.other_lead = make_person(cast.school, "Odd", "Other", "staff", "deputy")
    pupil = walk.received(cast, "pia")
    staff, own = walk.received(cast, "tom"), walk.received(cast, "dora", by="hana")
    head, leading = walk.received(cast, "hana"), walk.received(cast, "tess")

    assert seen(cast, "tess") == {pupil}
    assert seen(cast, "dora") == {pupil, staff, head, leading}
    assert seen(cast, "hana") == {pupil, staff, own, leading}
    assert seen(cast, "other_lead") == {pupil, staff, own, leading}
    assert seen(cast, "cara") == {head}
    assert [seen(cast, name) for name in ("tina", "olga", "tom", "pia")] == [set()] * 4


def test_a_governor_is_staff_for_an_alert_and_a_pupil_is_not(cast):
    assert walk.received(cast, "olga").about == "staff"
    assert walk.received(cast, "quin").about == "pupil"


def test_the_trail_is_no_side_door(cast):
    alerts = {name: walk.received(cast, name) for name in ("pia", "tom", "hana")}
    own = walk.received(cast, "dora", by="hana")

    def on_trail(name):
        person = getattr(cast, name)
        rows = visible_trail(person, powers_of(person, on=NOW.date()))
        ids = set(rows.filter(verb="receive_alert").values_list("subject_id", flat=True))
        return {key for key, one in {**alerts, "dora": own}.items() if str(one.pk) in ids}

    assert on_trail("dora") == {"pia", "tom", "hana"}
    assert on_trail("hana") == {"pia", "tom", "dora"}
    assert on_trail("cara") == {"pia", "hana"}
    assert on_trail("tina") == {"pia"}


def test_reading_an_alert_about_staff_is_recorded_and_another_is_not(cast):
    for name in ("pia", "tom", "hana"):
        read_alert(alert=walk.received(cast, name), by=cast.dora, at=NOW)

    assert Entry.objects.filter(verb="read_alert").count() == 2


def test_the_facts_on_the_trail_hold_no_word_of_the_case(cast):
    walk.act(open_alert, walk.received(cast, "pia"), by=cast.dora)
    rows = Entry.objects.filter(subject_type="filtering.alert").values_list(
        "subject_label", "facts"
    )

    assert [
        (label, facts) for label, facts in rows if "likes" in f"{label}{facts}" or "Pia" in label
    ] == []


def test_the_sweep_runs_every_minute_in_every_school(cast, today):
    alert = walk.received(cast, at=NOW - timedelta(minutes=20))
    entry = collect()["route unopened alerts"]
    assert (entry["task"], entry["schedule"]) == ("filtering.tasks.sweep_alerts", 60)
    sweep_alerts()

    with school_scope(cast.school.pk):
        assert walk.history(alert)[-1][1] == "Headteacher was told too: Hana Headley."
        assert Entry.objects.filter(verb="route_alert").get().actor_name == "route_unopened_alerts"

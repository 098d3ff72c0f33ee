"""The pages of alerts: what they show to whom, and that each deed is done from its page."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import Entry
from filtering.actions.alert_drills import start_drill
from filtering.actions.alert_samples import draw_sample
from filtering.actions.alert_sources import add_source
from filtering.intake.products import FIELDS, example_of
from filtering.long_lists import LongPaginator
from filtering.models import Alert, AlertImport, AlertSource
from filtering.tasks import take_in_alerts
from tests.cast import NOW
from tests.filtering import samples_alerts
from tests.filtering import walk_alerts as walk

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Keep files in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path


def text_of(response):
    """Return what a page says in its main part, without markup."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def listed(cast, name="dora", **query):
    response = cast.client(name).get(cast.url("filtering/alerts/"), query)
    return [alert.pk for alert in response.context["page"]]


def post(cast, name, path, data=None, **more):
    return cast.client(name).post(cast.url(f"filtering/{path}"), data or {}, **more)


def test_the_list_shows_what_is_open_and_filters_narrow_it(cast):
    urgent = walk.received(cast, "pia", term="goldfish", at=NOW - timedelta(days=3))
    opened = walk.opened(cast, severity=2, at=NOW - timedelta(days=1))
    false = walk.judged(cast, severity=3)

    assert listed(cast) == [opened.pk, urgent.pk]
    assert listed(cast, state="all") == [false.pk, opened.pk, urgent.pk]
    assert listed(cast, state="false_alarm", verdict="false") == [false.pk]
    assert listed(cast, q="goldfish") == [urgent.pk]
    assert listed(cast, severity="2") == [opened.pk]
    assert listed(cast, since="2026-09-13", until="2026-09-14") == [opened.pk]
    assert listed(cast, mine="nobody") == []
    assert listed(cast, sort="severity") == [urgent.pk, opened.pk]
    assert listed(cast, about="staff") == []
    source = samples_alerts.source(cast)
    assert listed(cast, source=source.pk) == []


def test_a_long_list_is_paged_and_counted_no_further_than_anybody_turns(cast, monkeypatch):
    monkeypatch.setattr(LongPaginator, "most", 60)
    alerts = [walk.received(cast, severity=3) for _ in range(3)]
    told = {"happened_at": NOW, "received_at": NOW, "due_at": NOW}
    copies = [Alert(school=cast.school, **told) for _ in range(62)]
    Alert.objects.bulk_create(copies)
    first, second, last = (
        cast.client("dora").get(cast.url("filtering/alerts/"), {"page": page})
        for page in ("", "2", "99")
    )

    assert [len(page.context["page"]) for page in (first, second, last)] == [50, 10, 10]
    assert "The first 60 are shown." in text_of(first)
    Alert.objects.exclude(pk__in=[alert.pk for alert in alerts]).update(state="opened")
    few = cast.client("dora").get(cast.url("filtering/alerts/"), {"state": "received"})
    assert "Monitoring alerts 3" in text_of(few)
    assert "are shown" not in text_of(few)


def test_nobody_finds_an_alert_they_may_not_see(cast, other):
    own, pupil = walk.received(cast, "dora", by="hana"), walk.received(cast, "pia")

    assert listed(cast) == [pupil.pk]
    page = f"filtering/alerts/{own.pk}/"
    assert cast.client("dora").get(cast.url(page)).status_code == 404
    assert cast.client("hana").get(cast.url(page)).status_code == 200
    assert cast.client("cara").get(cast.url(f"filtering/alerts/{pupil.pk}/")).status_code == 404
    for deed in ("judge", "user", "action"):
        assert cast.client("dora").get(cast.url(f"{page}{deed}/")).status_code == 404
    assert post(cast, "dora", f"alerts/{own.pk}/open/").status_code == 404


def test_the_page_of_an_alert_leads_through_its_triage(cast):
    alert = walk.received(cast, "pia", graphic=True)
    client, page = cast.client("dora"), cast.url(f"filtering/alerts/{alert.pk}/")
    shown = text_of(client.get(page))
    assert "Nobody has opened this alert yet." in shown
    assert "It is not kept here." in shown
    assert "Chronology of Pia Pease" in shown

    response = client.post(f"{page}open/", {"version": alert.version}, follow=True)
    assert "You have taken this alert on." in response.content.decode()
    response = client.post(
        f"{page}judge/", {"version": 2, "verdict": "false", "reason": ""}, follow=True
    )
    assert "Give the reason, so that somebody else can follow it." in text_of(response)
    response = client.post(f"{page}judge/", {"version": 2, "verdict": "true"}, follow=True)
    assert "It is a true concern. Raise an incident from it next." in text_of(response)
    client.post(f"{page}action/", {"version": 3, "text": "Locked the screen."})
    story = text_of(client.get(page))
    for words in ("Received", "Opened", "Triaged: a true concern", "Action taken"):
        assert words in story


def test_a_stale_page_is_refused_once_and_then_carries_the_version_in_force(cast):
    alert = walk.opened(cast)
    sent = {"version": 1, "verdict": "unclear", "reason": "Asked the teacher"}
    response = post(cast, "dora", f"alerts/{alert.pk}/judge/", sent)
    assert "Somebody changed this alert after you opened the page." in text_of(response)
    assert "Asked the teacher" in response.content.decode()
    version = re.search(r'name="version" value="(\d+)"', response.content.decode())[1]

    assert post(cast, "dora", f"alerts/{alert.pk}/judge/", sent | {"version": version}).url
    assert walk.now(alert).verdict == "unclear"


def test_naming_the_user_may_take_the_alert_away(cast):
    alert = walk.opened(cast)
    data = {"version": alert.version, "person": cast.dora.pk, "person_text": "Dora Dale"}
    response = post(cast, "dora", f"alerts/{alert.pk}/user/", data)

    assert response.url == cast.url("filtering/alerts/")
    assert walk.now(alert).owner == cast.hana


def test_reading_a_restricted_alert_is_recorded_wherever_it_is_shown(cast):
    alert = walk.judged(cast, judge="hana", name="tom")
    walk.judged(cast)
    draw_sample(school=cast.school, by=cast.dora, at=NOW)
    page = f"filtering/alerts/{alert.pk}/"
    for path in (page, f"{page}judge/", f"filtering/alert-sample/{alert.sample.pk}/"):
        cast.client("dora").get(cast.url(path))

    entries = Entry.objects.filter(verb="read_alert").values_list("actor_id", "subject_id")
    assert list(entries) == [(cast.dora.pk, str(alert.pk))] * 3


def test_ticked_alerts_are_judged_together(cast):
    alerts = [walk.received(cast, severity=3) for _ in range(2)]
    urgent = walk.received(cast)
    page = cast.client("dora").get(cast.url("filtering/alerts/")).content.decode()
    ticks = re.findall(r'value="(\d+-\d+)"', page)
    assert sorted(ticks) == sorted(f"{alert.pk}-1" for alert in alerts)

    form = cast.client("dora").get(cast.url("filtering/alerts/false-alarms/"), {"chosen": ticks})
    assert "Why are these false alarms?" in text_of(form)
    forged = [*ticks, f"{urgent.pk}-1"]
    response = post(cast, "dora", "alerts/false-alarms/", {"chosen": forged, "reason": "A quiz"})
    assert "is urgent. Urgent alerts are looked at one by one." in text_of(response)
    post(cast, "dora", "alerts/false-alarms/", {"chosen": ticks, "reason": "A quiz"})
    assert listed(cast) == [urgent.pk]
    empty = cast.client("dora").get(cast.url("filtering/alerts/false-alarms/"), {"chosen": "x-y"})
    assert "No alert is chosen" in text_of(empty)


def test_an_alert_is_entered_by_hand_once(cast):
    data = {
        "submission": str(uuid4()),
        "happened_at": "2026-09-15",
        "happened_at_time": "9.10",
        "severity": "1",
        "person": cast.pia.pk,
        "person_text": "Pia Pease",
        "rule": "Bullying",
        "graphic": "on",
    }
    for _ in range(2):
        assert post(cast, "dora", "alerts/new/", data).status_code == 302
    late = post(
        cast,
        "dora",
        "alerts/new/",
        data | {"happened_at_time": "23:59", "submission": str(uuid4())},
    )

    alert = Alert.objects.get()
    assert (alert.person, alert.severity, alert.graphic, alert.device_ip) == (
        cast.pia,
        1,
        True,
        None,
    )
    assert "That has not happened yet." in text_of(late)
    form = cast.client("dora").get(cast.url("filtering/alerts/new/"))
    assert "Never paste a picture here" in text_of(form)


def test_the_list_is_taken_out_as_it_is_filtered_and_recorded(cast):
    walk.received(cast, "pia", severity=2, term="=goldfish()")
    walk.received(cast, severity=3)
    walk.received(cast, "dora", by="hana", severity=2)
    response = cast.client("dora").get(cast.url("filtering/alerts/export/"), {"severity": "2"})
    rows = b"".join(response.streaming_content).decode().splitlines()

    assert len(rows) == 2
    assert rows[0].startswith("\ufeffNumber,State,Priority")
    assert "Pia Pease" in rows[1]
    assert "'=goldfish()" in rows[1]
    facts = Entry.objects.get(verb="export_alerts").facts
    assert facts == {"count": 1, "filters": {"severity": "2", "sort": "-happened_at"}}


def test_a_product_is_added_its_columns_changed_and_an_export_read(cast):
    response = post(cast, "tina", "alert-sources/new/", {"name": "Eyes", "product": "senso"})
    source = AlertSource.objects.get()
    assert response.url == cast.url(f"filtering/alert-sources/{source.pk}/")
    form = cast.client("tina").get(response.url).context["form"]
    data = {name: field.value() or "" for name, field in ((f.name, f) for f in form)}
    assert data["column_user_name"] == "Username"
    clash = data | {"words_2": "critical, medium"}
    response = post(cast, "tina", f"alert-sources/{source.pk}/", clash)
    assert "“critical” cannot mean two priorities." in text_of(response)
    post(cast, "tina", f"alert-sources/{source.pk}/", data | {"column_rule": "Library"})
    source.refresh_from_db()
    assert (source.columns["rule"], len(source.columns)) == ("Library", len(FIELDS))

    upload = SimpleUploadedFile("senso.csv", example_of("senso").read_bytes())
    response = post(cast, "dora", "alerts/files/", {"source": source.pk, "file": upload})
    made = AlertImport.objects.get()
    assert response.url == cast.url(f"jobs/{made.job_id}/")
    take_in_alerts(job_id=made.job_id, school_id=cast.school.pk)
    page = cast.client("dora").get(cast.url(f"filtering/alerts/files/{made.pk}/"))
    assert "Taken in 3 Known already 0 Left out 0" in text_of(page)
    bad = SimpleUploadedFile("a.csv", b"x,y\n1,2\n")
    response = post(cast, "dora", "alerts/files/", {"source": source.pk, "file": bad})
    assert "There is no column “Date/Time”" in text_of(response)


def test_example_files_are_handed_out_and_nothing_else(cast):
    response = cast.client("dora").get(cast.url("filtering/alerts/files/example/senso/"))

    assert b"".join(response.streaming_content) == example_of("senso").read_bytes()
    unknown = cast.client("dora").get(cast.url("filtering/alerts/files/example/other/"))
    assert unknown.status_code == 404


def test_the_key_of_a_webhook_is_shown_once(cast):
    source = add_source(school=cast.school, name="Live", product="senso", by=cast.tina, at=NOW)
    path = f"alert-sources/{source.pk}/webhook/"
    first = post(cast, "tina", path, {"deed": "open"})
    key = re.search(r"<code>([0-9a-f]{64})</code>", first.content.decode())[1]

    assert first["Cache-Control"] == "no-store"
    again = cast.client("tina").get(cast.url(f"filtering/{path}")).content.decode()
    assert key not in again
    assert f"filtering/hook/{source.pk}/" in again
    post(cast, "tina", path, {"deed": "shut"})
    source.refresh_from_db()
    assert source.hook is None
    closed = post(cast, "tina", f"alert-sources/{source.pk}/close/")
    assert closed.url == cast.url("filtering/alert-sources/")


def test_a_drill_is_started_ended_and_listed(cast):
    assert post(cast, "hana", "drills/new/").url == cast.url("filtering/drills/")
    drill = Alert.objects.get(drill=True)
    refused = post(cast, "hana", "drills/new/")
    assert "A drill is under way." in text_of(refused)
    page = f"alerts/{drill.pk}/"
    post(cast, "dora", f"{page}open/", {"version": 1})
    shown = cast.client("dora").get(cast.url(f"filtering/{page}"))
    assert "Nothing happened. This tries out who is told" in text_of(shown)
    assert "End the drill" in text_of(shown)
    post(cast, "dora", f"{page}judge/", {"version": 2, "verdict": "false", "reason": "Drill"})

    rows = text_of(cast.client("hana").get(cast.url("filtering/drills/")))
    assert "Designated safeguarding lead was told: Dora Dale." in rows
    assert "Dora Dale, after 0 minutes In time" in rows


def test_a_drill_opened_too_late_says_so(cast):
    drill = start_drill(school=cast.school, by=cast.hana, at=NOW)
    walk.act(samples_alerts.open_alert, drill, by=cast.dora, at=NOW + timedelta(minutes=16))

    rows = text_of(cast.client("hana").get(cast.url("filtering/drills/")))
    assert "Dora Dale, after 16 minutes Too late" in rows


def test_the_sample_is_drawn_and_checked_from_its_pages(cast):
    alert = walk.judged(cast)
    assert "1 false alarm of this term can be drawn" in text_of(
        cast.client("dora").get(cast.url("filtering/alert-sample/"))
    )
    post(cast, "dora", "alert-sample/draw/")
    page = text_of(cast.client("dora").get(cast.url("filtering/alert-sample/")))
    assert "Somebody else looks at this one" in page
    path = f"alert-sample/{alert.sample.pk}/"
    response = post(cast, "hana", path, {"agrees": "no", "note": ""})
    assert "Say why it was not a false alarm." in text_of(response)
    post(cast, "hana", path, {"agrees": "no", "note": "No lesson then"})

    assert walk.now(alert).state == "opened"
    page = text_of(cast.client("dora").get(cast.url("filtering/alert-sample/")))
    assert "Not a false alarm Hana Headley, Tue 15 Sep 2026 No lesson then" in page
    response = post(cast, "dora", "alert-sample/draw/", follow=True)
    assert "This term’s sample is drawn already." in response.content.decode()

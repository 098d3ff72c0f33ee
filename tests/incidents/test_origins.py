"""An incident raised from monitoring or filtering, with the link kept on both sides (FIL-15)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from common.errors import Refusal
from common.trail_links import what_followed
from filtering.actions.alerts import receive_alert
from filtering.actions.failing import report_failure
from filtering.actions.monitoring import add_finding, open_monitoring_reports
from filtering.intake.writing import Reported
from filtering.models import (
    Alert,
    ChangeRequest,
    FailureReport,
    LogEntry,
    MonitoringFinding,
    MonitoringReport,
)
from incidents.actions import Told, add_task, open_incident
from incidents.actions.raising import raise_incident
from incidents.models import Incident
from tests.cast import NOW, Cast
from tests.filtering import walk_changes
from tests.filtering.staff import give_status
from tests.incidents import walk

pytestmark = pytest.mark.usefixtures("today", "ladder")


def alert(cast: Cast, **more) -> Alert:
    told = {"severity": 2, "happened_at": NOW - timedelta(minutes=20), "rule": "Bullying"}
    return receive_alert(
        school=cast.school,
        submission=uuid4(),
        reported=Reported(**told | more),
        person=cast.pia,
        by=cast.dora,
        at=NOW,
    )


def failure(cast: Cast) -> FailureReport:
    return report_failure(
        school=cast.school,
        submission=uuid4(),
        kind="unsuitable",
        address="https://bad.example/page",
        what="A violent video opened on the class screen.",
        device="PC-12",
        site="Main school",
        seen_at=NOW - timedelta(minutes=5),
        exposed="yes",
        by=cast.tom,
        at=NOW,
    )


def finding(cast: Cast) -> MonitoringFinding:
    give_status(cast)
    alert(cast)
    open_monitoring_reports(school=cast.school, at=NOW + timedelta(days=7))
    report = MonitoringReport.objects.get()
    return add_finding(
        report=report,
        version=report.version,
        text="Somebody tried to get round the filter.",
        breach=True,
        by=cast.tina,
        at=NOW,
    )


def sent(page, **more) -> dict[str, str]:
    """Return what a browser sends back of a form that opened filled in."""
    form, people = page.context["form"], page.context["people"]
    fields = {
        name: form[name].value() or ("no" if name == "imagery" else "")
        for name in ("submission", "about", "description", "place", "place_detail", "imagery")
    }
    rows = {
        f"people-{n}-{name}": row[name].value() or ""
        for n, row in enumerate(people)
        for name in ("described", "part")
    }
    picked = {f"people-{n}-person": row["person"].value() for n, row in enumerate(people)}
    rows |= {name: found.id if found else "" for name, found in picked.items()}
    return {
        **{name: str(value) for name, value in (fields | rows).items()},
        "occurred_at": f"{NOW:%Y-%m-%d}T09:00",
        "told_lead": "yes",
        "people-TOTAL_FORMS": str(len(people)),
        "people-INITIAL_FORMS": str(people.initial_form_count()),
        **more,
    }


def test_an_incident_is_raised_from_an_alert_with_what_the_alert_says(cast):
    source = alert(cast, term="you are dead", device="PC-07")
    client = cast.client("dora")
    page = client.get(cast.url(f"incidents/from-alert/{source.pk}/"))
    fields = sent(page)

    answer = client.post(cast.url(f"incidents/from-alert/{source.pk}/"), fields)

    incident = Incident.objects.get()
    assert answer.headers["Location"] == cast.url(f"incidents/{incident.reference}/")
    assert "you are dead" in incident.description
    assert [(row.person, row.part) for row in incident.involvements.all()] == [
        (cast.pia, "alleged")
    ]
    source.refresh_from_db()
    assert (source.state, source.verdict, source.incident_reference) == (
        "raised",
        "true",
        incident.reference,
    )


def test_the_same_form_sent_twice_raises_one_incident(cast):
    source = alert(cast)
    client = cast.client("dora")
    url = cast.url(f"incidents/from-alert/{source.pk}/")
    fields = sent(client.get(url))

    places = {client.post(url, fields).headers["Location"] for _ in range(2)}

    assert places == {cast.url(f"incidents/{Incident.objects.get().reference}/")}


def test_a_second_incident_from_the_same_alert_is_refused_in_words(cast):
    source = alert(cast)
    client = cast.client("dora")
    url = cast.url(f"incidents/from-alert/{source.pk}/")
    first = client.get(url)
    fields = sent(first)
    client.post(url, fields)

    answer = client.post(url, fields | {"submission": str(uuid4())})

    assert Incident.objects.count() == 1
    assert "Incident raised" in str(answer.context["form"].non_field_errors())


def test_after_raising_the_page_leads_to_the_incident(cast):
    source = alert(cast)
    client = cast.client("dora")
    url = cast.url(f"incidents/from-alert/{source.pk}/")
    client.post(url, sent(client.get(url)))

    answer = client.get(url)

    assert answer.headers["Location"] == cast.url(f"incidents/{Incident.objects.get().reference}/")


def test_a_graphic_alert_opens_the_form_with_no_files_allowed(cast):
    source = alert(cast, graphic=True)

    page = cast.client("dora").get(cast.url(f"incidents/from-alert/{source.pk}/"))

    assert page.context["form"]["imagery"].value() == "unsure"


def test_an_alert_about_staff_becomes_a_restricted_incident(cast):
    source = receive_alert(
        school=cast.school,
        submission=uuid4(),
        reported=Reported(severity=2, happened_at=NOW, rule="Gambling"),
        person=cast.tom,
        by=cast.dora,
        at=NOW,
    )
    client = cast.client("dora")
    url = cast.url(f"incidents/from-alert/{source.pk}/")

    answer = client.post(url, sent(client.get(url)))

    incident = Incident.objects.get()
    assert incident.restriction == "staff"
    assert answer.headers["Location"] == cast.url(f"reports/{incident.reference}/")


def test_nobody_raises_an_incident_from_an_alert_they_may_not_see(cast):
    source = alert(cast)

    assert (
        cast.client("cara").get(cast.url(f"incidents/from-alert/{source.pk}/")).status_code == 404
    )
    assert cast.client("tom").get(cast.url(f"incidents/from-alert/{source.pk}/")).status_code == 403


def test_a_report_about_filtering_and_a_finding_become_incidents(cast):
    for origin, path in (
        (failure(cast), lambda row: f"incidents/from-report/{row.reference}/"),
        (finding(cast), lambda row: f"incidents/from-finding/{row.pk}/"),
    ):
        client = cast.client("tina")
        url = cast.url(path(origin))

        client.post(url, sent(client.get(url)))

        incident = Incident.objects.latest("pk")
        origin.refresh_from_db()
        assert origin.incident_reference == incident.reference


def test_the_link_is_walked_both_ways_by_those_who_may(cast, rf):
    source = alert(cast)
    incident = raise_incident(
        origin=source,
        submission=uuid4(),
        told=Told("pupil", "Words were typed.", NOW, NOW, "school"),
        by=cast.dora,
        at=NOW,
    )
    page = cast.client("dora").get(cast.url(f"incidents/{incident.reference}/"))

    assert [link.url for link in page.context["linked"].filtering] == [
        cast.url(f"filtering/alerts/{source.pk}/")
    ]
    source.refresh_from_db()
    request = rf.get("/")
    request.school, request.person = cast.school, cast.dora
    request.powers = frozenset({"view_all_incidents"})
    assert [link.url for link in what_followed(request, source)] == [page.request["PATH_INFO"]]
    request.powers = frozenset()
    assert what_followed(request, source) == []


def test_raising_from_a_report_that_has_its_incident_leaves_nothing_behind(cast):
    origin = failure(cast)
    told = Told("other", "A video opened.", NOW, NOW, "school")
    sent = {"told": told, "by": cast.hana, "at": NOW}
    raise_incident(origin=origin, submission=uuid4(), **sent)

    with pytest.raises(Refusal, match="opened from this report already"):
        raise_incident(origin=origin, submission=uuid4(), **sent)

    assert Incident.objects.count() == 1


# From an incident to the filter -------------------------------------------------------------------


@pytest.fixture
def incident(cast) -> Incident:
    give_status(cast)
    walk_changes.profile(cast)
    return walk.report(cast, "pia", links="https://bad.example/page")


def asked_of(cast: Cast, **more) -> dict[str, object]:
    return {
        "submission": str(uuid4()),
        "direction": "block",
        "addresses": "bad.example/page",
        "profiles": [str(walk_changes.profile(cast).pk)],
        "reason_kind": "safeguarding",
        "reason": "A pupil met something cruel there.",
        "urgency": "normal",
        **more,
    }


def test_a_filter_change_is_asked_for_because_of_an_incident(cast, incident):
    client, url = cast.client("dora"), cast.url(f"incidents/{incident.reference}/filter-change/")

    assert client.get(url).context["form"]["addresses"].value() == "https://bad.example/page"
    client.post(url, asked_of(cast))

    change = ChangeRequest.objects.get()
    assert change.incident_reference == incident.reference
    assert LogEntry.objects.get(change=change).cause == f"Incident {incident.reference}"
    page = client.get(cast.url(f"incidents/{incident.reference}/"))
    assert [link.words for link in page.context["linked"].filtering] == [
        f"Filter change {change.reference}"
    ]


def test_the_reporter_asks_by_the_number_and_a_stranger_does_not(cast, incident):
    url = cast.url(f"incidents/{incident.reference}/filter-change/")

    assert cast.client("tom").get(url).status_code == 200
    assert cast.client("tess").get(url).status_code == 404


def test_the_technician_with_a_task_blocks_at_once_because_of_the_incident(cast, incident):
    url = cast.url(f"incidents/{incident.reference}/filter-block/")
    assert cast.client("tina").get(url).status_code == 404
    walk.act(open_incident, incident, by=cast.dora)
    walk.act(
        add_task, incident, label="Block it", owner=cast.tina, due_date=NOW.date(), by=cast.dora
    )

    cast.client("tina").post(
        url,
        asked_of(cast, before="Allowed", after="Blocked"),
    )

    change = ChangeRequest.objects.get()
    assert (change.emergency, change.incident_reference) == (True, incident.reference)


def test_an_unblock_is_ended_at_once_because_of_an_incident(cast, incident):
    change = walk_changes.bring(cast, "active")
    client, url = cast.client("dora"), cast.url(f"incidents/{incident.reference}/unblock-end/")

    assert list(client.get(url).context["changes"]) == [change]
    client.post(url, {"change": str(change.pk), "reason": "It was used to bully."})

    change.refresh_from_db()
    assert (change.state, change.undo) == ("undo", "revoked")
    assert f"Incident {incident.reference}" in set(
        LogEntry.objects.filter(change=change).values_list("cause", flat=True)
    )

"""Pages of duties: one's own first, the whole school's for those who see it, findings kept back."""

import csv
import io

import pytest

from audit.queries import trail
from people.actions.settings import change_setting
from people.models import School
from reminders.actions import open_occurrences
from reminders.models import DutyOccurrence
from reminders.recurring import recurring_duties, setting_of
from tests.cast import NOW
from tests.incidents.walk import upload
from tests.reminders.samples_duties import attested, occurrence

SECURITY = "technical_security"


@pytest.fixture(autouse=True)
def opened(cast, today):
    open_occurrences(school=cast.school, at=NOW)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def listed(cast, name, query="") -> list[str]:
    response = cast.client(name).get(cast.url(f"duties/{query}"))
    return [duty.row.duty for duty in response.context["rows"]]


def of_role(*codes) -> set[str]:
    return {
        code
        for code, duty in recurring_duties().items()
        if set(duty.roles) & set(codes) and duty.period != "off" and not duty.about
    }


def test_everybody_sees_the_duties_of_their_roles(cast):
    assert sorted(listed(cast, "tina")) == sorted(of_role("tech"))
    assert set(listed(cast, "olga")) >= of_role("os_gov")
    assert listed(cast, "tom") == []


def test_leaders_see_all_of_them_their_own_first(cast):
    found = listed(cast, "hana")
    own = of_role("head")
    assert len(found) == 30 < DutyOccurrence.objects.count()  # a page of them
    assert set(found[: len(own)]) == own


@pytest.mark.parametrize("name", ["pia", "paul"])
def test_pupils_and_parents_have_no_duties_here(cast, name):
    assert cast.client(name).get(cast.url("duties/")).status_code == 403


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("?role=tech", of_role("tech")),
        ("?app=incidents", {"incident_audit"}),
        ("?app=policies&period=year", {"policy_review"}),
        ("?app=policies&period=term", set()),
        ("?q=passwords+enforced", {"technical_passwords"}),
        ("?state=partly", {"technical_malware"}),
        ("?state=overdue", {SECURITY}),
        ("?state=open&q=office", {"office_data"}),
        ("?until=2026-09-15", {SECURITY}),
        ("?state=missed", set()),
    ],
)
def test_list_is_filtered(cast, query, codes):
    attested(cast)
    DutyOccurrence.objects.filter(duty=SECURITY).update(
        starts_date="2026-09-01", due_date="2026-09-14"
    )

    assert set(listed(cast, "hana", query)) == codes


def test_overdue_duty_is_marked(cast):
    DutyOccurrence.objects.filter(duty=SECURITY).update(
        starts_date="2026-09-01", due_date="2026-09-14"
    )
    assert "Overdue" in text(cast.client("tina").get(cast.url(f"duties/?q={'secure'}")))


def test_duty_that_was_switched_off_says_so(cast):
    change_setting(school=cast.school, name=setting_of(SECURITY), value="off", by=cast.hana, at=NOW)
    open_occurrences(school=School.objects.get(pk=cast.school.pk), at=NOW)
    assert listed(cast, "tina", "?state=withdrawn") == [SECURITY]
    assert "No longer asked for" in text(cast.client("tina").get(cast.url("duties/?q=secure")))


def test_export_has_the_rows_of_the_filter_and_no_findings(cast):
    attested(cast)
    response = cast.client("hana").get(cast.url("duties/export?app=roles&role=tech"))

    rows = list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert len(rows) == 1 + len([code for code in of_role("tech") if code.startswith("technical_")])
    assert [
        "Machines are protected against malware and misuse",
        "ROL-19",
        "Technician or network manager, Filtering manager, Managed service provider",
        "Wed 2 Sep 2026",
        "Fri 18 Dec 2026",
        "Partly met",
        "Tue 15 Sep 2026",
        "Tina Techworth",
    ] in rows
    assert "behind" not in str(rows)
    (entry,) = trail(cast.school.pk).filter(verb="export_duties")
    assert entry.facts == {"filters": {"app": "roles", "role": "tech"}, "count": len(rows) - 1}


def test_export_is_for_those_who_see_all_duties(cast):
    assert cast.client("tina").get(cast.url("duties/export")).status_code == 403


def test_page_says_why_whose_by_when_and_what_ends_it(cast):
    row = occurrence(cast, SECURITY)
    page = text(cast.client("tina").get(cast.url(f"duties/{row.pk}/")))

    assert recurring_duties()[SECURITY].words in page
    assert "Fri 18 Dec 2026" in page
    assert "Technician or network manager, Filtering manager" in page
    assert "Say how it was met" in page


def test_who_only_looks_is_not_asked_how_it_was_met(cast):
    row = occurrence(cast, SECURITY)
    assert "Say how it was met" not in text(cast.client("hana").get(cast.url(f"duties/{row.pk}/")))
    response = cast.client("hana").get(cast.url(f"duties/{row.pk}/attest"))
    assert (response.status_code, response.url) == (302, cast.url(f"duties/{row.pk}/"))


def test_duty_of_others_is_not_there(cast):
    row = occurrence(cast, SECURITY)
    for page in ("", "attest", "evidence"):
        assert cast.client("tom").get(cast.url(f"duties/{row.pk}/{page}")).status_code == 404


def test_duty_of_another_school_is_not_there(cast, other):
    row = occurrence(cast, SECURITY)
    assert other.client("oscar").get(other.url(f"duties/{row.pk}/")).status_code == 404


def test_holder_says_how_it_was_met_on_the_page(cast):
    row = occurrence(cast, SECURITY)
    client, url = cast.client("tina"), cast.url(f"duties/{row.pk}/attest")
    form = {"version": row.version, "result": "partly", "note": "One is old.", "action": ""}
    refused = client.post(url, form)
    assert refused.status_code == 200
    assert "Say what will be done about it." in text(refused)

    done = client.post(url, form | {"action": "Replace it.", "upload": upload()}, follow=True)
    assert "One is old." in text(done)
    assert "Partly met" in text(done)
    row.refresh_from_db()
    assert (row.state, row.done_by) == ("partly", cast.tina)


def test_stale_page_is_refused_and_keeps_what_was_typed(cast):
    row = occurrence(cast, SECURITY)
    DutyOccurrence.objects.filter(pk=row.pk).update(version=5)
    form = {"version": 1, "result": "met", "note": "All is well."}
    response = cast.client("tina").post(cast.url(f"duties/{row.pk}/attest"), form)

    assert "changed after you opened it" in text(response)
    assert "All is well." in text(response)


@pytest.mark.parametrize(
    ("name", "sees"), [("tina", True), ("hana", True), ("dora", False), ("olga", False)]
)
def test_finding_is_for_those_whose_duty_it_is_and_those_told(cast, name, sees):
    row = attested(cast)
    page = text(cast.client(name).get(cast.url(f"duties/{row.pk}/")))
    status = cast.client(name).get(cast.url(f"duties/{row.pk}/evidence")).status_code

    assert "Partly met" in page
    assert ("Two laptops were behind." in page) is sees
    assert status == (200 if sees else 404)


def test_evidence_is_a_private_download_and_taking_it_is_recorded(cast):
    row = attested(cast)
    response = cast.client("hana").get(cast.url(f"duties/{row.pk}/evidence"))

    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "private, no-store"
    row.refresh_from_db()
    with row.evidence.open("rb") as stored:
        assert b"".join(response.streaming_content) == stored.read()
    assert trail(cast.school.pk).filter(verb="hand_on_evidence").count() == 1

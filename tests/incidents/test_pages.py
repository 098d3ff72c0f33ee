"""The pages of an incident, from report to closing, as each person of the cast sees them."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from common.scope import school_scope
from incidents.models import Incident
from incidents.queries import incident_or_404
from policies.models import Infringement, RiskTheme
from roles.queries import powers_of

AT = {"day": "day", "month": "month", "year": "year"}


@pytest.fixture
def school(cast, ladder):
    """Give the cast's school with the A-D ladder in force."""
    return cast


def moment(name, at):
    """Return what the boxes of a date and time post."""
    local = timezone.localtime(at)
    return {
        f"{name}_day": local.day,
        f"{name}_month": local.month,
        f"{name}_year": local.year,
        f"{name}_time": f"{local:%H:%M}",
    }


def report_data(**changed):
    """Return a whole report as the form posts it."""
    return {
        "submission": str(uuid4()),
        "about": "pupil",
        "description": "Two pupils sent rude messages in the class chat.",
        **moment("occurred_at", timezone.now() - timedelta(hours=1)),
        "place": "online",
        "place_detail": "Class chat",
        "imagery": "no",
        "told_lead": "yes",
        "done_at_once": "Chat closed.",
        "people-TOTAL_FORMS": "2",
        "people-INITIAL_FORMS": "0",
        "people-0-person": "",
        "people-0-part": "",
        **changed,
    }


def report(cast, who="tom", **changed):
    """Report through the page and return the incident."""
    pupil = {"people-0-person": str(cast.pia.pk), "people-0-part": "alleged"}
    response = cast.client(who).post(cast.url("report/"), report_data(**{**pupil, **changed}))
    assert response.status_code == 302, errors(response)
    return Incident.objects.get(reference=response.url.rstrip("/").rsplit("/", 1)[1])


def errors(response):
    """Return the words of an error summary."""
    text = response.content.decode()
    found = re.search(r'class="govuk-error-summary".*?</div>\s*</div>', text, re.DOTALL)
    return re.sub(r"<[^>]+>|\s+", " ", found.group(0)) if found else text[:300]


def deed(cast, who, incident, page, **data):
    """Do a deed through its page; returns the incident as it is then."""
    incident.refresh_from_db()
    url = cast.url(f"incidents/{incident.reference}/{page}/")
    response = cast.client(who).post(url, {"version": incident.version, **data})
    assert response.status_code == 302, errors(response)
    incident.refresh_from_db()
    return incident


def classified(cast, who, incident, key="PD1", **changed):
    """Classify through the page."""
    infringement = Infringement.objects.get(key=key, subject="pupil")
    theme = RiskTheme.objects.filter(area="conduct", illegal=False, indecent_imagery=False).first()
    return deed(
        cast,
        who,
        incident,
        "classify",
        **{
            "infringement": infringement.pk,
            "themes": [theme.pk],
            "main_theme": theme.pk,
            "severity": "high",
            "imagery": "no",
            "link_to_school": "Both are in class 5T",
            "hand_to_first_referral": "me",
            **changed,
        },
    )


def test_report_to_closing_through_the_pages(school, django_capture_on_commit_callbacks):
    """Points 13 to 18: teacher reports, lead decides, head confirms, lead closes."""
    with django_capture_on_commit_callbacks(execute=True):
        incident = report(school)
    assert incident.reference == f"{timezone.localtime():%Y}-0001"
    assert {message.subject for message in mail.outbox} == {
        "Something waits for you at Oak Hill Primary School"
    }
    assert not any("Pia" in m.body or "rude" in m.body for m in mail.outbox)

    deed(school, "dora", incident, "open")
    assert (incident.state, incident.handler) == ("triage", school.dora)
    classified(school, "dora", incident)
    assert (incident.state, incident.category.code) == ("investigating", "D")
    deed(school, "dora", incident, "decide", reason="It went on after a warning.")
    assert incident.state == "confirming"
    own = school.client("dora").get(school.url(f"incidents/{incident.reference}/confirm/"))
    assert own.status_code == 403
    deed(school, "hana", incident, "confirm", answer="confirm")
    assert incident.state == "actions"
    deed(
        school,
        "dora",
        incident,
        "parents",
        pupil=school.pia.pk,
        informed="yes",
        how="phone",
        **moment("informed_at", timezone.now() - timedelta(minutes=1)),
    )
    deed(school, "dora", incident, "feedback", text="Thank you. It was dealt with.")
    for task in incident.tasks.filter(state="open"):
        answered = school.client("dora").post(
            school.url(f"tasks/{task.pk}/"), {"state": "done", "answer": "Done."}
        )
        assert answered.status_code == 302
    deed(
        school,
        "dora",
        incident,
        "close",
        summary="Rude messages.",
        follow_up="Talked to both.",
        action="Chat closed.",
        decision="A talk.",
        outcome="Friends again.",
        lessons="none",
    )
    assert incident.state == "closed"
    page = school.client("tom").get(school.url(f"reports/{incident.reference}/"))
    assert "It was dealt with." in page.content.decode()
    deed(school, "dora", incident, "reopen", reason="It began again.")
    assert incident.state == "triage"


@pytest.mark.parametrize("page", ["", "incidents/", "queue/", "reports/", "report/"])
@pytest.mark.parametrize("who", ["dora", "hana", "tom", "cara", "tina"])
def test_pages_open_for_those_who_may(school, who, page):
    """Every list and form opens with and without incidents."""
    report(school)
    allowed = {"dora", "hana", "tom", "cara"} if page in {"incidents/", "queue/"} else None
    response = school.client(who).get(school.url(page))
    expected = 200 if allowed is None or who in allowed else 403
    assert response.status_code == expected


@pytest.mark.parametrize(
    "page",
    [
        "",
        "open/",
        "classify/",
        "decide/",
        "confirm/",
        "parents/",
        "refer/",
        "close/",
        "reopen/",
        "resume/",
        "illegal/",
        "out-of-scope/",
        "escalate/",
        "hand-over/",
        "share/",
        "note/",
        "link/",
        "involve/",
        "task/",
        "feedback/",
    ],
)
def test_every_page_of_an_incident_draws(school, page):
    """The headteacher may open every page of an ordinary incident."""
    incident = report(school)
    deed(school, "dora", incident, "open")
    classified(school, "dora", incident)
    response = school.client("hana").get(school.url(f"incidents/{incident.reference}/{page}"))
    assert response.status_code == 200


def test_detail_costs_few_queries(school):
    """Point 24: the record page needs at most fifteen queries (the test's own savepoint aside)."""
    incident = report(school)
    deed(school, "dora", incident, "open")
    classified(school, "dora", incident)
    client = school.client("dora")
    client.get(school.url(f"incidents/{incident.reference}/"))
    with CaptureQueriesContext(connection) as context:
        client.get(school.url(f"incidents/{incident.reference}/"))
    asked = [q["sql"] for q in context.captured_queries if "SAVEPOINT" not in q["sql"]]
    restored = [sql for sql in asked if sql.startswith("SELECT set_config")]
    assert len(asked) - len(restored) <= 15


def test_report_that_fails_keeps_what_was_typed(school):
    """Bad input: the form comes back filled in and nothing is written."""
    data = report_data(description="x" * 10_001, place_detail="Under the stairs")
    response = school.client("tom").post(school.url("report/"), data)
    assert (response.status_code, Incident.objects.count()) == (200, 0)
    assert "Under the stairs" in response.content.decode()


def test_add_person_gives_another_row_and_sends_nothing(school):
    """Without a script, more people can be added."""
    response = school.client("tom").post(
        school.url("report/"), report_data(add_person="1", description="")
    )
    assert (response.content.decode().count('class="person-row"'), Incident.objects.count()) == (
        3,
        0,
    )
    assert "govuk-error-summary" not in response.content.decode()


def test_report_about_the_head_is_hidden_from_the_head(school):
    """INC-09: chair sees it, the headteacher does not find it anywhere."""
    incident = report(school, **{"about": "other", "people-0-person": str(school.hana.pk)})
    url = school.url(f"incidents/{incident.reference}/")
    seen = {who: school.client(who).get(url).status_code for who in ("hana", "dora", "cara")}
    assert (incident.restriction, seen) == ("head", {"hana": 404, "dora": 404, "cara": 200})
    for page in ("incidents/", "queue/", "", "incidents/?q=rude"):
        assert (
            incident.reference not in school.client("hana").get(school.url(page)).content.decode()
        )


def test_reading_a_restricted_incident_is_recorded(school):
    """SYS-03: each reading of a staff incident is on the trail."""
    from audit.queries import trail_of

    incident = report(school, **{"about": "staff", "people-0-person": str(school.tess.pk)})
    school.client("hana").get(school.url(f"incidents/{incident.reference}/"))
    readings = [entry.actor_name for entry in trail_of(incident) if entry.verb == "read_incident"]
    assert readings == ["Hana Headley"]


def test_another_school_is_not_found(school, other):
    """Wall 1: another school's incident is 404 under either slug."""
    incident = report(school)
    client = other.client("oscar")
    for slug in (school.school.slug, other.school.slug):
        response = client.get(f"/{slug}/incidents/{incident.reference}/")
        assert response.status_code == 404
    with school_scope(other.school.pk):
        powers = powers_of(other.oscar, on=timezone.localdate())
        with pytest.raises(Exception, match="no such incident"):
            incident_or_404(other.oscar, powers, incident.reference)


def test_removed_access_is_a_task_for_the_technician_without_the_case(school):
    """INC-18: technical staff are told what to do to a system, not why."""
    incident = report(school)
    deed(school, "dora", incident, "open")
    classified(school, "dora", incident, key="PC2")
    today = timezone.localdate()
    until = today + timedelta(days=7)
    deed(
        school,
        "hana",
        incident,
        "decide",
        sanctions=["access_removed"],
        persons=[school.pia.pk],
        scope="internet",
        start_date=str(today),
        end_date=str(until),
        reason="Three children were hurt.",
    )
    home = school.client("tina").get(school.url()).content.decode()
    tasks = list(incident.tasks.filter(owner=school.tina).values_list("label", "due_date"))
    assert tasks == [
        ("Remove internet access of Pia Pease", today),
        ("Restore internet access of Pia Pease", until),
    ]
    assert ("Remove internet access of Pia Pease" in home, incident.reference in home) == (
        True,
        False,
    )


def test_required_referral_waits_on_the_home_page_until_made(school):
    """INC-29: the referral the ladder requires is shown with its deadline, then made."""
    incident = report(school)
    deed(school, "dora", incident, "open")
    deed(school, "dora", incident, "illegal", reason="The sender is an adult.")
    referral = incident.referrals.get(agency__code="police")
    shown = school.client("dora").get(school.url()).content.decode()
    assert "A required referral has not been made" in shown
    for open_referral in incident.referrals.all():
        deed(
            school,
            "dora",
            incident,
            f"referrals/{open_referral.pk}",
            deed="made",
            **moment("made_at", timezone.now() - timedelta(minutes=1)),
            reference="CR 4711",
        )
    referral.refresh_from_db()
    shown = school.client("dora").get(school.url()).content.decode()
    assert (referral.reference, "A required referral" in shown) == ("CR 4711", False)

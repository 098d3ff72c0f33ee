"""Restricted incidents stay hidden: on every page, in every count, mail and search, and the trail.

Told of Tess (staff), of Hana (the headteacher) and of Pia (a pupil), each with a word of its own.
"""

import re
from types import SimpleNamespace

import pytest
from django.core import mail

from audit.queries import trail_of
from audit.visibility import visible_trail
from common.scope import school_scope
from incidents.models import Incident
from incidents.queries import incident_rows, queue_of, search_incidents, visible_to
from people.models import Notice
from roles.models import SchoolGroupObjectPermission
from roles.queries import powers_of
from tests.cast import NOW
from tests.incidents import steps, walk
from tests.incidents.office import cover, give

pytestmark = pytest.mark.usefixtures("today")

TODAY = NOW.date()
EVERYBODY = ("hana", "dora", "cara", "olga", "tom", "tess", "tina", "paul", "pia")
SEES = {
    "ordinary": {"hana", "dora"},
    "staff": {"hana"},
    "head": {"cara"},
}
ALL_VIEWS = frozenset(
    {
        "view_all_incidents",
        "view_assigned_incidents",
        "view_staff_incidents",
        "view_head_incidents",
        "open_incident",
        "confirm_decision",
    }
)


@pytest.fixture
def told(cast):
    """Give one incident of each kind, with a word that stands nowhere else."""
    return SimpleNamespace(
        ordinary=walk.report(cast, "pia", by="tina", description="Something about a goldfish."),
        staff=walk.report(cast, "tess", by="tina", description="Something about a parrot."),
        head=walk.report(cast, "hana", by="tina", description="Something about a tortoise."),
    )


def powers(person):
    return powers_of(person, on=TODAY)


def seen_by(cast, name, **more):
    person = getattr(cast, name)
    return set(visible_to(person, powers(person)).values_list("reference", flat=True))


@pytest.mark.parametrize("name", EVERYBODY)
def test_each_sees_what_is_theirs_to_see(cast, told, name):
    expected = {getattr(told, kind).reference for kind, names in SEES.items() if name in names}
    assert seen_by(cast, name) == expected


def test_another_school_sees_nothing_even_with_every_power(cast, other, told):
    for school in (cast.school, other.school):
        with school_scope(school.pk):
            assert list(visible_to(other.oscar, ALL_VIEWS)) == []


@pytest.mark.parametrize(("kind", "subject"), [("staff", "tess"), ("head", "hana")])
def test_subject_sees_nothing_even_named_and_with_every_power(cast, told, kind, subject):
    incident, person = getattr(told, kind), getattr(cast, subject)
    walk.actions.reporting.name_person(incident, person)
    assert incident.pk not in visible_to(person, ALL_VIEWS).values_list("pk", flat=True)


def test_subject_who_leads_safeguarding_sees_nothing(cast):
    incident = walk.report(cast, "dora")
    assert (seen_by(cast, "dora"), seen_by(cast, "hana")) == (set(), {incident.reference})


def test_subject_of_an_ordinary_incident_sees_nothing(cast):
    incident = walk.report(cast, "pia", harmed=("dora",))
    walk.act(walk.actions.open_incident, incident, by=cast.hana)
    alleged = walk.Involved(part="alleged", person=cast.dora)
    walk.act(walk.actions.involve_person, incident, by=cast.hana, involved=alleged)
    assert seen_by(cast, "dora") == set()


def test_whoever_acts_for_the_headteacher_does_not_see_what_is_about_the_headteacher(cast, told):
    cover(cast, "head", "dora")
    assert seen_by(cast, "dora") == {told.ordinary.reference, told.staff.reference}


def test_deputy_of_the_headteacher_does_not_see_it_either(cast, told):
    give(cast, "head", "tom", deputy=True)
    assert told.head.reference not in seen_by(cast, "tom")


def test_somebody_who_left_sees_nothing(cast, told):
    cast.hana.left_date = NOW.date().replace(day=14)
    cast.hana.save()
    assert seen_by(cast, "hana") == set()


def test_named_person_without_a_role_that_opens_incidents_sees_nothing(cast, told):
    walk.actions.reporting.name_person(told.ordinary, cast.tina)
    assert seen_by(cast, "tina") == set()


@pytest.mark.parametrize("name", EVERYBODY)
def test_lists_queue_and_search_hold_nothing_more(cast, told, name):
    person = getattr(cast, name)
    allowed = seen_by(cast, name)
    rows = incident_rows(person, powers(person))
    assert {row.reference for row in rows} == allowed
    assert {row.reference for row in queue_of(person, powers(person))} <= allowed
    for word, incident in (
        ("goldfish", told.ordinary),
        ("parrot", told.staff),
        ("tortoise", told.head),
        (told.head.reference, told.head),
        ("Tess", told.staff),
    ):
        found = {row.reference for row in search_incidents(rows, word)}
        assert found == {incident.reference} & allowed, word


PAGES = (
    "",
    "incidents/",
    "incidents/?q=parrot",
    "incidents/?q=tortoise",
    "queue/",
    "reports/",
)


@pytest.mark.parametrize("name", [name for name in EVERYBODY if name not in ("paul", "pia")])
def test_no_page_shows_a_word_or_a_number_of_what_is_hidden(cast, told, name):
    client = cast.client(name)
    allowed = seen_by(cast, name) | ({"own"} if name == "tina" else set())
    for page in PAGES:
        text = client.get(cast.url(page)).content.decode()
        for word, incident in (("parrot", told.staff), ("tortoise", told.head)):
            if incident.reference in allowed or (name == "tina" and page == "reports/"):
                continue
            assert incident.reference not in text, page
            assert not re.search(rf"about a {word}", text), page


def count_on(client, url):
    """Return the count beside the heading of a list."""
    text = client.get(url).content.decode()
    found = re.search(r'page-heading__count">\s*(\d+)', text)
    return int(found[1]) if found else None


@pytest.mark.parametrize(("name", "count"), [("hana", 2), ("dora", 1), ("cara", 1), ("tom", 0)])
def test_counts_count_only_what_is_seen(cast, told, name, count):
    assert count_on(cast.client(name), cast.url("incidents/")) == count


DEEDS = (
    "",
    "print/",
    "files/attach/",
    "open/",
    "classify/",
    "decide/",
    "confirm/",
    "close/",
    "share/",
    "note/",
    "link/",
    "involve/",
    "parents/",
    "refer/",
)


@pytest.mark.parametrize(("kind", "name"), [("staff", "dora"), ("head", "hana"), ("head", "dora")])
def test_no_address_of_a_hidden_incident_opens(cast, told, kind, name):
    client = cast.client(name)
    incident = getattr(told, kind)
    found = {
        deed: client.get(cast.url(f"incidents/{incident.reference}/{deed}")).status_code
        for deed in DEEDS
    }
    missing = {
        deed: client.get(cast.url(f"incidents/2026-9999/{deed}")).status_code for deed in DEEDS
    }
    assert found == missing
    assert set(found.values()) <= {403, 404}


def test_deed_posted_to_a_hidden_incident_does_nothing(cast, told):
    url = cast.url(f"incidents/{told.head.reference}/note/")
    answer = cast.client("hana").post(url, {"version": 1, "text": "I was here."})
    assert answer.status_code == 404
    assert [event.kind for event in told.head.events.all()] == ["reported", "routed"]


def test_reporter_follows_their_report_and_never_sees_the_case(cast, told):
    client = cast.client("tina")
    receipt = client.get(cast.url(f"reports/{told.head.reference}/"))
    assert "Something about a tortoise." in receipt.content.decode()
    assert client.get(cast.url(f"incidents/{told.head.reference}/")).status_code == 403
    assert cast.client("dora").get(cast.url(f"reports/{told.head.reference}/")).status_code == 404


def test_chronology_of_a_pupil_leaves_out_what_is_hidden(cast):
    hidden = walk.report(cast, "tess", harmed=("pia",), description="A parrot.")
    for name, shown in (("dora", False), ("hana", True)):
        page = cast.client(name).get(cast.url(f"chronology/{cast.pia.pk}/"))
        assert (hidden.reference in page.content.decode()) is shown


# Mail -------------------------------------------------------------------------------------------


def test_mail_says_that_something_waits_and_never_what_or_whom(
    cast, ladder, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        incident = walk.report(
            cast, "pia", harmed=("quin",), imagery="unsure", description="A goldfish."
        )
        walk.act(walk.actions.open_incident, incident, by=cast.dora)
        walk.classify(cast, incident, "PC1", imagery="unsure", hand_to_first_referral=True)
        steps.step(cast, "add_task", incident)
        walk.decide(cast, incident)
        walk.act(walk.actions.confirm_decision, incident, by=cast.hana)
        steps.step(cast, "give_feedback", incident)
        steps.step(cast, "escalate_incident", incident)
        steps.step(cast, "share_incident", incident)
    told_of = set(Notice.objects.values_list("reason", flat=True))
    assert told_of == {
        "received",
        "to_open",
        "lead_alert",
        "classified",
        "task",
        "to_confirm",
        "confirmed",
        "feedback",
        "passed_on",
        "named",
    }
    assert len(mail.outbox) == Notice.objects.count()
    assert {message.subject for message in mail.outbox} == {
        "Something waits for you at Oak Hill Primary School"
    }
    for message in mail.outbox:
        words = f"{message.subject} {message.body}"
        for hidden in ("Pia", "Quin", "Pease", "Dora", "goldfish", "chat", "misuse", "Category"):
            assert hidden not in words, words
        assert not message.attachments


def test_nobody_is_told_of_a_restricted_report_but_those_its_route_names(cast, told):
    people = Notice.objects.filter(reason="to_open").order_by("pk")
    assert [notice.person for notice in people] == [cast.dora, cast.hana, cast.cara]
    assert {notice.person for notice in Notice.objects.exclude(reason="to_open")} == {cast.tina}


# Trail ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kinds"),
    [("hana", {"ordinary", "staff"}), ("dora", {"ordinary"}), ("cara", {"ordinary", "head"})],
)
def test_trail_tells_each_only_of_what_they_may_see(cast, told, name, kinds):
    person = getattr(cast, name)
    entries = visible_trail(person, powers(person)).filter(verb="report_incident")
    assert {entry.subject_label for entry in entries} == {
        getattr(told, kind).reference for kind in kinds
    }


def test_trail_does_not_tell_of_what_belongs_to_a_hidden_incident(cast, ladder):
    incident = walk.opened(cast, "hana", opener="cara")
    evidence = walk.act(
        walk.actions.attach_evidence, incident, by=cast.cara, upload=walk.upload("parrot.txt")
    )
    walk.actions.hand_on_evidence(evidence=evidence, by=cast.cara, at=NOW)
    cast.client("cara").post(cast.url(f"incidents/{incident.reference}/print/"))
    for name in ("hana", "dora"):
        person = getattr(cast, name)
        labels = {e.subject_label for e in visible_trail(person, powers(person))}
        assert not [label for label in labels if incident.reference in label or "parrot" in label]


def test_reading_a_restricted_incident_is_recorded_and_an_ordinary_one_is_not(cast, told):
    for kind in ("ordinary", "staff"):
        incident = getattr(told, kind)
        cast.client("hana").get(cast.url(f"incidents/{incident.reference}/"))
    readings = [
        [entry.actor_name for entry in trail_of(incident) if entry.verb == "read_incident"]
        for incident in (told.ordinary, told.staff)
    ]
    assert readings == [[], ["Hana Headley"]]


# Guardian ---------------------------------------------------------------------------------------


def test_power_is_never_granted_over_one_school_to_another(cast, other):
    with school_scope(other.school.pk):
        schools = set(SchoolGroupObjectPermission.objects.values_list("content_object", flat=True))
    assert schools == {other.school.pk}


def test_visible_costs_one_query_whatever_the_number(cast, told, django_assert_num_queries):
    held = powers(cast.hana)
    with django_assert_num_queries(1):
        list(visible_to(cast.hana, held))
    for _ in range(5):
        walk.report(cast, "tess", by="tina")
    with django_assert_num_queries(1):
        assert len(visible_to(cast.hana, held)) == 7
    assert Incident.objects.count() == 8

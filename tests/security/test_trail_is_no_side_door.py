"""A restricted incident is on nobody's trail who may not see it: no list, count, search, export."""

import json
from datetime import timedelta

import pytest

from audit.models import Entry
from audit.queries import last_entry
from audit.verify_trail import SEALED, main
from audit.visibility import visible_trail
from incidents import actions
from roles.actions import assign_role, override_matrix
from roles.models import Role
from roles.queries import powers_of
from tests.cast import NOW
from tests.incidents.walk import act, now, opened, report

pytestmark = pytest.mark.usefixtures("today", "ladder")
DAY = timedelta(days=1)


@pytest.fixture
def about_head(cast):
    """Give an incident about the headteacher that the chair has opened and gave a task on."""
    incident = report(cast, "hana", about="head")
    act(actions.open_incident, incident, by=cast.cara)
    act(
        actions.add_task,
        incident,
        label="Speak with Hana",
        owner=cast.cara,
        due_date=NOW.date() + DAY,
        by=cast.cara,
    )
    task = now(incident).tasks.get()
    actions.answer_task(task=task, state="done", answer="Spoken.", by=cast.cara, at=NOW)
    return incident


def trail_of(cast, name: str) -> list[tuple[str, str]]:
    person = getattr(cast, name)
    rows = visible_trail(person, powers_of(person, on=NOW.date()))
    return list(rows.values_list("verb", "subject_label"))


def written_about(incident) -> list[tuple[str, str]]:
    return [
        ("answer_task", "Speak with Hana"),
        ("add_task", incident.reference),
        ("open_incident", incident.reference),
        ("report_incident", incident.reference),
    ]


def give_the_trail(cast, code: str) -> None:
    override_matrix(
        role=Role.objects.get(school=cast.school, code=code),
        power="view_trail",
        granted=True,
        reason="A test",
        by=cast.hana,
        at=NOW,
    )


def test_entries_exist_and_the_chair_may_read_them(cast, about_head):
    give_the_trail(cast, "chair")

    assert [entry for entry in trail_of(cast, "cara") if entry in written_about(about_head)] == (
        written_about(about_head)
    )


@pytest.mark.parametrize("name", ["hana", "dora"])
def test_case_about_the_head_is_on_neither_the_heads_nor_the_leads_trail(cast, about_head, name):
    assert [entry for entry in trail_of(cast, name) if entry in written_about(about_head)] == []


def test_case_about_the_head_is_in_no_search_filter_or_count_of_the_page(cast, about_head):
    client = cast.client("hana")
    whole = client.get(cast.url("trail/"))
    entries = Entry.objects.filter(school_id=cast.school.pk)

    assert whole.context["page"].paginator.count == entries.count() - len(written_about(about_head))
    for query in (f"q={about_head.reference}", "kind=incidents.incident", "person=chairman"):
        page = client.get(cast.url(f"trail/?{query}"))
        assert [entry.verb for entry in page.context["page"]] == []


def test_export_of_the_head_seals_the_case_and_still_checks_out(cast, about_head, tmp_path):
    response = cast.client("hana").post(cast.url("trail/export"))
    content = b"".join(response.streaming_content)
    export = tmp_path / "trail.jsonl"
    export.write_bytes(content)
    head, *rows = map(json.loads, content.splitlines())

    assert about_head.reference not in content.decode()
    assert "Speak with Hana" not in content.decode()
    sealed = [row for row in rows if tuple(row) == SEALED]
    assert (len(sealed), head["sealed"]) == (4, "4")
    assert main([str(export), last_entry(cast.school.pk).hash]) == 0


def test_case_about_staff_is_on_the_heads_trail_and_not_on_the_leads(cast):
    incident = report(cast, "tess", about="staff")
    entry = ("report_incident", incident.reference)

    assert entry in trail_of(cast, "hana")
    assert entry not in trail_of(cast, "dora")


def test_subject_never_reads_their_own_case_on_the_trail(cast):
    give_the_trail(cast, "os_gov")
    assign_role(
        role=Role.objects.get(school=cast.school, code="deputy"),
        person=cast.olga,
        start_date=NOW.date(),
        by=cast.hana,
        at=NOW,
    )
    incident = report(cast, "olga", about="other")

    assert ("report_incident", incident.reference) not in trail_of(cast, "olga")


def test_ordinary_case_stays_on_the_trail_by_reference(cast):
    give_the_trail(cast, "os_gov")
    incident = opened(cast)
    act(
        actions.add_task,
        incident,
        label="Ask Pia how it goes",
        owner=cast.dora,
        due_date=NOW.date() + DAY,
        by=cast.dora,
    )
    task = now(incident).tasks.get()
    actions.answer_task(task=task, state="done", answer="Well.", by=cast.dora, at=NOW)

    read = trail_of(cast, "olga")
    assert ("add_task", incident.reference) in read
    assert ("answer_task", "Ask Pia how it goes") not in read
    assert ("answer_task", "Ask Pia how it goes") in trail_of(cast, "dora")

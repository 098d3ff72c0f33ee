"""The pages of the trail (SYS-03), and that they are no side door to a restricted case."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.actions import record
from audit.models import Entry
from audit.queries import last_entry
from audit.verify_trail import main
from audit.visibility import visible_trail
from roles.queries import powers_of
from tests.audit.test_chain import disturb
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def spoken(cast):
    """Give the cast a few entries of its own on the trail."""
    record("greet_person", cast.tom, by=cast.hana, at=NOW, facts={"before": "no", "after": True})
    record("greet_person", cast.tess, by=cast.dora, at=NOW.replace(day=10))
    record("feed_cat", cast.tina, by="night sweep", at=NOW)
    return cast


def listed(response) -> list[tuple[str, str, str]]:
    return [
        (entry.actor_name, entry.verb, entry.subject_label) for entry in response.context["page"]
    ]


HANA = ("Hana Headley", "greet_person", "Tom Teale")
DORA = ("Dora Dale", "greet_person", "Tess Thorn")
SWEEP = ("night sweep", "feed_cat", "Tina Techworth")


def test_trail_shows_who_did_what_newest_first(spoken):
    page = spoken.client("hana").get(spoken.url("trail/"))

    assert listed(page)[:3] == [SWEEP, DORA, HANA]
    html = page.content.decode()
    assert "greet person" in html
    assert "<li>before: no</li>" in html
    assert "<li>after: yes</li>" in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=tess&verb=&person=dora", [DORA]),
        ("q=feed cat", [SWEEP]),
        ("person=dora", [DORA]),
        ("person=a&q=greet", [DORA, HANA]),
        ("since=2026-09-10&until=2026-09-11", [DORA]),
        ("since=2026-09-11&q=greet", [HANA]),
        ("kind=people.person&q=greet", [DORA, HANA]),
        ("kind=roles.role&q=greet", []),
        ("verb=assign_role&q=greet", []),
    ],
)
def test_trail_is_filtered(spoken, query, found):
    page = spoken.client("hana").get(spoken.url(f"trail/?{query}"))

    assert listed(page) == found


def test_verb_with_words_of_its_own_can_be_chosen(spoken):
    page = spoken.client("hana").get(spoken.url("trail/?verb=assign_role"))

    assert {verb for _, verb, _ in listed(page)} == {"assign_role"}
    assert "gave a role" in page.content.decode()


def test_nonsense_in_a_filter_says_so(spoken):
    page = spoken.client("hana").get(
        spoken.url("trail/?since_day=40&since_month=1&since_year=2026")
    )

    assert list(page.context["filter"].form.errors) == ["since"]


def test_trail_costs_the_same_for_one_page_and_for_many(spoken):
    client = spoken.client("hana")

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(spoken.url("trail/")).status_code == 200
        return len(seen)

    cost()
    few = cost()
    for _ in range(60):
        record("feed_cat", spoken.tina, by="night sweep", at=NOW)
    assert cost() == few


def test_export_is_recorded_first_and_checks_out_without_the_server(spoken, tmp_path, capsys):
    response = spoken.client("hana").post(spoken.url("trail/export"))
    export = tmp_path / "trail.jsonl"
    export.write_bytes(b"".join(response.streaming_content))

    last = last_entry(spoken.school.pk)
    assert (last.verb, last.actor_id) == ("export_trail", spoken.hana.pk)
    assert main([str(export), last.hash]) == 0
    assert capsys.readouterr().out == f"Whole: {last.sequence} rows. Last hash {last.hash}\n"
    assert response["Content-Disposition"].startswith('attachment; filename="trail-oak-hill-')
    assert response["Cache-Control"] == "private, no-store"


def test_export_holds_nothing_of_another_school(spoken, other):
    response = spoken.client("hana").post(spoken.url("trail/export"))
    head, *rows = [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]

    assert {row["school_id"] for row in rows} == {str(spoken.school.pk)} == {head["school_id"]}
    assert len(rows) == Entry.objects.filter(school_id=spoken.school.pk).count()


def test_looking_at_the_export_page_takes_nothing_out(spoken):
    client = spoken.client("hana")
    before = last_entry(spoken.school.pk)
    page = client.get(spoken.url("trail/export"))

    assert before.hash in page.content.decode()
    assert last_entry(spoken.school.pk) == before


def test_who_may_only_read_cannot_take_the_trail_out(spoken):
    client = spoken.client("dora")

    assert [client.get(spoken.url(path)).status_code for path in ("trail/", "trail/check")] == [
        200,
        200,
    ]
    for deed in (client.get, client.post):
        assert deed(spoken.url("trail/export")).status_code == 403
    assert client.get(spoken.url("trail/verifier")).status_code == 403


def test_verifier_is_handed_out_as_a_file(spoken):
    response = spoken.client("hana").get(spoken.url("trail/verifier"))

    assert response["Content-Disposition"] == 'attachment; filename="verify_trail.py"'
    compile(b"".join(response.streaming_content), "verify_trail.py", "exec")


def test_check_says_whole_and_is_recorded(spoken):
    page = spoken.client("dora").post(spoken.url("trail/check"))

    assert page.context["chain"].faults == []
    assert "Every entry is as it was written" in page.content.decode()
    last = last_entry(spoken.school.pk)
    assert (last.verb, last.actor_id, last.facts["faults"]) == ("check_trail", spoken.dora.pk, 0)


def test_check_says_what_is_wrong(spoken):
    disturb("UPDATE audit_entry SET verb = 'nothing_done' WHERE sequence = 2")
    page = spoken.client("dora").post(spoken.url("trail/check"))

    assert page.context["chain"].faults == ["row 2 was changed after it was written"]
    assert "<li>Row 2 was changed after it was written</li>" in page.content.decode()


def test_powers_decide_what_is_visible_for_a_person_of_the_school(spoken):
    powers = powers_of(spoken.hana, on=date(2026, 9, 15))

    assert visible_trail(spoken.hana, powers).count() == last_entry(spoken.school.pk).sequence

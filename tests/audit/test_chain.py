"""The chain in the database: numbered, linked, append-only, one per school (SYS-03)."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from audit.actions import record
from audit.maintenance import every_school
from audit.models import Entry
from audit.queries import chain_faults, checked_chain, last_entry, rows_as_text, trail_of
from audit.verify_trail import START, hash_of
from common import context
from common.scope import platform_scope, school_scope
from tests.cast import NOW


def entries(school) -> list[Entry]:
    return list(Entry.objects.filter(school_id=school.pk).order_by("sequence"))


def disturb(sql: str) -> None:
    """Change the trail as somebody could who owns the tables: without its triggers."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")


def test_entries_are_numbered_and_linked_from_the_first(cast):
    rows = entries(cast.school)

    assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
    assert [row.previous_hash for row in rows] == [START, *(row.hash for row in rows[:-1])]


def test_hash_is_the_one_the_stand_alone_verifier_computes(cast):
    record(
        "check_words",
        cast.school,
        by=cast.hana,
        at=NOW,
        facts={"words": 'Zoë: "naïve"\n☂ 12:', "n": 1.50, "deep": {"b": [1, None], "a": True}},
        school_id=cast.school.pk,
    )

    for row in rows_as_text(cast.school.pk):
        assert row["hash"] == hash_of(row)


def test_entry_says_who_what_when_and_from_where(cast):
    ip, request_id = context.client_ip.set("192.0.2.7"), context.request_id.set("a" * 32)
    try:
        record("greet_person", cast.tom, by=cast.hana, at=NOW, facts={"before": 1, "after": 2})
    finally:
        context.client_ip.reset(ip)
        context.request_id.reset(request_id)

    entry = last_entry(cast.school.pk)
    assert {
        "at": entry.at,
        "actor": (entry.actor_id, entry.actor_name),
        "verb": entry.verb,
        "subject": (entry.subject_type, entry.subject_id, entry.subject_label),
        "facts": entry.facts,
        "from": (entry.ip, entry.request_id),
    } == {
        "at": NOW,
        "actor": (cast.hana.pk, "Hana Headley"),
        "verb": "greet_person",
        "subject": ("people.person", str(cast.tom.pk), "Tom Teale"),
        "facts": {"before": 1, "after": 2},
        "from": ("192.0.2.7", "a" * 32),
    }
    assert trail_of(cast.tom)[0] == entry


def test_job_is_named_where_no_person_acts(cast):
    entry = record("greet_person", cast.tom, by="night sweep", at=NOW)

    assert (entry.actor_id, entry.actor_name) == (None, "night sweep")


def test_subject_without_a_school_needs_to_be_told_its_chain(cast):
    with pytest.raises(ValueError, match="belongs to no school"):
        record("greet_school", cast.school, by="tests", at=NOW)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET verb = 'nothing_done'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
    ],
)
def test_database_refuses_to_change_the_trail(cast, sql):
    before = entries(cast.school)
    with (
        pytest.raises(IntegrityError, match="rows of audit_entry are evidence"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)

    assert [row.hash for row in entries(cast.school)] == [row.hash for row in before]


def test_numbers_and_hashes_sent_along_are_overruled(cast):
    forged = Entry.objects.create(
        school_id=cast.school.pk,
        sequence=1,
        at=NOW,
        actor_name="Nobody",
        verb="forge_entry",
        subject_type="people.school",
        subject_id="1",
        subject_label="x",
        previous_hash="f" * 64,
        hash="f" * 64,
    )
    forged.refresh_from_db()

    rows = entries(cast.school)
    assert (forged.sequence, forged.previous_hash) == (len(rows), rows[-2].hash)
    assert chain_faults(cast.school.pk) == []


def test_trail_of_another_school_can_be_neither_read_nor_written(cast, other):
    with school_scope(cast.school.pk):
        assert list(rows_as_text(other.school.pk)) == []
        assert set(Entry.objects.values_list("school_id", flat=True)) == {cast.school.pk}
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            record("forge_entry", cast.tom, by="tests", at=NOW, school_id=other.school.pk)
    with school_scope(other.school.pk):
        assert [row.sequence for row in entries(other.school)] == list(
            range(1, len(entries(other.school)) + 1)
        )


def test_what_belongs_to_no_school_has_a_chain_of_its_own(cast):
    with platform_scope():
        record("refuse_sign_in", cast.tom, by="sign-in page", at=NOW, school_id=0)
        assert checked_chain(0).rows == 1

    assert "refuse_sign_in" not in {row.verb for row in entries(cast.school)}


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE audit_entry SET actor_name = 'Nobody' WHERE sequence = 3", ["row 3 was changed"]),
        ("UPDATE audit_entry SET facts = '{\"n\": 2}' WHERE sequence = 3", ["row 3 was changed"]),
        (
            "DELETE FROM audit_entry WHERE sequence = 3",
            ["row 4 stands where row 3 is expected", "row 4 does not follow from the row before"],
        ),
    ],
)
def test_owner_who_switches_the_triggers_off_is_found_out(cast, sql, words):
    disturb(sql)

    found = chain_faults(cast.school.pk)
    assert [any(fault.startswith(start) for fault in found) for start in words] == [True] * len(
        words
    )


def test_verify_audit_says_that_every_trail_is_whole(cast, other, capsys):
    call_command("verify_audit")

    chains = [0, *ids(cast, other)]
    assert capsys.readouterr().out.splitlines() == [
        *(f"Chain {number}: whole" for number in chains),
        "Every trail is whole.",
    ]


def test_verify_audit_fails_loudly_and_names_the_chain(cast, other, capsys):
    disturb("UPDATE audit_entry SET verb = 'nothing_done' WHERE sequence = 2")

    with pytest.raises(CommandError, match="1 trail\\(s\\) are not whole"):
        call_command("verify_audit")
    assert f"Chain {cast.school.pk}: row 2 was changed" in capsys.readouterr().err


def test_escape_from_the_wall_is_written_down_first(cast, other):
    with every_school(reason="A test", by="pytest"):
        assert Entry.objects.values("school_id").distinct().count() == 3
        escape = Entry.objects.get(school_id=0)

    assert (escape.verb, escape.actor_name, escape.subject_label) == (
        "enter_every_school",
        "pytest",
        "A test",
    )


def ids(*casts) -> list[int]:
    return sorted(cast.school.pk for cast in casts)

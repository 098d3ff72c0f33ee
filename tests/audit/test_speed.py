"""A long trail is verified and exported in reasonable time and memory (issue 2, point 11)."""

import time
import tracemalloc
from itertools import islice

from django.core.management import call_command
from django.db import connection

from audit.queries import Export, last_entry
from common.scope import school_scope


def lengthen(school, rows: int) -> None:
    """Give a school so many more entries, chained by the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO audit_entry (school_id, sequence, at, actor_id, actor_name, verb,
                subject_type, subject_id, subject_label, facts, request_id, ip, previous_hash, hash)
            SELECT %s, 0, now() - n * interval '1 second', n %% 50, 'Somebody ' || n %% 50,
                'note_incident', 'incidents.incident', n::text, '2026-' || n,
                jsonb_build_object('state', 'triage', 'n', n), '', '', '', ''
              FROM generate_series(1, %s) AS n
            """,
            [school.pk, rows],
        )


def test_twenty_thousand_entries_verify_in_a_second(cast, capsys):
    lengthen(cast.school, 20_000)
    began = time.perf_counter()
    call_command("verify_audit")
    took = time.perf_counter() - began

    assert "Every trail is whole." in capsys.readouterr().out
    assert took < 4, f"{took:.1f} s"  # one on a quiet machine; this one is busy with tests


def test_export_does_not_hold_the_trail_in_memory(other):
    # Another school than above: what a rolled-back test leaves in the index slows the same chain.
    with school_scope(other.school.pk):
        lengthen(other.school, 4000)
        last = last_entry(other.school.pk)
    export = Export(other.oscar, frozenset({"export_trail"}), last, chunk=1000)

    def peak(lines) -> int:
        tracemalloc.start()
        for _ in lines:
            pass
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    list(islice(export.lines(), 3))  # what is made once is made now
    one_chunk = peak(islice(export.lines(), 1000))
    assert peak(export.lines()) < 2 * one_chunk

"""Repetition after a warning leads to the heavier infringement, never to a lighter one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import queries
from policies.actions import load_policy
from policies.libraries import read_library
from policies.models import Clause, Infringement, SanctionCategory
from policies.repetition import Earlier, repeat_rule
from tests.cast import NOW


def rows_of(name: str, subject: str) -> dict[str, Infringement]:
    """Return a ladder's infringements as unsaved rows by key, for the pure rule."""
    document = read_library(name)
    categories = {
        row.identity: SanctionCategory(subject=row.subject, code=row.code, rank=row.rank)
        for row in document.categories
    }
    rows = {}
    for number, row in enumerate(document.infringements, start=1):
        if row.subject == subject:
            first = rows.get(row.repeat_of)
            rows[row.key] = Infringement(
                pk=number,
                key=row.key,
                label=row.label,
                subject=subject,
                order=number,
                category=categories[row.of],
                clause=Clause(number=row.clause),
                repeat_of=first,
                repeats_any=row.repeats_any,
                requires_prior_warning=row.requires_prior_warning,
            )
    return rows


PUPIL = rows_of("abcd", "pupil")
STAFF = rows_of("abcd", "staff")
FLAT = rows_of("secondary_flat", "pupil")


@pytest.mark.parametrize(
    ("rows", "key", "earlier", "expected"),
    [
        (PUPIL, "PA1", [Earlier("PA1", True)], ("PB1", "B")),
        (PUPIL, "PA1", [Earlier("PA1", False)], None),
        (PUPIL, "PA1", [], None),
        (PUPIL, "PA1", [Earlier("PA2", True)], None),
        (PUPIL, "PA1", [Earlier("PB1", True)], ("PB1", "B")),
        (PUPIL, "PA4", [Earlier("PA4", False)], ("PB4", "B")),
        (PUPIL, "PC2", [Earlier("PC2", True)], ("PD1", "D")),
        (PUPIL, "PC2", [Earlier("PC2", False)], None),
        (PUPIL, "PD1", [Earlier("PC2", True)], None),
        (PUPIL, "PB1", [Earlier("PA1", True)], None),
        (STAFF, "X03", [Earlier("X03", False)], ("X03B", "B")),
        (STAFF, "SA1", [Earlier("SA1", True)], None),
        (FLAT, "S05", [Earlier("S02", True)], ("S13", "A")),
        (FLAT, "S05", [Earlier("S02", False)], None),
        (FLAT, "S13", [Earlier("S02", True)], None),
    ],
)
def test_repetition_suggests(rows, key, earlier, expected):
    found = repeat_rule(rows[key], earlier, among=rows.values())
    assert (found and (found.infringement.key, found.category.code)) == expected


def test_suggestion_gives_its_reason_and_clause():
    found = repeat_rule(PUPIL["PA1"], [Earlier("PA1", True)], among=PUPIL.values())
    assert found.clause_number == "3.2"
    assert found.reason == (
        "“Off-task websites in a lesson” was recorded before and led to a warning. Under clause "
        "3.2 it is now “Off-task websites again after a warning”, category B."
    )


def test_suggestion_of_any_repetition_gives_its_reason():
    found = repeat_rule(FLAT["S05"], [Earlier("S02", True)], among=FLAT.values())
    assert found.reason.startswith(
        "Something on this list was recorded before and led to a warning."
    )


def test_infringement_out_of_use_is_not_suggested():
    rows = rows_of("abcd", "pupil")
    rows["PB1"].active = False
    assert repeat_rule(rows["PA1"], [Earlier("PA1", True)], among=rows.values()) is None


@given(
    key=st.sampled_from(sorted(PUPIL)),
    earlier=st.lists(
        st.builds(Earlier, st.sampled_from([*sorted(PUPIL), "XX"]), st.booleans()), max_size=6
    ),
)
def test_repetition_never_lowers_a_category(key, earlier):
    found = repeat_rule(PUPIL[key], earlier, among=PUPIL.values())
    assert found is None or found.category.rank > PUPIL[key].category.rank


@given(
    key=st.sampled_from(sorted(PUPIL)),
    earlier=st.lists(
        st.builds(Earlier, st.sampled_from(sorted(PUPIL)), st.just(False)), max_size=6
    ),
)
def test_without_a_warning_nothing_that_asks_for_one_is_suggested(key, earlier):
    found = repeat_rule(PUPIL[key], earlier, among=PUPIL.values())
    assert found is None or not found.infringement.requires_prior_warning


def test_rule_reads_nothing_from_the_database(cast, django_assert_num_queries):
    version = load_policy(school=cast.school, data_name="abcd", by=cast.hana, at=NOW)
    rows = queries.infringement_rows(version, "pupil")
    first = next(row for row in rows if row.key == "PC2")
    with django_assert_num_queries(0):
        found = repeat_rule(first, [Earlier("PC2", True)], among=rows)
    assert found.infringement.key == "PD1"
    anyone = next(row for row in rows if row.key == "X15")
    assert repeat_rule(anyone, [Earlier("X15", True)], among=rows) is None

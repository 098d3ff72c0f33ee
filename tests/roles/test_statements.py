"""What roles are responsible for: seeded, worded by the school, accepted by holders (ROL-03)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.models import Entry
from common.errors import Refusal, StaleRecord
from people.models import Notice
from roles.actions import (
    accept_responsibilities,
    add_responsibility,
    assign_role,
    close_role,
    end_responsibility,
    revise_responsibility,
    set_up_roles,
)
from roles.catalogue import BY_CODE
from roles.models import Responsibility, ResponsibilityAcceptance, Role
from roles.queries import accept_by, acceptances_of, statements_of, statements_to_accept
from roles.statements import statements
from tests.cast import NOW, START

TODAY = NOW.date()
FIELDS = ("statement", "source", "evidence", "frequency")


def role(cast, code: str) -> Role:
    return Role.objects.get(school=cast.school, code=code)


def first(cast, code: str) -> Responsibility:
    return statements_of(role(cast, code))[0]


def waiting(person) -> list[str]:
    return [row.statement for row in statements_to_accept(person, on=TODAY)]


def revise(cast, row: Responsibility, words: str, **changed) -> Responsibility:
    values = {name: getattr(row, name) for name in FIELDS}
    return revise_responsibility(
        responsibility=row, **values | {"statement": words} | changed, by=cast.hana, at=NOW
    )


def accept_all(person) -> None:
    ids = [row.pk for row in statements_to_accept(person, on=TODAY)]
    accept_responsibilities(ids=ids, by=person, at=NOW)


def test_template_has_statements_for_the_main_roles_and_fits_the_columns():
    roles = {row.role for row in statements()}

    assert roles <= set(BY_CODE)
    assert roles >= {
        code for code, seed in BY_CODE.items() if seed.mandatory and code != "investigator"
    }
    assert roles >= {"tech", "teacher", "staff", "parent", "pupil", "governor"}
    assert len({row.key for row in statements()}) == len(statements())
    assert max(len(row.statement) for row in statements()) <= 400
    assert {row.evidence for row in statements()} <= set(Responsibility.Evidence.values)
    assert {row.frequency for row in statements()} <= set(Responsibility.Frequency.values)


def test_new_school_has_every_statement_of_the_template(cast):
    rows = Responsibility.objects.filter(school=cast.school)

    assert set(rows.values_list("key", "statement", "from_date")) == {
        (seed.key, seed.statement, TODAY) for seed in statements()
    }


def test_setting_up_again_brings_back_nothing_the_school_has_changed(cast):
    revise(cast, first(cast, "dsl"), "Lead on harm, always.")
    end_responsibility(responsibility=first(cast, "tech"), by=cast.hana, at=NOW)
    before = Responsibility.objects.count()
    set_up_roles(school=cast.school, by="tests", at=NOW)

    assert Responsibility.objects.count() == before


def test_holder_reads_and_accepts_and_then_nothing_waits(cast):
    asked = waiting(cast.dora)
    assert asked == [row.statement for row in statements() if row.role in {"dsl", "staff"}]
    accept_all(cast.dora)

    assert waiting(cast.dora) == []
    accepted = ResponsibilityAcceptance.objects.filter(person=cast.dora)
    assert set(accepted.values_list("accepted_at", flat=True)) == {NOW}
    assert acceptances_of(role(cast, "dsl"), [cast.dora.pk, cast.tom.pk]) == {cast.dora.pk: 5}
    entry = Entry.objects.latest("sequence")
    assert (entry.verb, entry.actor_id) == ("accept_responsibilities", cast.dora.pk)


def test_revised_statement_has_to_be_accepted_again(cast):
    accept_all(cast.dora)
    old = first(cast, "dsl")
    new = revise(cast, old, "Lead on harm, always.")

    assert waiting(cast.dora) == ["Lead on harm, always."]
    old.refresh_from_db()
    assert (old.to_date, new.from_date, new.replaces, new.key) == (TODAY, TODAY, old, old.key)
    assert list(Notice.objects.values_list("person", "reason", "path")) == [
        (cast.dora.pk, "responsibilities_to_accept", cast.url("responsibilities/"))
    ]
    entry = Entry.objects.filter(verb="revise_responsibility").latest("sequence")
    assert entry.facts == {"role": "dsl", "before": old.statement, "after": new.statement}


def test_new_holder_is_asked_and_the_former_is_not(cast):
    assign_role(role=role(cast, "clerk"), person=cast.tom, start_date=TODAY, by=cast.hana, at=NOW)
    add_responsibility(role=role(cast, "clerk"), statement="Write minutes.", by=cast.hana, at=NOW)

    assert "Write minutes." in waiting(cast.tom)
    assert "Write minutes." not in waiting(cast.tess)


def test_day_by_which_to_accept_follows_the_setting_and_the_later_start(cast):
    row = statements_to_accept(cast.dora, on=TODAY)[0]
    assert (row.held_since, row.from_date) == (START, TODAY)
    assert accept_by(cast.school, row) == TODAY + timedelta(days=14)


def test_accepting_nothing_or_anothers_is_refused(cast):
    with pytest.raises(Refusal, match="Tick the statements"):
        accept_responsibilities(ids=[], by=cast.dora, at=NOW)
    with pytest.raises(StaleRecord, match="Read it again"):
        accept_responsibilities(ids=[first(cast, "head").pk], by=cast.dora, at=NOW)
    assert ResponsibilityAcceptance.objects.count() == 0


def test_accepting_what_was_revised_or_accepted_meanwhile_is_refused(cast):
    old = first(cast, "dsl")
    revise(cast, old, "Lead on harm, always.")
    with pytest.raises(StaleRecord, match="Read it again"):
        accept_responsibilities(ids=[old.pk], by=cast.dora, at=NOW)
    again = first(cast, "staff")
    accept_responsibilities(ids=[again.pk], by=cast.dora, at=NOW)
    with pytest.raises(StaleRecord, match="Read it again"):
        accept_responsibilities(ids=[again.pk], by=cast.dora, at=NOW)


def test_statement_is_revised_once(cast):
    old = first(cast, "dsl")
    revise(cast, old, "Lead on harm, always.")
    with pytest.raises(StaleRecord, match="Somebody else has changed this statement"):
        revise(cast, old, "Lead on harm, sometimes.")
    with pytest.raises(StaleRecord, match="Somebody else has changed this statement"):
        end_responsibility(responsibility=old, by=cast.hana, at=NOW)


def test_empty_unchanged_or_doubled_words_are_refused(cast):
    old, second = statements_of(role(cast, "dsl"))[:2]
    with pytest.raises(Refusal, match="Nothing was changed"):
        revise(cast, old, f" {old.statement} ")
    with pytest.raises(Refusal, match="Enter what the role is responsible for"):
        revise(cast, old, "  ")
    with pytest.raises(Refusal, match="has this statement already"):
        revise(cast, old, second.statement.upper())
    with pytest.raises(Refusal, match="has this statement already"):
        add_responsibility(role=old.role, statement=old.statement, by=cast.hana, at=NOW)
    close_role(role=role(cast, "bursar"), by=cast.hana, at=NOW)
    with pytest.raises(Refusal, match="is not used at this school"):
        add_responsibility(role=role(cast, "bursar"), statement="Pay.", by=cast.hana, at=NOW)


def test_where_it_stands_can_change_without_the_words(cast):
    new = revise(cast, first(cast, "dsl"), first(cast, "dsl").statement, source="Policy 3, 2.4")

    assert (new.source, new.statement) == ("Policy 3, 2.4", new.replaces.statement)


def test_families_get_no_mail_about_statements(cast):
    add_responsibility(role=role(cast, "parent"), statement="Come along.", by=cast.hana, at=NOW)

    assert Notice.objects.count() == 0
    assert "Come along." in waiting(cast.paul)


def test_acceptance_is_kept_for_ever(cast):
    accept_all(cast.dora)
    rows = ResponsibilityAcceptance.objects.filter(person=cast.dora)
    with pytest.raises(IntegrityError, match="UPDATE is refused"), transaction.atomic():
        rows.update(accepted_at=NOW)
    with pytest.raises(IntegrityError, match="DELETE is refused"), transaction.atomic():
        rows.delete()

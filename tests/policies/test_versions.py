"""A version is written once, published once and never altered; a change is a new version."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from audit.models import Entry
from common.errors import Refusal, StaleRecord, StepRefused
from common.scope import school_scope
from people.models import Notice
from policies import queries
from policies.actions import load_policy, publish_policy, put_in_force, revise_policy
from policies.document import Change
from policies.models import Clause, LadderInForce, PolicyVersion
from policies.rows import document_of
from tests.cast import NOW

CONTENT = [
    "policies_clause",
    "policies_sanctiontype",
    "policies_sanctioncategory",
    "policies_infringement",
    "policies_specialcase",
    "policies_ladderstep",
    "policies_risktheme",
    "policies_ladderinforce",
]
MILDER = Change("infringements", "pupil PA1", {"label": "Websites that are off the task"})


def refused(statement: str, *values: object) -> str:
    """Run SQL that the database must refuse; return what it says."""
    with (
        pytest.raises(IntegrityError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)
    return str(caught.value).splitlines()[0]


def test_rows_of_a_version_are_never_altered(version, subtests):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # TRUNCATE waits for pending checks
    for table in CONTENT:
        with subtests.test(table):
            said = f"rows of {table} are evidence: "
            assert refused(f"UPDATE {table} SET id = id") == f"{said}UPDATE is refused"
            assert refused(f"DELETE FROM {table}") == f"{said}DELETE is refused"
            assert refused(f"TRUNCATE {table} CASCADE").endswith("TRUNCATE is refused")


def test_draft_rows_are_never_altered(cast, version):
    draft = revise_policy(
        version=version, changes=[MILDER], by=cast.dora, at=NOW, reason="Plainer words."
    )
    said = refused("UPDATE policies_infringement SET label = 'x' WHERE version_id = %s", draft.pk)
    assert said == "rows of policies_infringement are evidence: UPDATE is refused"


def test_published_version_is_never_altered(version, subtests):
    for change in (
        "title = 'x'",
        "number = 7",
        "status = 'draft', published_at = NULL, published_by_id = NULL",
    ):
        with subtests.test(change):
            said = refused(f"UPDATE policies_policyversion SET {change}")
            assert said == "a policy version is published once and never altered"


def test_draft_may_only_be_published(cast, version):
    revise_policy(version=version, changes=[MILDER], by=cast.dora, at=NOW, reason="Plainer words.")
    said = refused("UPDATE policies_policyversion SET title = 'x' WHERE status = 'draft'")
    assert said == "a policy version is published once and never altered"


def test_nothing_is_added_to_a_published_version(cast, version):
    with (
        pytest.raises(IntegrityError, match="nothing is added to a policy version"),
        transaction.atomic(),
    ):
        Clause.objects.create(
            school=cast.school, version=version, number="9.9", order=99, title="New", text="New"
        )


def test_draft_never_comes_into_force_even_by_sql(cast, version):
    draft = revise_policy(
        version=version, changes=[MILDER], by=cast.dora, at=NOW, reason="Plainer words."
    )
    with (
        pytest.raises(IntegrityError, match="only a published policy version"),
        transaction.atomic(),
    ):
        LadderInForce.objects.create(
            school=cast.school, version=draft, from_date=NOW.date(), set_by=cast.hana, set_at=NOW
        )


def test_revision_copies_with_the_change_and_leaves_the_old_untouched(cast, version):
    before = document_of(version)
    draft = revise_policy(
        version=version, changes=[MILDER], by=cast.dora, at=NOW, reason="Plainer words."
    )
    after = document_of(draft)
    assert document_of(version) == before
    assert (draft.number, draft.status, draft.based_on, draft.note) == (
        2,
        "draft",
        version,
        "Plainer words.",
    )
    assert after.row("infringements", "pupil PA1").label == "Websites that are off the task"
    assert [row for row in after.infringements if row.key != "PA1"] == [
        row for row in before.infringements if row.key != "PA1"
    ]
    assert after.steps == before.steps


def test_revision_is_recorded_with_what_changed(cast, version):
    revise_policy(version=version, changes=[MILDER], by=cast.dora, at=NOW, reason="Plainer words.")
    entry = Entry.objects.filter(verb="revise_policy").get()
    assert (entry.actor_name, entry.facts) == (
        "Dora Dale",
        {"based_on": 1, "changes": [["infringements", "pupil PA1"]]},
    )


def test_revision_of_a_version_that_is_no_longer_newest_is_stale(cast, version):
    revise_policy(version=version, changes=[MILDER], by=cast.dora, at=NOW, reason="Plainer words.")
    other_change = Change("infringements", "pupil PA2", {"label": "E-mail without leave"})
    with pytest.raises(StaleRecord, match="Version 2 was written after this one"):
        revise_policy(
            version=version, changes=[other_change], by=cast.hana, at=NOW, reason="Plainer words."
        )
    assert PolicyVersion.objects.count() == 2


MISFITS = [
    (Change("infringements", "pupil PA1", {}), "Nothing is different"),
    (Change("infringements", "pupil PZ9", {"label": "x"}), "has no “pupil PZ9”"),
    (Change("infringements", "pupil PA1", {"of": "pupil E"}), "names the category “pupil E”"),
    (
        Change("infringements", "pupil PB1", {"of": "pupil A"}),
        "must belong to a heavier category",
    ),
    (Change("infringements", "pupil PA1", {"clause": "9.9"}), "names the clause “9.9”"),
    (Change("infringements", "pupil PA1", {"colour": "red"}), "check colour"),
    (
        Change("infringements", values={"key": "PA1", "label": "x", "of": "pupil A"}),
        "stands twice",
    ),
    (Change("steps", "pupil A.escalate.1", {"role_code": ""}), "which role or agency"),
    (Change("steps", "pupil A.escalate.1", {"role_code": "janitor"}), "not a known role_code"),
    (Change("steps", "pupil A.escalate.1", {"agency": "police"}), "not to both"),
    (Change("steps", "pupil B.escalation_measure.1", {"sanction": "exile"}), "“exile”"),
    (Change("categories", "pupil A", {"rank": 2}), "share a rank"),
    (Change("categories", "pupil A", {"decided_by": []}), "who may decide"),
    (Change("clauses", "3.1", remove=True), "names the clause “3.1”"),
    (Change("rooms", "1", {}), "no part called “rooms”"),
    (Change("sanction_types", "interview", {"is_referral": True}), "name the agencies"),
    (Change("themes", "nudes", {"serious_harm": False}), "mark it as serious harm"),
    (Change("special_cases", "SX1", {"trigger": "rain"}), "not a known trigger"),
]


def test_change_that_does_not_fit_is_refused_and_writes_nothing(cast, version, subtests):
    for change, words in MISFITS:
        with subtests.test(words), pytest.raises(Refusal, match=words):
            revise_policy(
                version=version, changes=[change], by=cast.dora, at=NOW, reason="Because."
            )
    assert PolicyVersion.objects.count() == 1


def test_revision_needs_a_reason(cast, version):
    with pytest.raises(Refusal, match="Say why the policy is changed"):
        revise_policy(version=version, changes=[MILDER], by=cast.dora, at=NOW, reason="  ")
    assert PolicyVersion.objects.count() == 1


def test_published_draft_counts_from_its_date_and_staff_are_told(cast, version):
    draft = revise_policy(
        version=version, changes=[MILDER], by=cast.dora, at=NOW, reason="Plainer words."
    )
    from_date = NOW.date() + timedelta(days=7)
    publish_policy(version=draft, from_date=from_date, by=cast.hana, at=NOW)
    draft.refresh_from_db()
    assert (draft.status, draft.published_by, draft.published_at) == ("published", cast.hana, NOW)
    assert queries.ladder_on(cast.school, from_date - timedelta(days=1)) == version
    assert queries.ladder_on(cast.school, from_date) == draft
    assert {notice.person for notice in Notice.objects.filter(reason="policy_published")} == {
        cast.hana,
        cast.dora,
        cast.tom,
        cast.tess,
        cast.tina,
    }


def test_published_version_is_not_published_again(cast, version):
    with pytest.raises(StepRefused, match="“Publish this version” cannot be done now"):
        publish_policy(version=version, from_date=NOW.date(), by=cast.hana, at=NOW)


def test_draft_followed_by_another_is_not_published(cast, version):
    first = revise_policy(
        version=version, changes=[MILDER], by=cast.dora, at=NOW, reason="Plainer words."
    )
    change = Change("infringements", "pupil PA2", {"label": "E-mail without leave"})
    revise_policy(version=first, changes=[change], by=cast.dora, at=NOW, reason="Plainer words.")
    with pytest.raises(StaleRecord, match="Publish version 3"):
        publish_policy(version=first, from_date=NOW.date(), by=cast.hana, at=NOW)
    assert queries.ladder_on(cast.school, NOW.date()) == version


def test_draft_is_not_put_in_force(cast, version):
    draft = revise_policy(
        version=version, changes=[MILDER], by=cast.dora, at=NOW, reason="Plainer words."
    )
    with pytest.raises(StepRefused, match="it needs to be “Published”"):
        put_in_force(school=cast.school, version=draft, from_date=NOW.date(), by=cast.hana, at=NOW)


def test_version_of_another_school_is_not_put_in_force(cast, other, version):
    with school_scope(other.school.pk):
        theirs = load_policy(school=other.school, data_name="abcd", by=other.oscar, at=NOW)
    with pytest.raises(Refusal, match="belongs to another school"):
        put_in_force(school=cast.school, version=theirs, from_date=NOW.date(), by=cast.hana, at=NOW)


def test_step_can_be_added_and_taken_out(cast, version):
    changes = [
        Change("steps", "pupil B.escalation_measure.2", remove=True),
        Change(
            "steps",
            values={
                "of": "pupil A",
                "kind": "escalate",
                "role_code": "head",
                "label": "Headteacher",
            },
        ),
    ]
    draft = revise_policy(
        version=version, changes=changes, by=cast.dora, at=NOW, reason="As agreed."
    )
    light, careless = queries.categories_of(draft, "pupil")[:2]
    assert [step.role_code for step in queries.steps_for(light, "escalate")] == [
        "slt",
        "osl",
        "head",
    ]
    assert [
        (step.order, step.sanction_type.code)
        for step in queries.steps_for(careless, "escalation_measure")
    ] == [(1, "access_removed"), (2, "inform_parents")]

"""Who is asked follows from role and dates, and a sweep can be repeated (AGR-02 to AGR-07)."""

from datetime import date, timedelta

import pytest

from agreements.actions.issuing import issue_obligations
from agreements.actions.texts import (
    approve_agreement,
    publish_agreement,
    revise_agreement,
    write_text,
)
from agreements.document import AgreementDocument
from agreements.models import Obligation
from agreements.queries.texts import hash_of
from people.models import CarerLink, PupilEnrolment
from roles.actions import assign_role
from roles.models import Role
from tests.agreements.walk import asked, obligation_of, signed
from tests.cast import NOW


def sweep(cast, at=NOW):
    return issue_obligations(school=cast.school, by="tests", at=at)


def states(person):
    return sorted(
        Obligation.objects.filter(signer=person).values_list("agreement__code", "state", "cycle")
    )


def setting(cast, name, value):
    from people.actions.settings import change_setting

    change_setting(school=cast.school, name=name, value=value, reason="Test", by=cast.hana, at=NOW)
    cast.school.__dict__.pop("_settings", None)


def test_everybody_of_an_audience_is_asked_once(cast):
    """AGR-02, AGR-03: repeating the sweep writes nothing."""
    asked(cast, "staff", "pupil_ks2", "parent", at=NOW)
    assert states(cast.tom) == [("staff", "due", "entry")]
    assert states(cast.pia) == [("pupil-ks2", "due", "entry")]
    assert [row.about for row in Obligation.objects.filter(signer=cast.paul)] == [
        cast.pia,
        cast.quin,
    ]
    assert states(cast.cara) == []
    again = sweep(cast)
    assert (again.asked, again.ended, again.moved) == (0, 0, 0)
    assert Obligation.objects.filter(signer=cast.tom).count() == 1


def test_somebody_new_is_asked_on_the_next_sweep_and_has_the_days_of_induction(cast):
    """AGR-27: due within five days of joining; others have fourteen."""
    asked(cast, "staff", "parent", at=NOW)
    assert obligation_of(cast.tom, "staff").due_date == NOW.date() + timedelta(days=5)
    assert obligation_of(cast.paul, "parent", cast.pia).due_date == NOW.date() + timedelta(days=14)


def test_a_parent_signs_for_a_pupil_in_key_stage_one_and_the_pupil_later(cast):
    """AGR-04: on the move to key stage two a signature of the pupil's own falls due."""
    PupilEnrolment.objects.filter(pupil=cast.quin).update(key_stage="KS1", year_group="2")
    asked(cast, "pupil_ks1", "pupil_ks2", at=NOW)
    row = obligation_of(cast.paul, "pupil-ks1", cast.quin)
    assert (row.asks, row.trigger) == ("sign", "joining")
    assert states(cast.quin) == []
    PupilEnrolment.objects.filter(pupil=cast.quin).update(key_stage="KS2", year_group="3")
    sweep(cast, NOW + timedelta(days=1))
    assert obligation_of(cast.quin, "pupil-ks2").trigger == "key_stage"
    row.refresh_from_db()
    assert row.state == "ended"


def test_nobody_with_no_contact_or_without_the_right_to_sign_is_asked(cast):
    """R-DP-4: a carer the school may not contact is never asked."""
    CarerLink.objects.filter(carer=cast.paul, pupil=cast.pia).update(
        may_sign=False, no_contact=True
    )
    asked(cast, "parent", at=NOW)
    assert [row.about for row in Obligation.objects.filter(signer=cast.paul)] == [cast.quin]


def test_a_material_version_asks_again_and_a_minor_one_does_not(cast):
    """AGR-07: the old signature stays as history."""
    (version,) = asked(cast, "staff", at=NOW)
    first = signed(obligation_of(cast.tom, "staff"), at=NOW)
    for number, change in ((2, "minor"), (3, "material")):
        later = NOW + timedelta(days=number)
        draft = revise_agreement(
            version=version, change=change, note="Clearer words", by=cast.dora, at=later
        )
        text = draft.texts.get()
        document = AgreementDocument(
            **{**vars(text.document), "intro": f"Version {number} of the words."}
        )
        write_text(version=draft, document=document, seen=hash_of(draft), by=cast.dora, at=later)
        approve_agreement(version=draft, seen=hash_of(draft), by=cast.hana, at=later)
        version = publish_agreement(version=draft, by=cast.hana, at=later)
        sweep(cast, later)
        state = obligation_of(cast.tom, "staff").state
        assert state == ("active" if change == "minor" else "due")
    assert [row[1:] for row in states(cast.tom)] == [("due", "v3"), ("superseded", "entry")]
    first.refresh_from_db()
    assert first.shown.text.startswith("safeguard-agreement/1")
    # Those who had not signed yet are moved to the newest words, in the round they were in.
    row = obligation_of(cast.tess, "staff")
    assert (row.version, row.cycle) == (version, "entry")


def test_a_new_school_year_asks_those_who_are_asked_yearly(cast):
    """AGR-06: staff every September, parents only on entry."""
    asked(cast, "staff", "parent", at=NOW)
    signed(obligation_of(cast.tom, "staff"), at=NOW)
    signed(obligation_of(cast.paul, "parent", cast.pia), at=NOW)
    sweep(cast, NOW.replace(year=2027, month=9, day=6))
    assert obligation_of(cast.tom, "staff").cycle == "2027"
    assert obligation_of(cast.tom, "staff").trigger == "september"
    assert obligation_of(cast.paul, "parent", cast.pia).state == "active"


def test_a_new_role_opens_clauses_that_have_to_be_signed(cast):
    """AGR-18: the teaching-only clause is asked of somebody who becomes a teacher."""
    asked(cast, "staff", at=NOW)
    signature = signed(obligation_of(cast.tina, "staff"), at=NOW)
    role = Role.objects.get(school=cast.school, code="teacher")
    later = NOW + timedelta(days=3)
    assign_role(role=role, person=cast.tina, start_date=later.date(), by="tests", at=later)
    sweep(cast, later)
    row = obligation_of(cast.tina, "staff")
    assert (row.trigger, row.state, row.roles) == ("role", "due", ["teacher"])
    again = signed(row, at=later)
    assert again.shown.text != signature.shown.text


def test_who_leaves_is_asked_no_more_and_who_returns_is_asked_again(cast):
    """AGR-29."""
    asked(cast, "staff", at=NOW)
    cast.tom.left_date = date(2026, 9, 18)
    cast.tom.save()
    sweep(cast, NOW + timedelta(days=7))
    assert states(cast.tom) == [("staff", "ended", "entry")]
    cast.tom.left_date = None
    cast.tom.save()
    sweep(cast, NOW + timedelta(days=30))
    assert obligation_of(cast.tom, "staff").trigger == "return"


def test_one_parent_is_enough_unless_the_school_asks_both(cast):
    """AGR-02: signer self, parent, both."""
    CarerLink.objects.create(
        school=cast.school, pupil=cast.pia, carer=cast.cara, relation="Mother", start_date=NOW
    )
    asked(cast, "parent", at=NOW)
    signed(obligation_of(cast.paul, "parent", cast.pia), at=NOW)
    assert obligation_of(cast.cara, "parent", cast.pia).state == "covered"
    setting(cast, "parents_needed", "both")
    sweep(cast, NOW + timedelta(days=1))
    assert obligation_of(cast.cara, "parent", cast.pia).state == "due"


@pytest.mark.parametrize(
    ("name", "value", "person", "expected"),
    [
        ("staff_asked", "none", "tom", []),
        ("staff_asked", "acknowledge", "tom", ["acknowledge"]),
        ("pupil_asked", "familiarise", "pia", ["familiarise"]),
        ("parent_asked", "none", "paul", []),
    ],
)
def test_a_school_decides_who_signs(cast, name, value, person, expected):
    """AGR-02, settings d.4: differences between schools are settings."""
    setting(cast, name, value)
    asked(cast, "staff", "pupil_ks2", "parent", at=NOW)
    rows = Obligation.objects.filter(signer=getattr(cast, person))
    assert list(rows.values_list("asks", flat=True)) == expected


def test_the_policy_is_acknowledged_by_staff(cast):
    """AGR-10: separate from the agreement."""
    asked(cast, "policy", at=NOW)
    assert obligation_of(cast.tom, "policy").asks == "acknowledge"


def test_a_signature_that_waits_to_be_countersigned_is_overtaken_by_a_material_version(cast):
    """AGR-07, AGR-11: nobody countersigns words that count no more."""
    setting(cast, "countersigned", True)
    (version,) = asked(cast, "staff", at=NOW)
    signed(obligation_of(cast.tom, "staff"), at=NOW)
    later = NOW + timedelta(days=1)
    draft = revise_agreement(
        version=version, change="material", note="New words", by=cast.dora, at=later
    )
    approve_agreement(version=draft, seen=hash_of(draft), by=cast.hana, at=later)
    publish_agreement(version=draft, by=cast.hana, at=later)
    sweep(cast, later)
    assert (obligation_of(cast.tom, "staff").state, states(cast.tom)[1][1]) == (
        "due",
        "superseded",
    )

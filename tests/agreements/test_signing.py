"""A signature proves exactly what was shown, to whom, when and how (AGR-12, domain leap 6)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from agreements.actions.access import countersign_agreement, override_access
from agreements.actions.answering import (
    answer_question,
    ask_again,
    ask_question,
    decline_agreement,
    exempt_person,
    withdraw_signature,
)
from agreements.actions.issuing import issue_obligations
from agreements.actions.signing import Way, sign_agreement, sign_together
from agreements.models import FollowUp, Obligation, ShownText, Signature
from agreements.queries.access import may_have_account
from agreements.queries.signatures import seal_holds, signature_with_seal
from agreements.shown import read_ticket, shown_to, ticket_for
from agreements.vocabulary import Method
from audit.models import Entry
from common.errors import Conflicted, Refusal, StaleRecord, StepRefused
from people.models import CarerLink
from tests.agreements.test_issuing import setting
from tests.agreements.walk import asked, obligation_of, opened, signed
from tests.cast import NOW

WAY = Way(Method.ACCOUNT, "password")


def test_a_signature_holds_what_proves_it(cast):
    """AGR-12: version, language, hash of the text shown, name, capacity, method, times, seal."""
    asked(cast, "staff", at=NOW)
    row = obligation_of(cast.tom, "staff")
    later = NOW + timedelta(hours=1)
    signature = signed(row, at=later)
    assert (signature.typed_name, signature.capacity, signature.method) == (
        "Tom Teale",
        "self",
        "account",
    )
    assert (signature.issued_at, signature.opened_at, signature.signed_at) == (
        NOW,
        later - timedelta(minutes=1),
        later,
    )
    assert signature.shown.sha256 == shown_to(row.version, "en", row.roles).sha256
    assert signature.statement == row.version.texts.get().statement
    assert seal_holds(signature)
    entry = Entry.objects.filter(verb="sign_agreement").latest("pk")
    assert entry.facts["seal"] == signature.seal
    assert signature_with_seal(cast.school, signature.seal) == signature
    assert obligation_of(cast.tom, "staff").state == "active"


def test_the_same_words_are_stored_once(cast):
    """Two people who were shown the same point to the same text."""
    asked(cast, "staff", at=NOW)
    one = signed(obligation_of(cast.tom, "staff"), at=NOW)
    two = signed(obligation_of(cast.tess, "staff"), at=NOW)
    other = signed(obligation_of(cast.tina, "staff"), at=NOW)
    assert one.shown == two.shown
    assert other.shown != one.shown  # no teacher: the teaching-only clause is not shown
    assert ShownText.objects.filter(school=cast.school).count() == 2


def test_a_text_that_changed_between_opening_and_signing_is_read_again(cast):
    """Never a signature on a version not shown."""
    asked(cast, "staff", at=NOW)
    row = obligation_of(cast.tom, "staff")
    page = replace(opened(row, at=NOW), sha256="0" * 64)
    with pytest.raises(StaleRecord, match="changed since you opened it"):
        sign_agreement(
            obligation=row, opened=page, typed_name="Tom Teale", way=WAY, by=cast.tom, at=NOW
        )
    assert not Signature.objects.exists()


def test_a_superseded_version_cannot_be_signed(cast):
    """A published replacement makes everybody look again."""
    (version,) = asked(cast, "staff", at=NOW)
    type(version).objects.filter(pk=version.pk).update(superseded_at=NOW)
    with pytest.raises(StaleRecord, match="newer version"):
        signed(obligation_of(cast.tom, "staff"), at=NOW)


def test_signing_twice_makes_one_signature(cast):
    """A double submit makes one record."""
    asked(cast, "staff", at=NOW)
    row = obligation_of(cast.tom, "staff")
    signed(row, at=NOW)
    with pytest.raises(StepRefused, match="Signed"):
        signed(row, at=NOW)
    assert Signature.objects.filter(signer=cast.tom).count() == 1


def test_nobody_signs_for_somebody_else(cast):
    """Neither a colleague nor a parent who may not."""
    asked(cast, "staff", "parent", at=NOW)
    row = obligation_of(cast.tom, "staff")
    with pytest.raises(Conflicted, match="somebody else to sign"):
        sign_agreement(
            obligation=row,
            opened=opened(row, at=NOW),
            typed_name="Tom Teale",
            way=WAY,
            by=cast.tess,
            at=NOW,
        )
    CarerLink.objects.filter(pupil=cast.pia).update(may_sign=False)
    with pytest.raises(Conflicted, match="cannot sign for this child"):
        signed(obligation_of(cast.paul, "parent", cast.pia), at=NOW)


def test_a_parent_signs_for_two_children_in_one_sitting_or_for_none(cast):
    """AGR-13: one name, a signature for each child."""
    asked(cast, "parent", at=NOW)
    rows = [obligation_of(cast.paul, "parent", child) for child in (cast.pia, cast.quin)]
    args = {"opened": opened(rows[0], at=NOW), "way": WAY, "by": cast.paul, "at": NOW}
    with pytest.raises(Refusal, match="as the school knows it"):
        sign_together(obligations=rows, typed_name="Somebody Else", **args)
    made = sign_together(obligations=rows, typed_name="Paul Pease", **args)
    assert [one.about for one in made] == [cast.pia, cast.quin]
    assert {one.capacity for one in made} == {"parent"}
    assert len({one.seal for one in made}) == 2


def test_a_child_goes_first_where_the_school_says_so(cast):
    """AGR-14."""
    setting(cast, "pupil_signs_first", True)
    asked(cast, "parent", "pupil_ks2", at=NOW)
    row = obligation_of(cast.paul, "parent", cast.pia)
    with pytest.raises(Refusal, match="Pia has to sign first"):
        signed(row, at=NOW)
    signed(obligation_of(cast.pia, "pupil-ks2"), at=NOW)
    assert signed(row, at=NOW).about == cast.pia


def test_the_database_keeps_signatures_as_they_are(cast):
    """AGR-12: the row is immutable, whoever asks."""
    asked(cast, "staff", at=NOW)
    signature = signed(obligation_of(cast.tom, "staff"), at=NOW)
    for statement in (
        "UPDATE agreements_signature SET typed_name = 'X' WHERE id = %s",
        "DELETE FROM agreements_signature WHERE id = %s",
    ):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [signature.pk])
    text = signature.version.texts.get()
    text.intro = "Other words"
    with pytest.raises(IntegrityError), transaction.atomic():
        text.save()


def test_declining_closes_the_gate_and_makes_a_task(cast):
    """AGR-29: somebody talks to the person."""
    asked(cast, "staff", at=NOW)
    row = obligation_of(cast.tom, "staff")
    with pytest.raises(Refusal, match="Say why"):
        decline_agreement(obligation=row, reason=" ", by=cast.tom, at=NOW)
    decline_agreement(obligation=row, reason="I need to ask my union.", by=cast.tom, at=NOW)
    task = FollowUp.objects.get(kind="declined")
    assert (task.person, task.power) == (cast.tom, "answer_question")
    assert may_have_account(cast.tom, on=NOW.date()).allowed is False
    ask_again(obligation=row, reason="We talked.", by=cast.hana, at=NOW)
    signed(obligation_of(cast.tom, "staff"), at=NOW)
    assert may_have_account(cast.tom, on=NOW.date()).allowed is True


def test_a_question_is_answered_and_nothing_is_signed_by_asking(cast):
    """AGR-29: ask before signing."""
    asked(cast, "staff", at=NOW)
    row = obligation_of(cast.tom, "staff")
    question = ask_question(obligation=row, text="Does this cover my phone?", by=cast.tom, at=NOW)
    answer_question(question=question, answer="Yes, at school.", by=cast.dora, at=NOW)
    with pytest.raises(Refusal, match="has been answered"):
        answer_question(question=question, answer="No.", by=cast.hana, at=NOW)
    assert obligation_of(cast.tom, "staff").state == "due"


def test_a_withdrawn_signature_stays_and_others_are_asked_again(cast):
    """AGR-12: revocation is a new row."""
    CarerLink.objects.create(
        school=cast.school, pupil=cast.pia, carer=cast.cara, relation="Mother", start_date=NOW
    )
    asked(cast, "parent", at=NOW)
    signature = signed(obligation_of(cast.paul, "parent", cast.pia), at=NOW)
    with pytest.raises(Conflicted):
        withdraw_signature(signature=signature, reason="Not mine", by=cast.cara, at=NOW)
    withdraw_signature(signature=signature, reason="I changed my mind.", by=cast.paul, at=NOW)
    assert Signature.objects.get(pk=signature.pk).end.reason == "I changed my mind."
    assert obligation_of(cast.paul, "parent", cast.pia).state == "withdrawn"
    assert obligation_of(cast.cara, "parent", cast.pia).state == "due"
    assert seal_holds(signature)


def test_an_exemption_needs_a_reason_and_somebody_else(cast):
    """AGR-29, c.9: exempt needs reason and Head; nobody exempts themselves."""
    asked(cast, "staff", at=NOW)
    row = obligation_of(cast.tom, "staff")
    exempt_person(obligation=row, reason="On long leave.", by=cast.hana, at=NOW)
    assert obligation_of(cast.tom, "staff").state == "exempt"
    with pytest.raises(Conflicted):
        exempt_person(
            obligation=obligation_of(cast.hana, "staff"), reason="Busy", by=cast.hana, at=NOW
        )


def test_countersigning_opens_the_gate_and_names_systems(cast):
    """AGR-11: the account stays blocked until countersigned; never one's own."""
    setting(cast, "countersigned", True)
    asked(cast, "staff", at=NOW)
    signature = signed(obligation_of(cast.tom, "staff"), at=NOW)
    assert obligation_of(cast.tom, "staff").state == "countersign"
    assert may_have_account(cast.tom, on=NOW.date()).allowed is False
    own = signed(obligation_of(cast.hana, "staff"), at=NOW)
    with pytest.raises(Conflicted):
        countersign_agreement(signature=own, systems=["E-mail"], by=cast.hana, at=NOW)
    with pytest.raises(Refusal, match="school's systems"):
        countersign_agreement(signature=signature, systems=["Payroll"], by=cast.hana, at=NOW)
    countersign_agreement(signature=signature, systems=["E-mail"], by=cast.hana, at=NOW)
    access = may_have_account(cast.tom, on=NOW.date())
    assert (access.allowed, access.systems) == (True, ("E-mail",))


def test_the_gate_is_shut_for_somebody_new_and_open_until_the_date_for_a_renewal(cast):
    """AGR-05: no access before the first signature; a renewal has its days of grace."""
    asked(cast, "staff", at=NOW)
    assert may_have_account(cast.tom, on=NOW.date()).allowed is False
    signed(obligation_of(cast.tom, "staff"), at=NOW)
    september = NOW.replace(year=2027, month=9, day=6)
    issue_obligations(school=cast.school, by="tests", at=september)
    assert may_have_account(cast.tom, on=september.date()).allowed is True
    late = september.date() + timedelta(days=15)
    assert may_have_account(cast.tom, on=late).allowed is False
    override_access(
        person=cast.tom, reason="Exam week", until_date=late, by=cast.hana, at=september
    )
    assert may_have_account(cast.tom, on=late).allowed is True
    assert may_have_account(cast.tom, on=late + timedelta(days=1)).allowed is False


def test_a_ticket_cannot_be_altered_and_grows_old(cast, time_machine):
    """The page's ticket proves which text was open."""
    asked(cast, "staff", at=NOW)
    row = obligation_of(cast.tom, "staff")
    time_machine.move_to(NOW)
    ticket = ticket_for([row], shown_to(row.version, "en", row.roles), at=NOW)
    assert read_ticket(ticket).obligations == (row.pk,)
    with pytest.raises(StaleRecord):
        read_ticket(ticket[:-1] + ("a" if ticket[-1] != "a" else "b"))
    time_machine.move_to(NOW + timedelta(days=2))
    with pytest.raises(StaleRecord, match="open too long"):
        read_ticket(ticket)


def test_another_school_sees_none_of_it(cast, other):
    """Wall two: the rows of a school are its own."""
    from common.scope import school_scope

    asked(cast, "staff", at=NOW)
    signed(obligation_of(cast.tom, "staff"), at=NOW)
    assert Signature.objects.count() == 1
    with school_scope(other.school.pk):
        assert (Signature.objects.count(), Obligation.objects.count()) == (0, 0)

"""How a duty was met is said by those who have it, with a finding and an action where needed."""

import hashlib

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.queries import trail
from common.errors import Conflicted, Refusal, StaleRecord, StepRefused
from people.actions.settings import change_setting
from people.models import Notice
from reminders.actions import attest_duty, hand_on_evidence, open_occurrences
from reminders.models import DutyOccurrence
from roles.actions import assign_role
from roles.models import Role
from tests.cast import NOW, START
from tests.incidents.walk import upload
from tests.reminders.samples_duties import occurrence

TECHNICAL = "technical_passwords"


def attest(row, by, **changed) -> DutyOccurrence:
    values = {"version": row.version, "result": "met", "note": "", "action": "", "upload": None}
    return attest_duty(occurrence=row, by=by, at=NOW, **(values | changed))


def give(cast, person, code) -> None:
    role = Role.objects.get(school=cast.school, code=code)
    assign_role(role=role, person=person, start_date=START, by="tests", at=NOW)


def test_holder_says_that_a_duty_was_met(cast):
    row = attest(occurrence(cast, TECHNICAL), cast.tina)

    row.refresh_from_db()
    assert (row.state, row.done_by, row.done_at, row.version) == ("met", cast.tina, NOW, 2)
    (entry,) = trail(cast.school.pk).filter(verb="attest_duty")
    assert entry.facts == {"result": "met", "period": row.period, "sha256": ""}
    assert open_occurrences(school=cast.school, at=NOW).opened == 0


@pytest.mark.parametrize("name", ["hana", "dora", "tom", "olga", "pia"])
def test_nobody_without_the_duty_s_role_says_so(cast, name):
    with pytest.raises(Refusal, match="Only somebody in a role that has this duty"):
        attest(occurrence(cast, TECHNICAL), getattr(cast, name))


@pytest.mark.parametrize("result", ["partly", "not_met"])
@pytest.mark.parametrize("given", [{}, {"note": "Two were behind."}, {"action": "Update them."}])
def test_what_was_not_fully_met_needs_a_finding_and_an_action(cast, result, given):
    row = occurrence(cast, TECHNICAL)
    with pytest.raises(Refusal, match="Say what was found"):
        attest(row, cast.tina, result=result, **given)

    row.refresh_from_db()
    assert (row.state, row.version) == ("open", 1)


@pytest.mark.parametrize("result", ["open", "missed", "", "done"])
def test_other_answers_are_refused(cast, result):
    with pytest.raises(Refusal, match="Choose whether"):
        attest(occurrence(cast, TECHNICAL), cast.tina, result=result)


def test_not_met_informs_the_headteacher_at_once_and_says_nothing_of_it(
    cast, django_capture_on_commit_callbacks
):
    row = occurrence(cast, TECHNICAL)
    with django_capture_on_commit_callbacks(execute=True):
        attest(row, cast.tina, result="not_met", note="Weak ones.", action="Enforce them.")

    (message,) = mail.outbox
    assert message.to == ["hana@oak-hill.example"]
    assert f"/oak-hill/duties/{row.pk}/" in message.body
    assert "Weak" not in message.body
    assert "assword" not in message.body
    assert Notice.objects.get().reason == "duty_not_met"


def test_headteacher_is_not_told_what_they_said_themselves(cast):
    attest(
        occurrence(cast, "supervision"), cast.hana, result="not_met", note="None.", action="Plan."
    )

    assert Notice.objects.count() == 0


def test_closed_duty_is_not_attested_again(cast):
    row = occurrence(cast, TECHNICAL)
    attest(row, cast.tina)

    with pytest.raises(StepRefused, match="closed already: met"):
        attest(row, cast.tina)


def test_missed_duty_is_not_made_good(cast):
    row = occurrence(cast, TECHNICAL)
    DutyOccurrence.objects.filter(pk=row.pk).update(state="missed")

    with pytest.raises(StepRefused, match="missed"):
        attest(row, cast.tina)


def test_page_opened_before_a_change_is_stale(cast):
    row = occurrence(cast, TECHNICAL)
    DutyOccurrence.objects.filter(pk=row.pk).update(version=2)

    with pytest.raises(StaleRecord):
        attest(row, cast.tina)


def test_duty_that_a_record_shows_is_said_by_nobody(cast):
    with pytest.raises(Refusal, match="A record in Safeguard shows"):
        attest(occurrence(cast, "governor_report"), cast.hana)


def test_second_leader_is_somebody_else(cast):
    give(cast, cast.hana, "slt")
    give(cast, cast.tom, "slt")
    attest(occurrence(cast, "procedure_head"), cast.hana)
    second = occurrence(cast, "procedure_leader")

    with pytest.raises(Conflicted, match="somebody else"):
        attest(second, cast.hana)
    assert attest(second, cast.tom).state == "met"


def test_file_is_kept_as_it_came_and_handed_on_unchanged(cast):
    row = attest(occurrence(cast, TECHNICAL), cast.tina, upload=upload())

    row.refresh_from_db()
    with row.evidence.open("rb") as stored:
        content = stored.read()
    assert row.evidence_sha256 == hashlib.sha256(content).hexdigest()
    assert row.evidence.name.startswith("duties/")
    assert row.evidence_name not in row.evidence.name
    hand_on_evidence(occurrence=row, by=cast.hana, at=NOW)
    assert trail(cast.school.pk).filter(verb="hand_on_evidence").count() == 1

    row.evidence.storage.delete(row.evidence.name)
    row.refresh_from_db()
    with pytest.raises(Refusal, match="not in the store"):
        hand_on_evidence(occurrence=row, by=cast.hana, at=NOW)


def test_file_that_is_too_large_or_of_no_kind_is_refused(cast):
    row = occurrence(cast, TECHNICAL)
    change_setting(school=cast.school, name="duties_megabytes", value=1, by=cast.hana, at=NOW)
    large = SimpleUploadedFile("large.txt", b"x" * (1024 * 1024 + 1))
    for file in (large, SimpleUploadedFile("run.exe", b"MZ\x90\x00")):
        with pytest.raises(Refusal):
            attest(row, cast.tina, upload=file)

    row.refresh_from_db()
    assert (row.state, bool(row.evidence)) == ("open", False)

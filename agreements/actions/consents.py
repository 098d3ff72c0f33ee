"""Give, refuse and withdraw consent: one row an answer, only where it changes (CON-01, CON-09)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from agreements.actions.consent_effects import follow_consents
from agreements.consent_forms import form_of
from agreements.models import Consent, ConsentPurpose, Signature
from agreements.queries.consents import (
    Use,
    asked_now,
    latest_answers,
    may_decide,
    questions_for,
    standing_of_uses,
)
from agreements.vocabulary import Answer, Capacity, ConsentKind, Method
from audit.actions import record
from common.dates import uk_date
from common.errors import Conflicted, Refusal, StaleRecord
from people.calendar import LONDON
from people.models import CarerLink, Person

PHONE = "phone"
NOT_YOURS = "{} may not decide for this child."
CHANGED = "The questions have changed since you opened them. Nothing was kept. Please look again."


@dataclass(frozen=True)
class _Giver:
    """Whose answers are written, how they came, and who wrote them down."""

    person: Person
    pupil: Person
    method: str
    form: str
    given_at: datetime
    at: datetime
    recorded_by: Person | None = None
    signature: Signature | None = None


@transaction.atomic
def give_consents(
    *,
    pupil: Person,
    answers: Mapping[int, str],
    form: str,
    by: Person,
    at: datetime,
    method: str,
    taken_back: Collection[str] = (),
    signature: Signature | None = None,
) -> list[Consent]:
    """Keep somebody's own answers, by number of purpose "yes" or "no" (CON-02, CON-09).

    ``taken_back`` are the numbers of answers to single uses that are withdrawn. Refuses somebody
    who may not decide for the pupil, questions that changed since the page was opened, and one the
    school does not ask. A yes that becomes no is a withdrawal and counts at once.
    """
    pupil = _locked(pupil)
    _check_decides(by, pupil, at)
    asked = {one.pk: one for one in questions_for(pupil, by)}
    if form != form_of(asked.values()):
        raise StaleRecord(CHANGED)
    giver = _Giver(by, pupil, method, form, at, at, signature=signature)
    said = _checked(answers, asked)
    return _write_all(giver, said | _taken_back(giver, taken_back), verb="give_consents", by=by)


@transaction.atomic
def record_consent(
    *,
    pupil: Person,
    answers: Mapping[int, str],
    given_by: Person,
    came: str,
    given_date: date,
    by: Person,
    at: datetime,
) -> list[Consent]:
    """Write down what came on paper ("paper") or by telephone ("phone") from a parent (CON-01).

    Refuses one's own family, somebody who may not decide, a day in the future, a yes to pictures
    by telephone, which has to be in writing (CON-05), and answers older than the person's last.
    """
    pupil = _locked(pupil)
    _check_decides(given_by, pupil, at)
    _check_no_family(by, pupil, given_by)
    asked = {one.pk: one for one in questions_for(pupil, given_by)}
    said = _checked(answers, asked)
    _check_in_writing(came, said, asked)
    giver = _Giver(
        given_by,
        pupil,
        Method.PAPER if came == "paper" else PHONE,
        form_of(asked.values()),
        _moment(given_date, at),
        at,
        recorded_by=by,
    )
    return _write_all(giver, said, verb="record_consent", by=by)


@transaction.atomic
def give_individual_consent(
    *,
    pupil: Person,
    purpose: ConsentPurpose,
    answer: str,
    detail: str,
    end_date: date | None,
    given_by: Person,
    method: str,
    by: Person,
    at: datetime,
) -> list[Consent]:
    """Keep the answer to one use, described and until a day (CON-04, CON-10).

    ``by`` is whoever gave it, or the office that writes it down. Refuses what
    ``record_consent`` refuses, no description, and a yes without a last day.
    """
    pupil, detail = _locked(pupil), " ".join(detail.split())
    _check_decides(given_by, pupil, at)
    if by != given_by:
        _check_no_family(by, pupil, given_by)
    asked = {one.pk: one for one in asked_now(pupil.school, individual=True)}
    if purpose.pk not in asked or (given_by.pk == pupil.pk and purpose.kind != ConsentKind.IMAGE):
        raise Refusal("The school does not ask this.")
    said = _checked({purpose.pk: answer}, asked)
    if not detail:
        raise Refusal("Say what is asked for: which picture or device, and what for.")
    if answer == Answer.YES and not (end_date and end_date >= localdate(at)):
        raise Refusal("Say until which day. It cannot be in the past.")
    if by != given_by:
        _check_in_writing("paper" if method == Method.PAPER else PHONE, said, asked)
    writer = by if by != given_by else None
    form = form_of([purpose])
    giver = _Giver(given_by, pupil, method, form, at, at, recorded_by=writer)
    uses = {(purpose.pk, detail[:300]): answer}
    until = end_date if answer == Answer.YES else None
    return _write_all(giver, uses, verb="give_individual_consent", by=by, until=until)


def _write_all(
    giver: _Giver, said: Mapping[Use, str], *, verb: str, by: Person, until: date | None = None
) -> list[Consent]:
    """Write what changes, put it on the trail, and see to what follows from it."""
    pupil, on = giver.pupil, localdate(giver.at)
    before = _allowed(pupil, on)
    latest = latest_answers(pupil, giver.person)
    purposes = ConsentPurpose.objects.in_bulk({number for number, _ in said})
    written = [
        row
        for use, answer in said.items()
        if (row := _write(giver, purposes[use[0]], use[1], answer, latest.get(use), until))
    ]
    if written:
        facts = {
            "answers": {row.purpose.code: str(row.answer) for row in written},
            "form": giver.form,
            "method": str(giver.method),
            "given_by": giver.person.full_name,
        }
        record(verb, pupil, by=by, at=giver.at, facts=facts)
        lost = before - _allowed(pupil, on)
        follow_consents(pupil=pupil, written=written, lost=lost, at=giver.at)
    return written


def _write(
    giver: _Giver,
    purpose: ConsentPurpose,
    detail: str,
    answer: str,
    last: Consent | None,
    until: date | None,
) -> Consent | None:
    """Write one answer, or nothing when the person's last says the same and counts."""
    agreed = answer == Answer.YES
    if last:
        if agreed == (last.answer == Answer.YES) and last.end_date == until:
            return None
        if giver.given_at < last.given_at:
            raise Refusal(f"They answered again on {uk_date(last.given_at)}. That counts.")
        Consent.objects.filter(pk=last.pk).update(superseded_at=giver.at)
        if not agreed and last.answer == Answer.YES:
            answer = Answer.WITHDRAWN
    own = giver.person.pk == giver.pupil.pk
    return Consent.objects.create(
        school_id=giver.pupil.school_id,
        pupil=giver.pupil,
        purpose=purpose,
        detail=detail,
        answer=answer,
        given_by=giver.person,
        capacity=Capacity.SELF if own else Capacity.PARENT,
        method=giver.method,
        form=giver.form,
        signature=giver.signature,
        given_at=giver.given_at,
        recorded_by=giver.recorded_by,
        recorded_at=giver.at,
        end_date=until if agreed else None,
    )


def _locked(pupil: Person) -> Person:
    """Return the pupil, so that answers sent at the same time are written one after another."""
    rows = Person.objects.select_for_update(of=("self",)).select_related("school")
    return rows.get(pk=pupil.pk)


def _allowed(pupil: Person, on: date) -> set[Use]:
    uses = standing_of_uses(pupil.school, [pupil], on=on)[pupil.pk]
    return {use for use, standing in uses.items() if standing.answer == "yes"}


def _taken_back(giver: _Giver, numbers: Collection[str]) -> dict[Use, str]:
    """Return the person's own single uses that they withdraw; refuses any other."""
    own = {str(row.pk): use for use, row in latest_answers(giver.pupil, giver.person).items()}
    if not set(numbers) <= {number for number, use in own.items() if use[1]}:
        raise Refusal("You have answered again in the meantime. Please look again.")
    return {own[number]: str(Answer.NO) for number in numbers}


def _check_decides(person: Person, pupil: Person, at: datetime) -> None:
    if not may_decide(person, pupil, on=localdate(at)):
        raise Conflicted(NOT_YOURS.format(person.full_name))


def _check_no_family(by: Person, pupil: Person, given_by: Person) -> None:
    family = CarerLink.objects.filter(pupil=pupil, carer=by).exists()
    if family or by.pk in {given_by.pk, pupil.pk}:
        raise Conflicted("This is your own family, so somebody else writes it down.")


def _checked(answers: Mapping[int, str], asked: Mapping[int, Any]) -> dict[Use, str]:
    if not set(answers) <= set(asked):
        raise Refusal("The school does not ask this. Nothing was kept. Please look again.")
    if not set(answers.values()) <= {Answer.YES, Answer.NO}:
        raise Refusal("Answer yes or no.")
    return {(number, ""): answers[number] for number in asked if number in answers}


def _check_in_writing(
    came: str, said: Mapping[Use, str], asked: Mapping[int, ConsentPurpose]
) -> None:
    if came not in {"paper", PHONE}:
        raise Refusal("Say how the answer came.")
    if came == PHONE and any(
        answer == Answer.YES and asked[number].kind == ConsentKind.IMAGE
        for (number, _), answer in said.items()
    ):
        raise Refusal("A yes to pictures has to come in writing. A no counts at once.")


def _moment(given: date, at: datetime) -> datetime:
    today = localdate(at)
    if given > today:
        raise Refusal("The answer cannot come from the future.")
    return at if given == today else datetime.combine(given, time(12), LONDON)

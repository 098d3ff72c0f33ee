"""Ask for, allow, refuse, withdraw and end the use of phones (MOB-06, MOB-07)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate, localtime

from assets.conditions.common import check_power, check_version, said
from assets.conditions.own_devices import check_pupil_devices, check_until
from assets.conditions.phones import (
    check_asker,
    check_here,
    check_lesson,
    check_phone_decider,
    check_same_day,
)
from assets.models import PhoneUse
from assets.vocabulary import PhoneUseKind
from assets.workflow import PHONE_USE
from audit.actions import record
from common.errors import Conflicted, Refusal
from common.once import make_once
from common.pages import page_url
from people.mail import notify
from people.models import Person, School, SchoolClass
from people.references import next_reference
from roles.queries import holders_of_power

OPEN = ("asked", "active")


@dataclass(frozen=True)
class PhoneUseTerms:
    """What is asked for: one activity, for a time; a lesson has a class and a day."""

    kind: str
    purpose: str
    from_date: date
    until_date: date
    school_class: SchoolClass | None = None


@transaction.atomic
def ask_phone_use(
    *, school: School, submission: UUID, terms: PhoneUseTerms, by: Person, at: datetime
) -> PhoneUse:
    """Ask to use one's phone outside breaks, or for pupils' own devices in a lesson.

    The same ``submission`` sent twice gives the one request. Refuses no reason, days over a year
    long, a lesson without a class or on a day that has passed, and pupils' devices where they are
    banned.
    """
    sent_before = PhoneUse.objects.filter(submission=submission, holder=by)
    if made := sent_before.first():
        return made
    check_power(by, "ask_phone_use", at)
    _check_terms(school, terms, at)
    values = {"school": school, "submission": submission, "holder": by, "asked_at": at}
    permission, new = _written(terms, sent_before, **values)
    if not new:
        return permission
    record("ask_phone_use", permission, by=by, at=at, facts=_facts(permission))
    leaders = holders_of_power(school, "decide_phone_use", on=localdate(at)).exclude(pk=by.pk)
    path = page_url(school, "phone_use_detail", permission.reference)
    notify(leaders, reason="phone_use_asked", path=path, at=at)
    return permission


@transaction.atomic
def record_emergency_use(
    *,
    school: School,
    submission: UUID,
    holder: Person,
    purpose: str,
    given_at: datetime,
    by: Person,
    at: datetime,
) -> PhoneUse:
    """Write down that one allowed a member of staff their phone in an emergency (MOB-06).

    It ends with the day. The same ``submission`` sent twice gives the one record. Refuses another
    day than the day of the emergency, one's own phone, and whoever is no member of staff here.
    """
    sent_before = PhoneUse.objects.filter(submission=submission, decided_by=by)
    if made := sent_before.first():
        return made
    check_power(by, "record_emergency_use", at)
    check_same_day(given_at, at)
    check_here(holder, school, at)
    if holder.kind == Person.Kind.PUPIL:
        raise Refusal("Choose an adult. What pupils may keep stands under “Exemptions”.")
    if holder.pk == by.pk:
        raise Conflicted("Nobody allows their own phone. Another leader writes this down.")
    today = localdate(at)
    terms = PhoneUseTerms(PhoneUseKind.STAFF, purpose, today, today)
    values = {"school": school, "submission": submission, "holder": holder, "asked_at": at}
    values |= {"given_at": given_at, "decided_by": by, "decided_at": at, "state": "active"}
    permission, new = _written(terms, sent_before, **values)
    if not new:
        return permission
    record("record_emergency_use", permission, by=by, at=at, facts=_facts(permission))
    _tell(permission, at)
    return permission


@transaction.atomic
def decide_phone_use(
    *, permission: PhoneUse, version: int, note: str = "", by: Person, at: datetime
) -> PhoneUse:
    """Allow what was asked for, as a leader; refuses one's own, and days that have passed."""
    permission = _begin("decide_phone_use", permission, version, by, at)
    check_phone_decider(permission, by)
    _check_terms(permission.school, permission, at)
    return _decided("decide_phone_use", permission, note.strip()[:300], by, at)


@transaction.atomic
def refuse_phone_use(
    *, permission: PhoneUse, version: int, note: str, by: Person, at: datetime
) -> PhoneUse:
    """Refuse it with a reason that the person reads; refuses one's own, and no reason."""
    permission = _begin("refuse_phone_use", permission, version, by, at)
    check_phone_decider(permission, by)
    why = said(note, "Say why. The person who asked reads this.")
    return _decided("refuse_phone_use", permission, why, by, at)


@transaction.atomic
def withdraw_phone_use(
    *, permission: PhoneUse, version: int, why: str, by: Person, at: datetime
) -> PhoneUse:
    """Take a permission back at once; refuses one's own, and no reason."""
    permission = _begin("withdraw_phone_use", permission, version, by, at)
    check_phone_decider(permission, by)
    return _over("withdraw_phone_use", permission, said(why, "Say why."), by, at)


@transaction.atomic
def end_phone_use(*, permission: PhoneUse, version: int, by: Person, at: datetime) -> PhoneUse:
    """Say that one no longer needs it; refuses whoever did not ask."""
    permission = _begin("end_phone_use", permission, version, by, at)
    check_asker(permission, by)
    return _over("end_phone_use", permission, "No longer needed.", by, at)


@transaction.atomic
def end_phone_uses(*, school: School, at: datetime) -> int:
    """End the permissions and requests whose last day has passed; returns how many."""
    rows = PhoneUse.objects.select_for_update(of=("self",), skip_locked=True)
    over = rows.filter(school=school, state__in=OPEN, until_date__lt=localdate(at))
    found = list(over.select_related("school", "holder"))
    for permission in found:
        _over("end_phone_use", permission, "Its last day has passed.", None, at)
    return len(found)


@transaction.atomic
def export_phone_uses(
    *, school: School, filters: dict[str, str], count: int, by: Person, at: datetime
) -> None:
    """Note on the trail which permissions were taken out (SYS-03)."""
    facts = {"filters": filters, "count": count}
    record("export_phone_uses", school, by=by, at=at, facts=facts, school_id=school.pk)


def _check_terms(school: School, terms: PhoneUseTerms | PhoneUse, at: datetime) -> None:
    if terms.kind == PhoneUseKind.LESSON:
        check_pupil_devices(school)
        check_lesson(terms.school_class, terms.from_date, at)
    check_until(terms.until_date, at, terms.from_date)


def _written(
    terms: PhoneUseTerms, sent_before: QuerySet[PhoneUse, PhoneUse], **values: Any
) -> tuple[PhoneUse, bool]:
    """Return what the form makes, and whether it is new."""
    asks = "Say why." if terms.kind == PhoneUseKind.STAFF else "Name the activity."
    values |= vars(terms) | {"purpose": said(terms.purpose, asks)}
    year = localtime(values["asked_at"]).year

    def make() -> PhoneUse:
        number = next_reference(school=values["school"], series="phone use", year=year)
        return PhoneUse.objects.create(reference=number, **values)

    return make_once("one_phone_use_per_submission", make, sent_before.first)


def _begin(step: str, permission: PhoneUse, version: int, by: Person, at: datetime) -> PhoneUse:
    rows = PhoneUse.objects.select_for_update(of=("self",))
    locked = rows.select_related("school", "holder", "school_class").get(pk=permission.pk)
    check_version(locked.version, version)
    check_power(by, PHONE_USE.check(step, locked.state).needs, at)
    return locked


def _decided(step: str, permission: PhoneUse, note: str, by: Person, at: datetime) -> PhoneUse:
    permission.decided_by, permission.decided_at = by, at
    permission.decision_note = note
    return _saved(step, permission, by, at)


def _over(step: str, permission: PhoneUse, why: str, by: Person | None, at: datetime) -> PhoneUse:
    permission.ended_by, permission.ended_at, permission.ended_why = by, at, why
    return _saved(step, permission, by or "end_phone_uses", at)


def _saved(step: str, permission: PhoneUse, by: Person | str, at: datetime) -> PhoneUse:
    permission.state = PHONE_USE.step(step).target
    permission.version += 1
    permission.save()
    record(step, permission, by=by, at=at, facts=_facts(permission))
    if by != permission.holder:
        _tell(permission, at)
    return permission


def _tell(permission: PhoneUse, at: datetime) -> None:
    path = page_url(permission.school, "phone_use_detail", permission.reference)
    notify([permission.holder], reason="phone_use_decided", path=path, at=at)


def _facts(permission: PhoneUse) -> dict[str, Any]:
    days = {name: getattr(permission, f"{name}_date").isoformat() for name in ("from", "until")}
    return {"kind": str(permission.kind), "state": permission.state, **days}

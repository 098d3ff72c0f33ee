"""Word what a role is responsible for, and accept it as the holder."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.actions import record
from common.errors import Refusal, StaleRecord
from common.pages import page_url
from people.mail import notify
from people.models import Person, School
from roles.matrix import PUPILS_AND_PARENTS
from roles.models import Responsibility, ResponsibilityAcceptance, Role
from roles.queries import current_holders, statements_to_accept
from roles.statements import statements


def load_statements(*, school: School, on: date) -> int:
    """Give a school the statements it does not have yet; returns how many (ROL-03).

    A statement the school has revised or ended is not brought back.
    """
    roles = {role.code: role for role in Role.objects.filter(school=school)}
    known = set(
        Responsibility.objects.filter(school=school).exclude(key="").values_list("key", flat=True)
    )
    missing = [
        Responsibility(
            school=school,
            role=roles[seed.role],
            key=seed.key,
            statement=seed.statement,
            source=seed.source,
            evidence=seed.evidence,
            frequency=seed.frequency,
            from_date=on,
        )
        for seed in statements()
        if seed.key not in known
    ]
    Responsibility.objects.bulk_create(missing)
    return len(missing)


@transaction.atomic
def add_responsibility(
    *,
    role: Role,
    statement: str,
    source: str = "",
    evidence: str = Responsibility.Evidence.NONE,
    frequency: str = Responsibility.Frequency.ALWAYS,
    by: Person,
    at: datetime,
) -> Responsibility:
    """Add a statement to a role; its holders are asked to accept it (ROL-03).

    Refuses an empty statement, one the role has already, and a closed role.
    """
    statement = _fresh(role, statement)
    added = Responsibility.objects.create(
        school_id=role.school_id,
        role=role,
        statement=statement,
        source=source.strip(),
        evidence=evidence,
        frequency=frequency,
        from_date=timezone.localdate(at),
    )
    record("add_responsibility", added, by=by, at=at, facts={"role": role.code, "after": statement})
    _ask_holders(role, at)
    return added


@transaction.atomic
def revise_responsibility(
    *,
    responsibility: Responsibility,
    statement: str,
    source: str,
    evidence: str,
    frequency: str,
    by: Person,
    at: datetime,
) -> Responsibility:
    """Replace a statement by new words; every holder has to accept it again (ROL-03).

    Refuses unchanged or empty words and a statement that somebody revised or ended meanwhile.
    """
    old = _in_force(responsibility)
    new = {"statement": statement.strip(), "source": source.strip()}
    new |= {"evidence": evidence, "frequency": frequency}
    if all(getattr(old, name) == value for name, value in new.items()):
        raise Refusal("Nothing was changed.")
    if new["statement"] != old.statement:
        _fresh(old.role, statement)
    today = timezone.localdate(at)
    Responsibility.objects.filter(pk=old.pk).update(to_date=today)
    revised = Responsibility.objects.create(
        school_id=old.school_id, role=old.role, key=old.key, from_date=today, replaces=old, **new
    )
    facts = {"role": old.role.code, "before": old.statement, "after": revised.statement}
    record("revise_responsibility", revised, by=by, at=at, facts=facts)
    _ask_holders(old.role, at)
    return revised


@transaction.atomic
def end_responsibility(*, responsibility: Responsibility, by: Person, at: datetime) -> None:
    """Take a statement away from a role; it stays on record with its acceptances (ROL-03).

    Refuses a statement that somebody revised or ended meanwhile.
    """
    old = _in_force(responsibility)
    Responsibility.objects.filter(pk=old.pk).update(to_date=timezone.localdate(at))
    facts = {"role": old.role.code, "before": old.statement}
    record("end_responsibility", old, by=by, at=at, facts=facts)


@transaction.atomic
def accept_responsibilities(*, ids: Iterable[int], by: Person, at: datetime) -> int:
    """Accept statements of the roles one holds today; returns how many (ROL-03).

    Refuses when nothing is ticked, and when a statement is not, or no longer, one's own to accept.
    """
    wanted = set(ids)
    if not wanted:
        raise Refusal("Tick the statements you have read and accept.")
    open_now = {row.pk: row for row in statements_to_accept(by, on=timezone.localdate(at))}
    if not wanted <= open_now.keys():
        raise StaleRecord(
            "A statement was changed or accepted since you opened this page. Read it again."
        )
    try:
        with transaction.atomic():
            ResponsibilityAcceptance.objects.bulk_create(
                ResponsibilityAcceptance(
                    school_id=by.school_id, responsibility=open_now[pk], person=by, accepted_at=at
                )
                for pk in sorted(wanted)
            )
    except IntegrityError:
        raise StaleRecord("You have accepted these statements already.") from None
    facts = {"statements": sorted(wanted)}
    record("accept_responsibilities", by, by=by, at=at, facts=facts)
    return len(wanted)


def _in_force(responsibility: Responsibility) -> Responsibility:
    rows = Responsibility.objects.select_related("role__school").select_for_update(of=("self",))
    row = rows.get(pk=responsibility.pk)
    if row.to_date is not None:
        raise StaleRecord("Somebody else has changed this statement since you opened this page.")
    return row


def _fresh(role: Role, statement: str) -> str:
    statement = statement.strip()
    if not statement:
        raise Refusal("Enter what the role is responsible for.")
    if not role.active:
        raise Refusal(f"{role.label} is not used at this school. Open the role again first.")
    if role.responsibilities.filter(to_date=None, statement__iexact=statement).exists():
        raise Refusal("The role has this statement already.")
    return statement


def _ask_holders(role: Role, at: datetime) -> None:
    if role.code in PUPILS_AND_PARENTS:  # hundreds of people: they read it with their agreement
        return
    holders = current_holders(role.school, role.code, on=timezone.localdate(at))
    path = page_url(role.school, "responsibility_list")
    notify(holders, reason="responsibilities_to_accept", path=path, at=at)

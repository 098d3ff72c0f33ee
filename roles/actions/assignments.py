"""Give people roles, end them, and arrange cover."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.actions import record
from common.errors import Refusal, StaleRecord
from common.pages import page_url
from people.mail import notify
from people.models import Person, School
from roles import conditions
from roles.models import Role, RoleAssignment
from roles.queries import current_holders

ONE_DAY = timedelta(days=1)
SOLE_HOLDER = "one_primary_holder_of_a_mandatory_role"
Standing = RoleAssignment.Standing


@transaction.atomic
def assign_role(
    *,
    role: Role,
    person: Person,
    start_date: date,
    end_date: date | None = None,
    deputy: bool = False,
    scope: str = "",
    minute_reference: str = "",
    reason: str = "",
    by: Person | str,
    at: datetime,
) -> RoleAssignment:
    """Give a person a role from a date (ROL-02, ROL-14).

    Refuses a second primary holder of a mandatory role at the same time, the same role twice, a
    person of another school or who has left, a closed role, and anybody giving a role to
    themselves (ROL-30).
    """
    return _assign(
        "assign_role",
        role=role,
        person=person,
        by=by,
        at=at,
        standing=Standing.DEPUTY if deputy else Standing.PRIMARY,
        start_date=start_date,
        end_date=end_date,
        scope=scope.strip(),
        minute_reference=minute_reference.strip(),
        reason=reason.strip(),
    )


@transaction.atomic
def arrange_cover(
    *,
    assignment: RoleAssignment,
    person: Person,
    start_date: date,
    end_date: date,
    reason: str = "",
    by: Person | str,
    at: datetime,
) -> RoleAssignment:
    """Let somebody act for a holder who is away, from a date to a date (ROL-04).

    For those days routing goes to the cover, and the cover holds the role's powers. Refuses dates
    outside the holder's own, a person covering for themselves, and a second cover for one day.
    """
    assignment = _locked(assignment)
    if person.pk == assignment.person_id:
        raise Refusal("Somebody else has to cover: choose another person.")
    if assignment.standing == Standing.COVER:
        raise Refusal("This is cover already. Arrange cover for the holder instead.")
    ends = assignment.end_date
    if start_date < assignment.start_date or (ends and end_date > ends):
        raise Refusal("The cover has to lie within the time for which the role is held.")
    clash = assignment.covers_given.filter(start_date__lte=end_date, end_date__gte=start_date)
    if clash.exists():
        raise Refusal(f"{clash[0].person} covers in that time already. End that first.")
    return _assign(
        "arrange_cover",
        role=assignment.role,
        person=person,
        by=by,
        at=at,
        standing=Standing.COVER,
        covers=assignment,
        scope=assignment.scope,
        start_date=start_date,
        end_date=end_date,
        reason=reason.strip(),
    )


def _assign(
    verb: str, *, role: Role, person: Person, by: Person | str, at: datetime, **fields: Any
) -> RoleAssignment:
    role = Role.objects.select_for_update(of=("self",), no_key=True).get(pk=role.pk)
    conditions.check_dates(fields["start_date"], fields["end_date"], at)
    conditions.check_may_hold(role, person, by, fields["start_date"])
    sole = role.mandatory and fields["standing"] == Standing.PRIMARY
    try:
        with transaction.atomic():
            assignment = RoleAssignment.objects.create(
                school_id=role.school_id,
                role=role,
                person=person,
                sole=sole,
                assigned_by=by if isinstance(by, Person) else None,
                assigned_at=at,
                **fields,
            )
    except IntegrityError as error:
        if SOLE_HOLDER in str(error):
            raise Refusal(
                f"{role.label} already has a holder in that time. End that first, or add this "
                "person as a deputy."
            ) from None
        raise Refusal(f"{person} already holds {role.label} in that time.") from None
    facts = {
        "role": role.code,
        "person": person.pk,
        "standing": assignment.standing,
        "from": str(assignment.start_date),
        "to": str(assignment.end_date or ""),
    }
    record(verb, assignment, by=by, at=at, facts=facts)
    return assignment


@transaction.atomic
def end_role(
    *,
    assignment: RoleAssignment,
    end_date: date,
    reason: str = "",
    by: Person | str,
    at: datetime,
) -> None:
    """End an assignment after its last day; it and its cover stay on record (ROL-02).

    A last day before the first day withdraws what has not begun (or begins today). Refuses that
    for one that has begun, an assignment that ends by then anyway, and an end that would leave
    nobody today who can give roles. Mails the headteacher, or the chair, when a role that must be
    held falls vacant.
    """
    assignment = _locked(assignment)
    if assignment.end_date and assignment.end_date <= end_date:
        raise StaleRecord(f"This role ends already, on {assignment.end_date:%-d %B %Y}.")
    if end_date < assignment.start_date:
        if assignment.start_date < timezone.localdate(at):
            raise Refusal("The last day is before the first day.")
        end_date = assignment.start_date - ONE_DAY
    conditions.check_somebody_can_give_roles(assignment, end_date, at)
    before = assignment.end_date
    for ending in [assignment, *assignment.covers_given.all()]:
        if ending.end_date is None or ending.end_date > end_date:
            ending.end_date = max(end_date, ending.start_date - ONE_DAY)
            ending.ended_by = by if isinstance(by, Person) else None
            ending.ended_at = at
            ending.save(update_fields=["end_date", "ended_by", "ended_at"])
    facts = {
        "role": assignment.role.code,
        "before": str(before or ""),
        "after": str(end_date),
        "reason": reason.strip(),
    }
    record("end_role", assignment, by=by, at=at, facts=facts)
    _tell_of_vacancy(assignment.role, end_date + ONE_DAY, at)


def _locked(assignment: RoleAssignment) -> RoleAssignment:
    rows = RoleAssignment.objects.select_related("role__school", "person")
    return rows.select_for_update(of=("self",)).get(pk=assignment.pk)


def _tell_of_vacancy(role: Role, day: date, at: datetime) -> None:
    school: School = role.school
    if not role.mandatory or current_holders(school, role.code, on=day):
        return
    told = current_holders(school, "head", on=day) or current_holders(school, "chair", on=day)
    notify(told, reason="role_vacant", path=page_url(school, "role_list"), at=at)

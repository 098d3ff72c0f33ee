"""Set up a school's roles, assign people to them, and override the matrix."""

from datetime import date, datetime

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from audit.actions import record
from common.errors import Conflicted, Refusal
from people.models import Person, School
from roles.catalogue import CATALOGUE
from roles.matrix import GRANTS
from roles.models import (
    MatrixOverride,
    Role,
    RoleAssignment,
    SchoolGroupObjectPermission,
)


@transaction.atomic
def set_up_roles(*, school: School, by: Person | str, at: datetime) -> None:
    """Give a school the catalogue of roles and the powers of the matrix (ROL-01, ROL-30).

    May be repeated: labels a school has changed and its overrides stay as they are.
    """
    for order, seed in enumerate(CATALOGUE):
        group, _ = Group.objects.get_or_create(name=f"{school.slug}:{seed.code}")
        Role.objects.get_or_create(
            school=school,
            code=seed.code,
            defaults={
                "label": seed.label,
                "category": seed.category,
                "order": order,
                "signs_in": seed.signs_in,
                "mandatory": seed.mandatory,
                "group": group,
            },
        )
    apply_matrix(school=school)
    record("set_up_roles", school, by=by, at=at, school_id=school.pk)


@transaction.atomic
def apply_matrix(*, school: School) -> None:
    """Write the matrix and the school's overrides into the guardian rows; changes only what differs."""
    roles = {role.code: role for role in Role.objects.filter(school=school)}
    wanted = {
        (roles[code].group_id, power)
        for power, codes in GRANTS.items()
        for code in codes
        if code in roles
    }
    for override in MatrixOverride.objects.filter(school=school, ended_at=None):
        cell = (override.role.group_id, override.power)
        (wanted.add if override.granted else wanted.discard)(cell)
    content_type = ContentType.objects.get_for_model(School)
    permissions = dict(
        Permission.objects.filter(content_type=content_type).values_list("codename", "pk")
    )
    rows = SchoolGroupObjectPermission.objects.filter(content_object=school)
    now = {(g, p): pk for pk, g, p in rows.values_list("pk", "group_id", "permission__codename")}
    rows.filter(pk__in=[pk for cell, pk in now.items() if cell not in wanted]).delete()
    SchoolGroupObjectPermission.objects.bulk_create(
        SchoolGroupObjectPermission(
            group_id=group_id, permission_id=permissions[power], content_object=school
        )
        for group_id, power in sorted(wanted - set(now))
    )


@transaction.atomic
def assign_role(
    *,
    role: Role,
    person: Person,
    start_date: date,
    end_date: date | None = None,
    deputy: bool = False,
    reason: str = "",
    by: Person | str,
    at: datetime,
) -> RoleAssignment:
    """Give a person a role from a date (ROL-02).

    Refuses a second primary holder of a mandatory role at the same time, the same role twice, a
    person of another school, and anybody giving a role to themselves (ROL-30).
    """
    standing = RoleAssignment.Standing.DEPUTY if deputy else RoleAssignment.Standing.PRIMARY
    return _assign(
        role=role,
        person=person,
        standing=standing,
        start_date=start_date,
        end_date=end_date,
        reason=reason,
        by=by,
        at=at,
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
    outside the holder's own and a person covering for themselves.
    """
    if person.pk == assignment.person_id:
        raise Refusal("Somebody else has to cover: choose another person.")
    ends = assignment.end_date
    if start_date < assignment.start_date or (ends and end_date > ends):
        raise Refusal("The cover has to lie within the time for which the role is held.")
    return _assign(
        role=assignment.role,
        person=person,
        standing=RoleAssignment.Standing.COVER,
        covers=assignment,
        start_date=start_date,
        end_date=end_date,
        reason=reason,
        by=by,
        at=at,
    )


def _assign(
    *, role: Role, person: Person, by: Person | str, at: datetime, **fields
) -> RoleAssignment:
    if person.school_id != role.school_id:
        raise Refusal("This person belongs to another school.")
    if isinstance(by, Person) and by.pk == person.pk:
        raise Conflicted("You cannot give a role to yourself. Ask somebody else to do it.")
    end_date = fields["end_date"]
    if end_date and end_date < fields["start_date"]:
        raise Refusal("The end date is before the start date.")
    sole = role.mandatory and fields["standing"] == RoleAssignment.Standing.PRIMARY
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
        if "one_primary_holder" in str(error):
            raise Refusal(
                f"{role.label} already has a holder in that time. End that first, or add this "
                "person as a deputy."
            ) from None
        raise Refusal(f"{person} already holds {role.label} in that time.") from None
    record(
        "arrange_cover" if fields["standing"] == "cover" else "assign_role",
        assignment,
        by=by,
        at=at,
        facts={
            "role": role.code,
            "person": person.pk,
            "standing": assignment.standing,
            "from": str(assignment.start_date),
            "to": str(assignment.end_date or ""),
        },
    )
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
    """End an assignment on a date; it and its cover stay on record (ROL-02).

    Refuses an end before the start and one that was ended already on an earlier day.
    """
    assignment = RoleAssignment.objects.select_for_update().get(pk=assignment.pk)
    if end_date < assignment.start_date:
        raise Refusal("The end date is before the start date.")
    if assignment.ended_at and assignment.end_date and assignment.end_date <= end_date:
        raise Refusal(f"This role was ended already, on {assignment.end_date:%d %B %Y}.")
    for ending in [assignment, *assignment.covers_given.all()]:
        if ending.end_date is None or ending.end_date > end_date:
            ending.end_date = max(end_date, ending.start_date)
            ending.ended_by = by if isinstance(by, Person) else None
            ending.ended_at = at
            ending.save(update_fields=["end_date", "ended_by", "ended_at"])
    record(
        "end_role",
        assignment,
        by=by,
        at=at,
        facts={"role": assignment.role.code, "to": str(end_date), "reason": reason},
    )


@transaction.atomic
def override_matrix(
    *, role: Role, power: str, granted: bool, reason: str, by: Person, at: datetime
) -> MatrixOverride:
    """Set a school's own answer for one cell of the matrix, from now on (ROL-30).

    Refuses an unknown power, a missing reason, and giving a power to a role one holds oneself: no
    role may grant itself rights.
    """
    if power not in GRANTS:
        raise Refusal("There is no such power.")
    if not reason.strip():
        raise Refusal("Say why the school departs from the usual rule.")
    if granted and role.assignments.filter(person=by, end_date=None).exists():
        raise Conflicted("You cannot give more rights to a role you hold yourself.")
    MatrixOverride.objects.filter(role=role, power=power, ended_at=None).update(
        ended_at=at, ended_by=by
    )
    override = MatrixOverride.objects.create(
        school_id=role.school_id,
        role=role,
        power=power,
        granted=granted,
        reason=reason.strip(),
        set_by=by,
        set_at=at,
    )
    apply_matrix(school=role.school)
    record(
        "override_matrix",
        override,
        by=by,
        at=at,
        facts={"role": role.code, "power": power, "granted": granted},
    )
    return override


@transaction.atomic
def end_override(*, override: MatrixOverride, by: Person, at: datetime) -> None:
    """Return a cell to the usual rule; refuses one that was ended already."""
    if override.ended_at:
        raise Refusal("This override was ended already.")
    override.ended_by, override.ended_at = by, at
    override.save(update_fields=["ended_by", "ended_at"])
    apply_matrix(school=override.role.school)
    record("end_override", override, by=by, at=at, facts={"power": override.power})

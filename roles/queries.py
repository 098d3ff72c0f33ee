"""Who holds which role, and what a person may do."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, QuerySet

from people.models import Person, School
from roles.models import (
    MatrixOverride,
    Role,
    RoleAssignment,
    SchoolGroupObjectPermission,
)


def _on(day: date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}start_date__lte": day}) & (
        Q(**{f"{prefix}end_date": None}) | Q(**{f"{prefix}end_date__gte": day})
    )


def assignments_on(school: School, day: date) -> QuerySet[RoleAssignment, RoleAssignment]:
    """Return the assignments in force at a school on a day."""
    return RoleAssignment.objects.filter(_on(day), school=school).select_related("role", "person")


def current_holders(school: School, code: str, *, on: date) -> list[Person]:
    """Return who holds a role on a day: cover first, then holders, then deputies (ROL-02, f.38).

    A holder whom somebody covers that day is left out: cover means absence.
    """
    held = list(assignments_on(school, on).filter(role__code=code))
    away = {assignment.covers_id for assignment in held if assignment.covers_id}
    order = {"cover": 0, "primary": 1, "deputy": 2}
    present = [assignment for assignment in held if assignment.pk not in away]
    return [a.person for a in sorted(present, key=lambda a: (order[a.standing], a.pk))]


def role_codes_of(person: Person, *, on: date) -> frozenset[str]:
    """Return the codes of the roles a person holds on a day."""
    return frozenset(
        RoleAssignment.objects.filter(_on(on), person=person, role__active=True).values_list(
            "role__code", flat=True
        )
    )


def powers_of(person: Person, *, on: date) -> frozenset[str]:
    """Return every power a person holds on a day, from the guardian rows of their roles' groups.

    One query, whatever the number of roles, powers or records (house rules, part 4). Dates are
    read here, not copied into group membership, so a role that ended yesterday gives nothing today.
    """
    return frozenset(
        SchoolGroupObjectPermission.objects.filter(
            _on(on, "group__role__assignments__"),
            content_object=person.school_id,
            group__role__assignments__person=person,
            group__role__active=True,
        ).values_list("permission__codename", flat=True)
    )


def person_may(person: Person, power: str, *, on: date) -> bool:
    """Return whether a person holds a power on a day."""
    return power in powers_of(person, on=on)


def holders_of_power(school: School, power: str, *, on: date) -> QuerySet[Person, Person]:
    """Return the people who hold a power on a day."""
    return Person.objects.filter(
        _on(on, "assignments__"),
        school=school,
        assignments__role__group__schoolgroupobjectpermission__permission__codename=power,
        assignments__role__group__schoolgroupobjectpermission__content_object=school,
    ).distinct()


def vacancies(school: School, *, on: date) -> list[Role]:
    """Return the mandatory roles that nobody holds on a day (ROL-02)."""
    held = assignments_on(school, on).values("role")
    return list(
        Role.objects.filter(school=school, mandatory=True, active=True).exclude(pk__in=held)
    )


def conflicting_unions(school: School, *, on: date) -> list[tuple[Person, list[str]]]:
    """Return people whose several roles defeat a separation of duties (b.3 rule 6).

    Listed: anybody who holds two or more of headteacher, safeguarding lead and filtering manager.
    """
    separate = {"head", "dsl", "filt_mgr", "chair"}
    held: dict[Person, list[str]] = {}
    for assignment in assignments_on(school, on).filter(role__code__in=separate):
        held.setdefault(assignment.person, []).append(assignment.role.label)
    return [(person, labels) for person, labels in held.items() if len(labels) > 1]


def history_of(role: Role) -> QuerySet[RoleAssignment, RoleAssignment]:
    """Return everybody who ever held a role, latest first."""
    return role.assignments.select_related("person", "assigned_by", "covers__person").order_by(
        "-start_date"
    )


def overrides_of(school: School) -> QuerySet[MatrixOverride, MatrixOverride]:
    """Return a school's overrides of the matrix with their history, newest first."""
    return MatrixOverride.objects.filter(school=school).select_related("role", "set_by", "ended_by")


def roles_of(school: School) -> QuerySet[Role, Role]:
    """Return the active roles of a school in order of seniority."""
    return Role.objects.filter(school=school, active=True)


def granted_cells(school: School) -> set[tuple[str, str]]:
    """Return (role code, power) for every power granted at a school now."""
    return set(
        SchoolGroupObjectPermission.objects.filter(content_object=school).values_list(
            "group__role__code", "permission__codename"
        )
    )


def names_of_holders(school: School, codes: Iterable[str], *, on: date) -> dict[str, list[Person]]:
    """Return the holders of several roles on a day, by code, in one query."""
    found: dict[str, list[Person]] = {code: [] for code in codes}
    rows = assignments_on(school, on).filter(role__code__in=list(found)).order_by(F("pk"))
    for assignment in rows:
        found[assignment.role.code].append(assignment.person)
    return found

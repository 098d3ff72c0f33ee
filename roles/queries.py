"""Who holds which role, what a person may do, and what waits to be accepted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from people.models import Person, School
from roles.catalogue import SEPARATIONS
from roles.models import (
    MatrixOverride,
    Responsibility,
    ResponsibilityAcceptance,
    Role,
    RoleAssignment,
    SchoolGroupObjectPermission,
)

ORDER = {"cover": 0, "primary": 1, "deputy": 2}


def _on(day: date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}start_date__lte": day}) & (
        Q(**{f"{prefix}end_date": None}) | Q(**{f"{prefix}end_date__gte": day})
    )


def _belongs(day: date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}left_date": None}) | Q(**{f"{prefix}left_date__gte": day})


# Who holds what ----------------------------------------------------------------------------------


def assignments_on(school: School, day: date) -> QuerySet[RoleAssignment, RoleAssignment]:
    """Return the assignments in force at a school on a day; people who have left hold nothing."""
    return RoleAssignment.objects.filter(
        _on(day), _belongs(day, "person__"), school=school, role__active=True
    ).select_related("role", "person")


def current_holders(school: School, code: str, *, on: date) -> list[Person]:
    """Return who holds a role on a day: cover first, then holders, then deputies (ROL-02, ROL-04).

    A holder whom somebody covers that day is left out: cover means absence.
    """
    return holders_by_role(school, [code], on=on)[code]


def holders_by_role(school: School, codes: Iterable[str], *, on: date) -> dict[str, list[Person]]:
    """Return the holders of several roles on a day by code, ordered as ``current_holders``.

    One query for all of them.
    """
    found: dict[str, list[Person]] = {code: [] for code in codes}
    held = list(assignments_on(school, on).filter(role__code__in=list(found)))
    away = {assignment.covers_id for assignment in held if assignment.covers_id}
    for assignment in sorted(held, key=lambda row: (ORDER[row.standing], row.pk)):
        people = found[assignment.role.code]
        if assignment.pk not in away and assignment.person not in people:
            people.append(assignment.person)
    return found


def role_codes_of(person: Person, *, on: date) -> frozenset[str]:
    """Return the codes of the roles a person holds on a day."""
    return frozenset(_held_by(person, on).values_list("role__code", flat=True))


def acting_for(person: Person, *, on: date) -> list[RoleAssignment]:
    """Return the assignments in which a person covers for somebody on a day (ROL-04)."""
    return list(_held_by(person, on).filter(standing="cover").select_related("role"))


def _held_by(person: Person, day: date) -> QuerySet[RoleAssignment, RoleAssignment]:
    return RoleAssignment.objects.filter(_on(day), person=person, role__active=True)


def vacancies(school: School, *, on: date) -> list[Role]:
    """Return the roles every school must have that nobody holds on a day (ROL-02)."""
    held = assignments_on(school, on).values("role")
    return list(
        Role.objects.filter(school=school, mandatory=True, active=True).exclude(pk__in=held)
    )


@dataclass(frozen=True)
class Union:
    """Somebody whose several roles defeat a separation of duties, and what it was for."""

    person: Person
    roles: list[str]
    why: str


def conflicting_unions(school: School, *, on: date) -> list[Union]:
    """Return people whose roles together defeat a separation of duties (role-matrix.md b.3)."""
    codes = {code for separation in SEPARATIONS for code in separation.codes}
    held: dict[Person, dict[str, str]] = {}
    for row in assignments_on(school, on).filter(role__code__in=codes):
        held.setdefault(row.person, {})[row.role.code] = row.role.label
    return [
        Union(person, [labels[code] for code in separation.codes], separation.why)
        for person, labels in held.items()
        for separation in SEPARATIONS
        if set(separation.codes) <= labels.keys()
    ]


def roles_of(school: School) -> QuerySet[Role, Role]:
    """Return the roles in use at a school in order of seniority."""
    return Role.objects.filter(school=school, active=True)


def register_of_roles(school: School, *, on: date) -> QuerySet[Role, Role]:
    """Return all roles of a school with ``held_now``, the assignments in force on a day.

    Two queries, whatever the number of roles and holders.
    """
    held = assignments_on(school, on).select_related("person", "covers__person")
    return Role.objects.filter(school=school).prefetch_related(
        Prefetch("assignments", held, to_attr="held_now")
    )


def history_of(role: Role) -> QuerySet[RoleAssignment, RoleAssignment]:
    """Return everybody who ever held a role, latest first."""
    return role.assignments.select_related(
        "person", "assigned_by", "ended_by", "covers__person"
    ).order_by("-start_date", "-pk")


# What they may do --------------------------------------------------------------------------------


def powers_of(person: Person, *, on: date) -> frozenset[str]:
    """Return every power a person holds on a day, from the guardian rows of their roles' groups.

    One query, whatever the number of roles, powers or records (house rules, part 4). Dates are
    read here, not copied into group membership, so a role that ended yesterday gives nothing today.
    """
    if person.left_date and person.left_date < on:
        return frozenset()
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
    granted = SchoolGroupObjectPermission.objects.filter(
        content_object=school, permission__codename=power
    )
    held = assignments_on(school, on).filter(role__group__in=granted.values("group"))
    return Person.objects.filter(Exists(held.filter(person=OuterRef("pk"))), school=school)


def granted_cells(school: School) -> set[tuple[str, str]]:
    """Return (role code, power) for every power granted at a school now."""
    return set(
        SchoolGroupObjectPermission.objects.filter(
            content_object=school, group__role__isnull=False
        ).values_list("group__role__code", "permission__codename")
    )


def overrides_of(school: School) -> QuerySet[MatrixOverride, MatrixOverride]:
    """Return a school's overrides of the matrix with their history, newest first."""
    return MatrixOverride.objects.filter(school=school).select_related("role", "set_by", "ended_by")


# What waits to be accepted -----------------------------------------------------------------------


def statements_of(role: Role) -> QuerySet[Responsibility, Responsibility]:
    """Return the statements now in force for a role."""
    return role.responsibilities.filter(to_date=None)


def statements_of_person(person: Person, *, on: date) -> QuerySet[Responsibility, Responsibility]:
    """Return the statements in force for the roles a person holds on a day, with their roles.

    Each has ``accepted_at``'s existence as ``accepted``.
    """
    accepted = ResponsibilityAcceptance.objects.filter(responsibility=OuterRef("pk"), person=person)
    return (
        Responsibility.objects.filter(
            role__in=_held_by(person, on).values("role"), to_date=None, school=person.school_id
        )
        .select_related("role")
        .annotate(accepted=Exists(accepted))
    )


def statements_to_accept(person: Person, *, on: date) -> QuerySet[Responsibility, Responsibility]:
    """Return the statements a person has still to accept (ROL-03)."""
    return statements_of_person(person, on=on).filter(accepted=False)


def accept_by(school: School, statement: Responsibility, held_since: date) -> date:
    """Return the day by which a holder has to accept a statement (ROL-03)."""
    days = school.setting("responsibility_days")
    return max(statement.from_date, held_since) + timedelta(days=days)


def acceptances_of(role: Role) -> dict[int, int]:
    """Return how many of a role's statements in force each person has accepted, by person id."""
    rows = ResponsibilityAcceptance.objects.filter(
        responsibility__role=role, responsibility__to_date=None
    ).values_list("person", flat=True)
    counts: dict[int, int] = {}
    for person_id in rows:
        counts[person_id] = counts.get(person_id, 0) + 1
    return counts

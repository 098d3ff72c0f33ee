"""What a person may do, and where a school departs from the usual rule."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from people.models import Person, School
from roles.models import MatrixOverride, SchoolGroupObjectPermission
from roles.queries.holders import assignments_on, on_day


def powers_of(person: Person, *, on: date) -> frozenset[str]:
    """Return every power a person holds on a day, from the guardian rows of their roles' groups.

    One query, whatever the number of roles, powers or records (house rules, part 4). Dates are
    read here, not copied into group membership, so a role that ended yesterday gives nothing today.
    """
    if person.left_date and person.left_date < on:
        return frozenset()
    return frozenset(
        SchoolGroupObjectPermission.objects.filter(
            on_day(on, "group__role__assignments__"),
            content_object=person.school_id,
            group__role__assignments__person=person,
            group__role__active=True,
        ).values_list("permission__codename", flat=True)
    )


# Every page asks this first, so it is written out: putting it together took longer than answering.
_STANDING = """
    SELECT role.code, role.label, held.standing, permission.codename
    FROM roles_roleassignment held
    JOIN roles_role role ON role.id = held.role_id AND role.active
    LEFT JOIN roles_schoolgroupobjectpermission granted ON granted.group_id = role.group_id
    LEFT JOIN auth_permission permission ON permission.id = granted.permission_id
    WHERE held.person_id = %s AND held.school_id = %s
        AND held.start_date <= %s AND (held.end_date IS NULL OR held.end_date >= %s)
    ORDER BY role.order, role.id, held.id
"""


@dataclass(frozen=True)
class Standing:
    """A person's roles on a day, by code and by the school's own labels, and their powers."""

    codes: frozenset[str]
    labels: list[str]
    powers: frozenset[str]


def standing_of(person: Person, *, on: date) -> Standing:
    """Return a person's roles and the powers they give on a day, in one query."""
    if person.left_date and person.left_date < on:
        return Standing(frozenset(), [], frozenset())
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [person.pk, person.school_id, on, on])
        rows = cursor.fetchall()
    return Standing(
        codes=frozenset(code for code, *_ in rows),
        labels=list(dict.fromkeys(_named(label, standing) for _, label, standing, _ in rows)),
        powers=frozenset(power for *_, power in rows if power),
    )


def _named(label: str, standing: str) -> str:
    """Return what a person is called in the shell: cover says that it is cover (ROL-04)."""
    return f"{label} (cover)" if standing == "cover" else label


def person_may(person: Person, power: str, *, on: date) -> bool:
    """Return whether a person holds a power on a day."""
    return power in powers_of(person, on=on)


def holders_of_power(school: School, power: str, *, on: date) -> QuerySet[Person, Person]:
    """Return the people who hold a power on a day.

    The few groups are read first: in a database that has not counted its rows yet, one statement
    over everything was planned so badly that it took half a minute.
    """
    granted = SchoolGroupObjectPermission.objects.filter(
        content_object=school, permission__codename=power
    )
    groups = list(granted.values_list("group", flat=True))
    held = assignments_on(school, on).filter(role__group__in=groups)
    return Person.objects.filter(school=school, pk__in=held.values("person"))


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

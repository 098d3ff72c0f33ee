"""Who holds which role, now and ever."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    Expression,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, RowNumber

from people.models import Person, School
from roles.catalogue import SEPARATIONS
from roles.models import Role, RoleAssignment

SHOWN_OF_A_ROLE = 3


def on_day(day: date, prefix: str = "") -> Q:
    """Return the condition that an assignment, reached by a prefix, is in force on a day."""
    return Q(**{f"{prefix}start_date__lte": day}) & (
        Q(**{f"{prefix}end_date": None}) | Q(**{f"{prefix}end_date__gte": day})
    )


def belongs_on(day: date, prefix: str = "") -> Q:
    """Return the condition that a person, reached by a prefix, belongs to the school on a day."""
    return Q(**{f"{prefix}left_date": None}) | Q(**{f"{prefix}left_date__gte": day})


def assignments_on(school: School, day: date) -> QuerySet[RoleAssignment, RoleAssignment]:
    """Return the assignments in force at a school on a day; people who have left hold nothing."""
    return RoleAssignment.objects.filter(
        on_day(day), belongs_on(day, "person__"), school=school, role__active=True
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
    held = list(Person.objects.raw(_HOLDERS, [school.pk, list(found), on, on, on]))
    away = {row.covers for row in held if row.covers}  # type: ignore[attr-defined]
    for row in held:
        people = found[row.code]  # type: ignore[attr-defined]
        if row.held not in away and row not in people:  # type: ignore[attr-defined]
            people.append(row)
    return found


# Written out, as the sweep asks these of every school: putting them together took longer than
# answering. Cover comes first, then holders, then deputies.
_HOLDERS = """
    SELECT person.*, role.code, held.id AS held, held.covers_id AS covers
    FROM roles_roleassignment held
    JOIN roles_role role ON role.id = held.role_id AND role.active
    JOIN people_person person ON person.id = held.person_id
    WHERE held.school_id = %s AND role.code = ANY(%s)
        AND held.start_date <= %s AND (held.end_date IS NULL OR held.end_date >= %s)
        AND (person.left_date IS NULL OR person.left_date >= %s)
    ORDER BY array_position(ARRAY['cover', 'primary', 'deputy'], held.standing::text), held.id
"""
_VACANT = """
    SELECT role.* FROM roles_role role
    WHERE role.school_id = %s AND role.mandatory AND role.active AND NOT EXISTS (
        SELECT 1 FROM roles_roleassignment held
        JOIN people_person person ON person.id = held.person_id
        WHERE held.role_id = role.id
            AND held.start_date <= %s AND (held.end_date IS NULL OR held.end_date >= %s)
            AND (person.left_date IS NULL OR person.left_date >= %s)
    )
    ORDER BY role.order
"""


def role_codes_of(person: Person, *, on: date) -> frozenset[str]:
    """Return the codes of the roles a person holds on a day."""
    return frozenset(held_by(person, on).values_list("role__code", flat=True))


def acting_for(person: Person, *, on: date) -> list[RoleAssignment]:
    """Return the assignments in which a person covers for somebody on a day (ROL-04)."""
    return list(held_by(person, on).filter(standing="cover").select_related("role"))


def held_by(person: Person, day: date) -> QuerySet[RoleAssignment, RoleAssignment]:
    """Return the assignments a person holds on a day in roles that are in use."""
    return RoleAssignment.objects.filter(on_day(day), person=person, role__active=True)


def vacancies(school: School, *, on: date) -> list[Role]:
    """Return the roles every school must have that nobody holds on a day (ROL-02)."""
    return list(Role.objects.raw(_VACANT, [school.pk, on, on, on]))


def any_vacancy(school: School, *, on: date) -> Expression:
    """Return the question whether a role every school must have is vacant, asked with others."""
    return RawSQL(f"EXISTS ({_VACANT})", [school.pk, on, on, on], BooleanField())  # noqa: S611  our own words


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


def signing_in_roles(school: School) -> QuerySet[Role, Role]:
    """Return the roles in use whose holders sign in, so that they can hold powers."""
    return roles_of(school).filter(signs_in=True)


def role_of(school: School, code: str) -> Role | None:
    """Return a role of a school by its code, in use or not."""
    return Role.objects.filter(school=school, code=code).first()


def version_of(role: Role) -> str:
    """Return what tells a role's present wording from an earlier one, for stale edits."""
    return role.changed_at.isoformat() if role.changed_at else ""


def assignment_of(school: School, number: int) -> RoleAssignment | None:
    """Return an assignment of a school by its number."""
    rows = RoleAssignment.objects.filter(school=school, pk=number)
    return rows.select_related("role", "person", "covers__person").first()


def register_of_roles(school: School, *, on: date) -> QuerySet[Role, Role]:
    """Return all roles of a school with who holds them on a day.

    Each has ``holder_count`` and ``held_now``, the first few assignments in force: everybody in a
    class teacher's role belongs on the role's own page. Two queries, whatever the number of rows.
    """
    held = assignments_on(school, on)
    first_few = (
        held.select_related("person", "covers__person")
        .annotate(
            place=Window(RowNumber(), partition_by="role", order_by=["standing", "person", "pk"])
        )
        .filter(place__lte=SHOWN_OF_A_ROLE)
        .order_by("place")
    )
    count = held.filter(role=OuterRef("pk")).order_by().values("role")
    return (
        Role.objects.filter(school=school)
        .annotate(
            holder_count=Coalesce(
                Subquery(count.annotate(n=Count("person", distinct=True)).values("n")), 0
            )
        )
        .prefetch_related(Prefetch("assignments", first_few, to_attr="held_now"))
    )


def history_of(role: Role, *, on: date) -> QuerySet[RoleAssignment, RoleAssignment]:
    """Return everybody who will hold, holds or held a role, latest first.

    ``time`` is "now", "later" or "past" as seen from the day.
    """
    return (
        role.assignments.select_related("person", "assigned_by", "ended_by", "covers__person")
        .annotate(
            time=Case(
                When(on_day(on), then=Value("now")),
                When(start_date__gt=on, end_date=None, then=Value("later")),
                When(start_date__gt=on, end_date__gte=F("start_date"), then=Value("later")),
                default=Value("past"),
            )
        )
        .order_by("time", "-start_date", "-pk")
    )


def terms_ending(
    school: School, *, on: date, until: date
) -> QuerySet[RoleAssignment, RoleAssignment]:
    """Return the governors' roles that end in a span of days with nobody to follow (ROL-14)."""
    held = assignments_on(school, on).filter(
        role__category="governor", end_date__gte=on, end_date__lte=until
    )
    follows = RoleAssignment.objects.filter(
        Q(end_date=None) | Q(end_date__gt=OuterRef("end_date")), role=OuterRef("role")
    )
    return held.filter(~Exists(follows))


def role_labels(school: School, codes: Iterable[str]) -> dict[str, str]:
    """Return what a school calls some roles that are in use, by code in order of seniority."""
    rows = Role.objects.filter(school=school, active=True, code__in=list(codes))
    return dict(rows.order_by("order", "pk").values_list("code", "label"))

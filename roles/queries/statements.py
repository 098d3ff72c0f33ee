"""What roles are responsible for, and what waits to be accepted."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, Expression, OuterRef, QuerySet, Subquery

from common.asking import any_of
from people.models import Person, School
from roles.models import Responsibility, ResponsibilityAcceptance, Role
from roles.queries.holders import held_by


def statements_of(role: Role) -> QuerySet[Responsibility, Responsibility]:
    """Return the statements now in force for a role."""
    return role.responsibilities.filter(to_date=None)


def statement_of(school: School, number: int) -> Responsibility | None:
    """Return a statement in force at a school by its number."""
    rows = Responsibility.objects.filter(school=school, pk=number, to_date=None)
    return rows.select_related("role").first()


def statements_of_person(person: Person, *, on: date) -> QuerySet[Responsibility, Responsibility]:
    """Return the statements in force for the roles a person holds on a day, with their roles.

    ``accepted_at`` is when the person accepted it, or None; ``held_since`` when they got the role.
    """
    accepted = ResponsibilityAcceptance.objects.filter(responsibility=OuterRef("pk"), person=person)
    held = held_by(person, on).filter(role=OuterRef("role")).order_by("start_date")
    read_along = {
        "accepted_at": Subquery(accepted.values("accepted_at")[:1]),
        "held_since": Subquery(held.values("start_date")[:1]),
    }
    return _in_force_for(person, on).select_related("role").annotate(**read_along)


def _in_force_for(person: Person, on: date) -> QuerySet[Responsibility, Responsibility]:
    return Responsibility.objects.filter(
        role__in=held_by(person, on).values("role"), to_date=None, school=person.school_id
    )


def any_to_accept(person: Person, *, on: date) -> Expression:
    """Return the question whether a person has still to accept a statement, asked with others."""
    return any_of(_in_force_for(person, on).exclude(acceptances__person=person))


def statements_to_accept(person: Person, *, on: date) -> QuerySet[Responsibility, Responsibility]:
    """Return the statements a person has still to accept (ROL-03)."""
    return statements_of_person(person, on=on).exclude(acceptances__person=person)


def accept_by(school: School, statement: Responsibility) -> date:
    """Return the day by which a holder has to accept one of their statements (ROL-03)."""
    since: date = max(statement.from_date, statement.held_since)
    return since + timedelta(days=school.setting("responsibility_days"))


def acceptances_of(role: Role, people: Iterable[int]) -> dict[int, int]:
    """Return how many of a role's statements in force people have accepted, by person id."""
    rows = ResponsibilityAcceptance.objects.filter(
        responsibility__role=role, responsibility__to_date=None, person__in=list(people)
    )
    return dict(rows.values_list("person").annotate(n=Count("pk")))

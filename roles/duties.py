"""What of roles needs a person now: statements to accept, vacant roles, terms of office."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, Expression, OuterRef, QuerySet
from django.utils.timezone import localdate

from common.asking import answers
from common.duties import Due, Need
from common.pages import page_url
from common.requests import SchoolRequest
from people.calendar import LONDON
from people.models import School
from roles.models import Role, RoleAssignment
from roles.queries import (
    accept_by,
    any_to_accept,
    any_vacancy,
    belongs_on,
    holders_by_role,
    on_day,
    statements_to_accept,
    terms_ending,
    vacancies,
)
from roles.recurring import RECURRING

__all__ = ["ASKS", "RECURRING", "REMINDERS", "may_be_due", "needs", "reminders_due"]

REMINDERS = {
    "role_vacant": "A role that nobody holds",
    "term_of_office": "A governor’s term of office that ends",
}
VACANT_WORDS = "A role that every school must have is vacant. This stops once somebody holds it."
ENDING_WORDS = (
    "A governor’s term of office ends soon. This stops once it is extended or somebody follows."
)
ENDING = timedelta(days=60)


def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know of roles: statements to accept, vacancies."""
    on, found = localdate(at), {}
    if request.may("view_own_duties"):
        found["to_accept"] = any_to_accept(request.person, on=on)
    if request.may("assign_roles"):
        found["vacant"] = any_vacancy(request.school, on=on)
    return found


ASKS = (asks,)


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return what the person has still to accept, and vacant roles to those who fill them."""
    told = answers(request, asks, at=at)
    found = _to_accept(request, at) if told.get("to_accept") else []
    if told.get("vacant"):
        found += [
            Need(
                what=f"{role.label}: nobody holds this role",
                why="Every school must have somebody in it",
                url=page_url(request.school, "role_assign", role.code),
                label="Give somebody this role",
            )
            for role in vacancies(request.school, on=localdate(at))
        ]
    return found


def may_be_due(*, on: date) -> list[QuerySet[Any, Any]]:
    """Return the rows, of any school, without which there is nothing to remind of."""
    held = RoleAssignment.objects.filter(
        on_day(on), belongs_on(on, "person__"), role=OuterRef("pk")
    )
    ends = {"role__category": "governor", "end_date__range": (on, on + ENDING)}
    return [
        Role.objects.filter(~Exists(held), mandatory=True, active=True),
        RoleAssignment.objects.filter(**ends),
    ]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield whom to tell of vacant roles, once a month, and of terms of office that end (ROL-02).

    The headteacher, or the chair of governors while nobody is headteacher (ROL-14).
    """
    empty = vacancies(school, on=on)
    ending = list(terms_ending(school, on=on, until=on + ENDING))
    if not empty and not ending:
        return
    holders = holders_by_role(school, ("head", "chair"), on=on)
    for person in holders["head"] or holders["chair"]:
        for role in empty:
            yield Due("role_vacant", person.pk, f"{role.code}-{on:%Y-%m}", VACANT_WORDS)
    for person in {*holders["head"], *holders["chair"]}:
        for row in ending:
            yield Due("term_of_office", person.pk, str(row.pk), ENDING_WORDS)


def _to_accept(request: SchoolRequest, at: datetime) -> list[Need]:
    rows = list(statements_to_accept(request.person, on=localdate(at)))
    last = min(accept_by(request.school, row) for row in rows)
    due = datetime.combine(last, time(16), LONDON)
    return [
        Need(
            what="Read and accept what goes with your roles",
            why=f"{len(rows)} statement{'s' if len(rows) > 1 else ''} you have not accepted yet",
            url=page_url(request.school, "responsibility_list"),
            label="Read them",
            due_at=due,
            late=due < at,
        )
    ]

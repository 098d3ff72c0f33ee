"""May this be done to this role, assignment or cell of the matrix now? Refusals in words."""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from common.errors import Conflicted, Refusal
from people.models import Person
from roles.catalogue import kinds_for
from roles.matrix import FAMILY_POWERS, GRANTS, KEEPING_POWERS, PUPILS_AND_PARENTS
from roles.models import Role, RoleAssignment, SchoolGroupObjectPermission
from roles.queries import assignments_on

FURTHEST_BACK = timedelta(days=366 * 60)
FURTHEST_AHEAD = timedelta(days=366 * 5)
_A_KIND: dict[str, str] = {
    Person.Kind.PUPIL: "a pupil",
    Person.Kind.STAFF: "a member of staff",
    Person.Kind.GOVERNOR: "a governor",
    Person.Kind.CARER: "a parent or carer",
    Person.Kind.VOLUNTEER: "a volunteer",
    Person.Kind.EXTERNAL: "from outside the school",
}


def check_cell(role: Role, power: str) -> None:
    """Refuse a power that the product does not have and a role that never signs in."""
    if power not in GRANTS:
        raise Refusal("There is no such power.")
    if not role.signs_in:
        raise Refusal(f"{role.label} does not sign in, so it can hold no power.")


def cell_in_force(role: Role, power: str) -> bool:
    """Return whether a role holds a power at its school now."""
    return SchoolGroupObjectPermission.objects.filter(
        group=role.group_id, content_object=role.school_id, permission__codename=power
    ).exists()


def check_not_own_role(role: Role, by: Person, at: datetime) -> None:
    """Refuse more rights for a role that one holds, covers or is about to hold (ROL-30)."""
    today = timezone.localdate(at)
    if role.assignments.filter(Q(end_date=None) | Q(end_date__gte=today), person=by).exists():
        raise Conflicted(
            "You cannot give more rights to a role you hold yourself. Ask somebody else to do it."
        )


def check_fit_for_families(role: Role, power: str) -> None:
    """Refuse powers over other people's records for pupils and parents (role-matrix.md b.2)."""
    if role.code in PUPILS_AND_PARENTS and power not in FAMILY_POWERS:
        raise Refusal("Pupils and parents cannot be given this power at any school.")


def check_not_last_role(role: Role, power: str) -> None:
    """Refuse to leave a school without a role that can give roles or change what they may do."""
    others = SchoolGroupObjectPermission.objects.filter(
        content_object=role.school_id, permission__codename=power, group__role__active=True
    ).exclude(group=role.group_id)
    if power in KEEPING_POWERS and not others.exists():
        raise Refusal(f"At least one role must keep this power, and {role.label} is the last one.")


def check_dates(start_date: date, end_date: date | None, at: datetime) -> None:
    """Refuse an end before the start and dates that can only be slips of the hand."""
    today = timezone.localdate(at)
    if end_date and end_date < start_date:
        raise Refusal("The last day is before the first day.")
    if not today - FURTHEST_BACK <= start_date <= today + FURTHEST_AHEAD:
        raise Refusal("Check the year of the first day.")
    if end_date and end_date > start_date + FURTHEST_BACK:
        raise Refusal("Check the year of the last day.")


def check_may_hold(role: Role, person: Person, by: Person | str, start_date: date) -> None:
    """Refuse another school's person, one who left, a pupil for an adult's role, and oneself.

    Also refuses a closed role (ROL-01, ROL-29, ROL-30).
    """
    if person.school_id != role.school_id:
        raise Refusal("This person belongs to another school.")
    if isinstance(by, Person) and by.pk == person.pk:
        raise Conflicted("You cannot give a role to yourself. Ask somebody else to do it.")
    if person.kind not in kinds_for(role.category):
        raise Refusal(f"{person} is {_A_KIND[person.kind]}, and cannot hold {role.label}.")
    if person.left_date and person.left_date < start_date:
        raise Refusal(f"{person} left the school on {person.left_date:%-d %B %Y}.")
    if not role.active:
        raise Refusal(f"{role.label} is not used at this school. Open the role again first.")


def check_somebody_can_give_roles(assignment: RoleAssignment, end_date: date, at: datetime) -> None:
    """Refuse to leave nobody who can give roles from today on; a later end only warns (ROL-02)."""
    today = timezone.localdate(at)
    if end_date >= today or not cell_in_force(assignment.role, "assign_roles"):
        return
    others = assignments_on(assignment.role.school, today).exclude(
        Q(pk=assignment.pk) | Q(covers=assignment.pk)
    )
    able = SchoolGroupObjectPermission.objects.filter(
        content_object=assignment.school_id, permission__codename="assign_roles"
    )
    if not others.filter(role__active=True, role__group__in=able.values("group")).exists():
        raise Refusal(
            "Nobody would be left who can give roles. Give somebody else such a role first, or "
            "choose a later last day."
        )

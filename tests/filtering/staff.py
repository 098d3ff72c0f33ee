"""Who does what in a change: Tom asks, Dora assesses, Hana approves, Tina makes, Tess tests."""

from roles.actions import assign_role
from roles.models import Role, RoleAssignment
from tests.cast import NOW, START, Cast


def give_status(cast: Cast) -> None:
    """Give Tina the filtering-management status, once."""
    role = Role.objects.get(school=cast.school, code="filt_mgr")
    if not RoleAssignment.objects.filter(role=role, person=cast.tina).exists():
        assign_role(role=role, person=cast.tina, start_date=START, by="tests", at=NOW)

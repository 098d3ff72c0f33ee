"""Who holds which role in these tests, and who was told of something."""

from incidents.models import Incident
from people.models import Notice, Person
from roles.actions import arrange_cover, assign_role
from roles.models import Role, RoleAssignment
from tests.cast import NOW, START, Cast

TODAY = NOW.date()


def give(cast: Cast, code: str, name: str, *, deputy: bool = False) -> RoleAssignment:
    """Give a member of the cast a role since the start of the year."""
    return assign_role(
        role=Role.objects.get(school=cast.school, code=code),
        person=getattr(cast, name),
        start_date=START,
        deputy=deputy,
        by="tests",
        at=NOW,
    )


def held(cast: Cast, code: str) -> RoleAssignment:
    """Return how the holder of a role holds it."""
    return RoleAssignment.objects.get(role__code=code, role__school=cast.school, standing="primary")


def cover(cast: Cast, code: str, name: str) -> RoleAssignment:
    """Let somebody act for the holder of a role today."""
    return arrange_cover(
        assignment=held(cast, code),
        person=getattr(cast, name),
        start_date=TODAY,
        end_date=TODAY,
        by="tests",
        at=NOW,
    )


def told(reason: str) -> list[Person]:
    """Return who was told of something, in order."""
    return [notice.person for notice in Notice.objects.filter(reason=reason).order_by("pk")]


def asked_to_open(incident: Incident) -> list[Person]:
    """Return who was asked to open reports of an incident's school, in order."""
    notices = Notice.objects.filter(reason="to_open", school=incident.school).order_by("pk")
    return [notice.person for notice in notices]

"""The school's directory of outside bodies (INC-31)."""

from django.db.models import QuerySet

from incidents.models import Agency
from people.models import School
from policies.vocabulary import Agency as AgencyCode


def agency_of(school: School, code: str) -> Agency:
    """Return a school's entry for a body the ladder names; it is made at its first use."""
    return Agency.objects.get_or_create(
        school=school, code=code, defaults={"name": AgencyCode(code).label}
    )[0]


def agencies_of(school: School) -> QuerySet[Agency, Agency]:
    """Return the bodies in use at a school, by name."""
    return Agency.objects.filter(school=school, active=True)

"""The school's directory of outside bodies (INC-31)."""

from incidents.models import Agency
from people.models import School
from policies.vocabulary import Agency as AgencyCode


def agency_of(school: School, code: str) -> Agency:
    """Return a school's entry for a body the ladder names; it is made at its first use."""
    return Agency.objects.get_or_create(
        school=school, code=code, defaults={"name": AgencyCode(code).label}
    )[0]


def agencies_of(school: School) -> list[tuple[str, str]]:
    """Return code and name of the bodies a school may refer to, by name, used before or not."""
    names: dict[str, str] = dict(AgencyCode.choices)
    for agency in Agency.objects.filter(school=school):
        names[agency.code] = agency.name if agency.active else ""
    return sorted(((code, name) for code, name in names.items() if name), key=lambda pair: pair[1])

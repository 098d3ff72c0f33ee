"""The policy in a report on a span of days: what is in force, and what was published (POL-02)."""

from common.dates import uk_date
from common.sections import Period, Row, Section, Table
from people.models import School
from policies.queries import ladder_entry_on, versions_published, versions_put_in_force

NONE = "No version of the policy’s ladder was in force at the end of the period."


def sections(school: School, period: Period) -> list[Section]:
    """Return which version was in force at the end, and how many were new. Three queries."""
    entry = ladder_entry_on(school, period.end)
    rows = (
        Row("in_force", "The version in force at the end", entry.version.number if entry else None),
        Row(
            "published",
            "Versions published in the period",
            versions_published(school, period),
        ),
        Row(
            "put_in_force",
            "Times a version came into force in the period",
            versions_put_in_force(school, period),
        ),
    )
    lead = NONE
    if entry:
        lead = f"In force at the end: “{entry.version}”, since {uk_date(entry.from_date)}."
    table = Table("versions", "Which version counts, and what is new", "Policy", rows, people=False)
    return [Section("policy", "The online-safety policy", 50, lead, (table,))]

"""Incidents in a report on a span of days: what happened, and what the school did about it.

Those about the headteacher stand in no figure, whoever reads it (INC-09). Other restricted
incidents stand in the total and in whose conduct it was about. Every other table leaves them out,
or has them in one row of their own where its rows add up to the total, so that nothing tells what
such a case is like (INC-08, INC-09, INC-59).
"""

from common.sections import Period, Section
from incidents import tables, tables_response
from incidents.queries.figures import profile_of
from incidents.queries.figures_people import pupils_of
from incidents.tally import LEFT_OUT, Tally
from people.calendar import SchoolCalendar
from people.models import School

LEAD = (
    f"{LEFT_OUT} An incident counts in the period in which it was reported, as it was classified "
    "when the figures were counted. Other restricted cases, such as those about a member of "
    "staff, are in the total and in whose conduct it was about. No other table says anything about "
    "them: where rows add up to the total, they stand in one row of their own."
)
LEAD_RESPONSE = (
    "These figures are about the incidents reported in the period, whenever the school acted on "
    "them. Restricted cases are left out, except from the total of tables that add up."
)


def sections(school: School, period: Period) -> list[Section]:
    """Return what happened and what the school did, with exact figures (REP-02, R-OFS-1).

    Thirteen queries, whatever the number of incidents.
    """
    tally = Tally(
        school,
        period,
        SchoolCalendar(school),
        profile_of(school, period),
        pupils_of(school, period),
    )
    return [
        Section(
            "incidents",
            "Online-safety incidents",
            10,
            LEAD,
            tables.tables_of(tally),
        ),
        Section(
            "incident_response",
            "What the school did about incidents",
            11,
            LEAD_RESPONSE,
            tables_response.tables_of(tally),
        ),
    ]

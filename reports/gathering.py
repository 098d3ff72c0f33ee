"""Ask every app for its part of a report on a span of days."""

from common.discovery import discover
from common.sections import Period, Section
from people.models import School


def gather(school: School, period: Period) -> list[Section]:
    """Return the sections of all apps on a period, in their order, with exact figures (REP-02).

    Each app may have ``sections(school, period)`` in its ``sections.py``. What governors may see
    of the figures is not decided here.
    """
    found = [
        section for _, module in discover("sections") for section in module.sections(school, period)
    ]
    return sorted(found, key=lambda section: (section.order, section.code))

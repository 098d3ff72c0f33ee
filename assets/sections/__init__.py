"""What equipment and devices contribute to a report; each area counts its own (REP-01)."""

from assets.sections import disposal, inventory, lifecycle, own_devices, phones, taken
from common.sections import Period, Section
from people.models import School

PARTS = (inventory, lifecycle, disposal, own_devices, phones, taken)


def sections(school: School, period: Period) -> list[Section]:
    """Return the sections of every area, without a name."""
    return [section for part in PARTS for section in part.sections(school, period)]

"""Give a copy of a certificate or report that is kept with a record of equipment (SYS-06)."""

from datetime import datetime

from django.db import transaction

from assets.conditions.common import check_power
from assets.disposal_files import check_file
from assets.models.files import KeptFile
from audit.actions import record
from people.models import Person


@transaction.atomic
def hand_on_file(*, kept: KeptFile, power: str, by: Person, at: datetime) -> KeptFile:
    """Give a copy of a file to somebody who sees its record; the trail notes it.

    Refuses a stored file that is not the one that was taken in.
    """
    check_power(by, power, at)
    check_file(kept)
    record("hand_on_file", kept, by=by, at=at, facts={"sha256": kept.sha256})
    return kept

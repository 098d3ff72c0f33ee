"""Change a school's settings; every value that ever held stays on record."""

from datetime import datetime
from typing import Any

from django.db import transaction

from audit.actions import record
from common.errors import Refusal, StaleRecord
from common.settings_catalogue import catalogue
from people.models import Person, School, SchoolSetting

NOT_SEEN = object()


@transaction.atomic
def change_setting(
    *,
    school: School,
    name: str,
    value: Any,
    reason: str = "",
    seen: Any = NOT_SEEN,
    by: Person | None,
    at: datetime,
) -> None:
    """Put a new value of a setting in force from now (SYS-01).

    Refuses an unknown setting, a value not of its kind, and a value that is no longer the one the
    person had ``seen``; an unchanged value writes nothing. ``by`` is None only when a school is
    being set up.
    """
    if name not in catalogue():
        raise Refusal("There is no such setting.")
    value = catalogue()[name].clean(value)
    # Changes of one school wait for each other; the value before is read afresh.
    before = School.objects.select_for_update(no_key=True).get(pk=school.pk).setting(name)
    if seen is not NOT_SEEN and seen != before:
        raise StaleRecord("Somebody else changed this setting at the same time. Look at it again.")
    if before == value:
        return
    SchoolSetting.objects.filter(school=school, name=name, superseded_at=None).update(
        superseded_at=at
    )
    setting = SchoolSetting.objects.create(
        school=school, name=name, value=value, set_by=by, set_at=at, reason=reason
    )
    school.__dict__.pop("_settings", None)
    record(
        "change_setting",
        setting,
        by=by or "set_up_school",
        at=at,
        facts={"before": before, "after": value},
    )

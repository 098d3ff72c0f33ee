"""Change a school's settings; every value that ever held stays on record."""

from datetime import datetime
from typing import Any

from django.db import transaction

from audit.actions import record
from common.errors import Refusal
from common.settings_catalogue import catalogue
from people.models import Person, School, SchoolSetting


@transaction.atomic
def change_setting(
    *, school: School, name: str, value: Any, reason: str = "", by: Person | None, at: datetime
) -> None:
    """Put a new value of a setting in force from now (SYS-01).

    Refuses an unknown setting and a value not of its kind; an unchanged value writes nothing.
    ``by`` is None only when a school is being set up.
    """
    if name not in catalogue():
        raise Refusal("There is no such setting.")
    value = catalogue()[name].clean(value)
    before = school.setting(name)
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

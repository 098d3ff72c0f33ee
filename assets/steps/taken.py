"""How every deed on an item taken from a pupil begins and ends: locked, checked, written down."""

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from assets.conditions.common import check_power, check_version
from assets.models import Confiscation, ItemEvent, SearchRecord
from assets.queries.taken import leads_on
from assets.workflow import ITEM
from audit.actions import record
from common.pages import page_url
from people.calendar import SchoolCalendar
from people.mail import notify
from people.models import Person, School


def begin(step: str, *, item: Confiscation, version: int, by: Person, at: datetime) -> Confiscation:
    """Lock an item and refuse the step unless state, version and power allow it.

    Returns the item as it stands in the database now.
    """
    rows = Confiscation.objects.select_for_update(of=("self",)).select_related("school", "pupil")
    locked = rows.get(pk=item.pk)
    check_version(locked.version, version)
    ITEM.check(step, locked.state)
    check_power(by, ITEM.step(step).needs, at)
    return locked


def finish(
    step: str,
    item: Confiscation,
    *,
    changes: dict[str, Any],
    text: str = "",
    by: Person,
    at: datetime,
) -> Confiscation:
    """Move an item to the step's target with what changes, write its line and the trail."""
    item.state = ITEM.step(step).target or item.state
    for name, value in changes.items():
        setattr(item, name, value)
    item.version += 1
    item.save(update_fields=["state", "version", *changes])
    write_line(item, step, text, by=by, at=at)
    record(step, item, by=by, at=at, facts={"state": item.state})
    return item


def write_line(
    about: Confiscation | SearchRecord, step: str, text: str = "", *, by: Person, at: datetime
) -> ItemEvent:
    """Append one line to what became of an item, or to a record of a search."""
    return ItemEvent.objects.create(
        school_id=about.school_id,
        confiscation=about if isinstance(about, Confiscation) else None,
        search=about if isinstance(about, SearchRecord) else None,
        step=step,
        text=text.strip()[:500],
        by=by,
        at=at,
    )


def due_day(school: School, taken_at: datetime, *, same_day: bool) -> date:
    """Return the day by which an item is to be given back (INC-20, MOB-04)."""
    day = localdate(taken_at)
    if same_day:
        return day
    return SchoolCalendar(school).add_school_days(day, school.setting("unclaimed_days"))


def lead_for(school: School, by: Person, at: datetime) -> Person:
    """Return who takes a suspected item: whoever took it if a lead, else the first lead."""
    leads = leads_on(school, on=localdate(at))
    return by if by in leads or not leads else leads[0]


def tell_lead(item: Confiscation, *, by: Person, at: datetime) -> None:
    """Send word to who holds a suspected item that something waits, unless they did it."""
    if item.held_by_id != by.pk:
        path = page_url(item.school, "confiscation_detail", item.reference)
        notify([item.held_by], reason="item_with_lead", path=path, at=at)

"""What becomes of an item taken from a pupil, step by step (MOB-04, R-SSC-3, workflows c.15)."""

from datetime import datetime

from django.db import transaction

from assets.conditions.common import check_power, said
from assets.conditions.taken import check_fetcher, check_giver, check_keeper, check_past
from assets.models import Confiscation
from assets.steps.taken import begin, due_day, finish, lead_for, tell_lead, write_line
from assets.vocabulary import Condition
from audit.actions import record
from common.dates import uk_datetime
from common.errors import Refusal
from people.models import Person


@transaction.atomic
def tell_parent(
    *, item: Confiscation, version: int, told_at: datetime, how: str, by: Person, at: datetime
) -> Confiscation:
    """Record that a parent was told, when and how; refuses a second time and a time to come."""
    item = begin("tell_parent", item=item, version=version, by=by, at=at)
    if item.parent_told_at:
        raise Refusal("It is recorded already that a parent was told.")
    check_past(told_at, at)
    how = said(how, "Say how the parent was told.", 200)
    changes = {"parent_told_at": told_at, "parent_told_by": by, "parent_told_how": how}
    text = f"{uk_datetime(told_at)}. {how}"
    return finish("tell_parent", item, changes=changes, text=text, by=by, at=at)


@transaction.atomic
def move_confiscated(
    *,
    item: Confiscation,
    version: int,
    holder: Person,
    stored_where: str,
    by: Person,
    at: datetime,
) -> Confiscation:
    """Record that somebody else holds an item, and where.

    Refuses anybody but staff, and for what the safeguarding lead has anybody who cannot decide.
    """
    item = begin("move_confiscated", item=item, version=version, by=by, at=at)
    return _kept("move_confiscated", item, holder, stored_where, by=by, at=at)


@transaction.atomic
def pass_to_lead(
    *, item: Confiscation, version: int, why: str, suspected: bool, by: Person, at: datetime
) -> Confiscation:
    """Pass an item to the safeguarding lead, who is told; nobody looks at it (R-SSC-3).

    Refuses without a reason.
    """
    item = begin("pass_to_lead", item=item, version=version, by=by, at=at)
    why = said(why, "Say why it goes to the safeguarding lead.", 500)
    changes = {
        "suspected": suspected,
        "same_day": False,
        "held_by": lead_for(item.school, by, at),
    }
    item = finish("pass_to_lead", item, changes=changes, text=why, by=by, at=at)
    tell_lead(item, by=by, at=at)
    return item


@transaction.atomic
def hand_to_police(
    *,
    item: Confiscation,
    version: int,
    police_reference: str,
    note: str = "",
    by: Person,
    at: datetime,
) -> Confiscation:
    """Record that the police took an item, with their reference; refuses without one."""
    item = begin("hand_to_police", item=item, version=version, by=by, at=at)
    number = said(police_reference, "Give the reference of the police.", 60)
    changes = {"police_reference": number, "same_day": False}
    text = f"Their reference: {number}. {note}"
    return finish("hand_to_police", item, changes=changes, text=text, by=by, at=at)


@transaction.atomic
def return_confiscated(
    *,
    item: Confiscation,
    version: int,
    returned_to: Person,
    signed_name: str,
    condition: str,
    note: str = "",
    by: Person,
    at: datetime,
) -> Confiscation:
    """Give an item back against a typed name, and say in what condition (MOB-04).

    The office does, or whoever took it for the day. Refuses anybody but a parent or carer with
    contact, or the pupil where that is allowed, and an item that the lead or the police have.
    """
    item = begin("return_confiscated", item=item, version=version, by=by, at=at)
    check_giver(item, by, at)
    check_fetcher(item, returned_to, by)
    name = said(signed_name, "Whoever collects it types their name as a signature.", 120)
    changes = {
        "returned_to": returned_to,
        "signed_name": name,
        "returned_condition": condition,
        "returned_by": by,
        "returned_at": at,
        "closing_note": note.strip()[:300],
    }
    text = f"To {returned_to}, signed “{name}”. {Condition(condition).label}. {note}"
    return finish("return_confiscated", item, changes=changes, text=text, by=by, at=at)


@transaction.atomic
def clear_confiscated(
    *,
    item: Confiscation,
    version: int,
    why: str,
    holder: Person,
    stored_where: str,
    by: Person,
    at: datetime,
) -> Confiscation:
    """Let an item go back to those who keep items, since nothing stands against it any more.

    It is to be fetched within the usual days from now. Refuses without a reason.
    """
    item = begin("clear_confiscated", item=item, version=version, by=by, at=at)
    why = said(why, "Say why it can go back.")
    item.state = "held"
    more = {
        "suspected": False,
        "due_date": due_day(item.school, at, same_day=False),
        "closing_note": why,
    }
    return _kept("clear_confiscated", item, holder, stored_where, why, more, by=by, at=at)


@transaction.atomic
def keep_for_good(
    *, item: Confiscation, version: int, why: str, by: Person, at: datetime
) -> Confiscation:
    """Record that an item is not given back, and why; refuses without a reason."""
    item = begin("keep_for_good", item=item, version=version, by=by, at=at)
    why = said(why, "Say what became of it, and why it is not given back.")
    return finish("keep_for_good", item, changes={"closing_note": why}, text=why, by=by, at=at)


@transaction.atomic
def link_item(
    *, item: Confiscation, incident_reference: str, by: Person, at: datetime
) -> Confiscation:
    """Note which incident was raised because of an item; the caller raised it (INC-53).

    Refuses an item that has its incident already. Its line and the trail bear no number.
    """
    item = Confiscation.objects.select_for_update(of=("self",)).get(pk=item.pk)
    check_power(by, "confiscate_item", at)
    if item.incident_reference:
        raise Refusal("An incident was raised from this already.")
    item.incident_reference = incident_reference
    item.version += 1
    item.save(update_fields=["incident_reference", "version"])
    write_line(item, "link_item", by=by, at=at)
    record("link_item", item, by=by, at=at)
    return item


def _kept(
    step: str,
    item: Confiscation,
    holder: Person,
    stored_where: str,
    why: str = "",
    more: dict | None = None,
    *,
    by: Person,
    at: datetime,
) -> Confiscation:
    """Write down who holds an item from now on, and where."""
    check_keeper(holder, item, at)
    where = said(stored_where, "Say where it is kept.", 120)
    changes = {"held_by": holder, "stored_where": where, **(more or {})}
    text = f"{why} With {holder}: {where}.".strip()
    return finish(step, item, changes=changes, text=text, by=by, at=at)

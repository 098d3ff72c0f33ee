"""Take devices in for the day and give them back (MOB-03, MOB-17)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from assets.conditions.common import check_power, said
from assets.conditions.phones import check_hand_in, check_here, check_not_own
from assets.models import HandIn, PersonalDevice
from assets.queries.phones import places_of
from audit.actions import record
from common.errors import StepRefused
from common.once import make_once
from people.models import Person, School


@transaction.atomic
def hand_in_devices(
    *, school: School, devices: Iterable[PersonalDevice], place: str = "", by: Person, at: datetime
) -> list[HandIn]:
    """Take in devices of the list; without a ``place`` each lies where that was agreed (MOB-03).

    Sent twice, it takes each in once. Refuses a school that takes none in, one's own device, and
    when nothing is left to take in.
    """
    check_power(by, "hand_in_devices", at)
    check_hand_in(school)
    numbers = [device.pk for device in devices]
    rows = PersonalDevice.objects.select_for_update(of=("self",)).select_related("owner")
    kept = rows.filter(school=school, pk__in=numbers, state=PersonalDevice.State.KEPT)
    found = list(kept.order_by("pk"))
    held = HandIn.objects.filter(device__in=numbers, back_at=None)
    here = set(held.values_list("device_id", flat=True))
    taken = []
    for device in found:
        check_not_own(device.owner, by)
        if device.pk not in here:
            where = place.strip() or device.kept_in or places_of(school)[0]
            taken.append(
                HandIn(
                    school=school,
                    owner=device.owner,
                    device=device,
                    what=str(device),
                    place=where[:120],
                    in_at=at,
                    taken_in_by=by,
                )
            )
    if not taken:
        raise StepRefused("Everything you chose is here already, or is no longer in the list.")
    HandIn.objects.bulk_create(taken)
    facts = {"count": len(taken)}
    record("hand_in_devices", school, by=by, at=at, facts=facts, school_id=school.pk)
    return taken


@transaction.atomic
def hand_in_other(
    *,
    school: School,
    submission: UUID,
    owner: Person,
    what: str,
    place: str,
    note: str = "",
    by: Person,
    at: datetime,
) -> HandIn:
    """Take in a device that is not in the list, of anybody of the school (MOB-03, MOB-17).

    The same ``submission`` sent twice gives the one record. Refuses one's own device and somebody
    who is not at the school.
    """
    sent_before = HandIn.objects.filter(submission=submission, taken_in_by=by)
    if made := sent_before.first():
        return made
    check_power(by, "hand_in_devices", at)
    check_hand_in(school)
    check_here(owner, school, at)
    check_not_own(owner, by)
    told = {
        "what": said(what, "Say what it is.", 160),
        "place": said(place, "Say where it lies.", 120),
        "note": note.strip()[:200],
    }
    held = {"school": school, "owner": owner, "in_at": at, "taken_in_by": by}
    taken, new = make_once(
        "one_hand_in_per_submission",
        lambda: HandIn.objects.create(submission=submission, **told, **held),
        sent_before.first,
    )
    if new:
        record("hand_in_other", taken, by=by, at=at)
    return taken


@transaction.atomic
def give_back(*, school: School, hand_ins: Iterable[HandIn], by: Person, at: datetime) -> int:
    """Give devices back to whom they belong; returns how many (MOB-03).

    Refuses one's own device, and when all were given back meanwhile.
    """
    check_power(by, "hand_in_devices", at)
    rows = HandIn.objects.select_for_update(of=("self",)).select_related("owner").order_by("pk")
    wanted = rows.filter(school=school, pk__in=[one.pk for one in hand_ins], back_at=None)
    found = list(wanted)
    if not found:
        raise StepRefused("This was given back already.")
    for one in found:
        check_not_own(one.owner, by)
        one.back_at, one.given_back_by = at, by
    HandIn.objects.bulk_update(found, ["back_at", "given_back_by"])
    facts = {"count": len(found)}
    record("give_back", school, by=by, at=at, facts=facts, school_id=school.pk)
    return len(found)


@transaction.atomic
def export_hand_ins(
    *, school: School, filters: dict[str, str], count: int, by: Person, at: datetime
) -> None:
    """Note on the trail which part of the log was taken out (SYS-03)."""
    facts = {"filters": filters, "count": count}
    record("export_hand_ins", school, by=by, at=at, facts=facts, school_id=school.pk)

"""Say that one used a private phone in an emergency, and read what others said (MOB-09)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from assets.conditions.common import check_power, said
from assets.conditions.phones import check_reader
from assets.conditions.taken import check_past
from assets.models import PrivateCall
from audit.actions import record
from common.once import make_once
from common.pages import page_url
from people.mail import notify
from people.models import Person, School
from roles.queries import holders_of_power, person_may

OF_STAFF, OF_HEAD = "read_private_calls", "read_head_calls"


@transaction.atomic
def record_private_call(
    *,
    school: School,
    submission: UUID,
    used_at: datetime,
    reason: str,
    number_hidden: bool,
    by: Person,
    at: datetime,
) -> PrivateCall:
    """Say that one used one's private phone for school in an emergency (MOB-09).

    The headteacher is told at once; of the headteacher's own phone the chair of governors is. The
    same ``submission`` sent twice gives the one record. Refuses no reason and a time to come.
    """
    sent_before = PrivateCall.objects.filter(submission=submission, caller=by)
    if made := sent_before.first():
        return made
    check_power(by, "record_private_call", at)
    check_past(used_at, at)
    to_chair = person_may(by, OF_STAFF, on=localdate(at))
    why = said(reason, "Say what the emergency was.")
    call, new = make_once(
        "one_call_per_submission",
        lambda: PrivateCall.objects.create(
            submission=submission,
            school=school,
            caller=by,
            used_at=used_at,
            reason=why,
            number_hidden=number_hidden,
            recorded_at=at,
            to_chair=to_chair,
        ),
        sent_before.first,
    )
    if not new:
        return call
    record("record_private_call", call, by=by, at=at, facts={"hidden": number_hidden})
    readers = holders_of_power(school, OF_HEAD if to_chair else OF_STAFF, on=localdate(at))
    path = page_url(school, "private_call_read", call.pk)
    notify(readers.exclude(pk=by.pk), reason="private_call", path=path, at=at)
    return call


@transaction.atomic
def read_private_call(*, call: PrivateCall, by: Person, at: datetime) -> PrivateCall:
    """Say that one has read it, as the headteacher or, for theirs, the chair (MOB-09).

    Refuses one's own, and one that was read already.
    """
    call = PrivateCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
    check_power(by, OF_HEAD if call.to_chair else OF_STAFF, at)
    check_reader(call, by)
    call.read_by, call.read_at = by, at
    call.save(update_fields=["read_by", "read_at"])
    record("read_private_call", call, by=by, at=at)
    return call


@transaction.atomic
def export_private_calls(
    *, school: School, filters: dict[str, str], count: int, by: Person, at: datetime
) -> None:
    """Note on the trail which reports were taken out (SYS-03)."""
    facts = {"filters": filters, "count": count}
    record("export_private_calls", school, by=by, at=at, facts=facts, school_id=school.pk)

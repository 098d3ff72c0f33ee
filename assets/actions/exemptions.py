"""Let a pupil keep a device by them for a time, and end that (R-SSC-4)."""

from datetime import date, datetime

from django.db import transaction

from assets.conditions.common import check_power, said
from assets.conditions.own_devices import check_until
from assets.models import Exemption
from audit.actions import record
from common.errors import Refusal
from people.models import Person


@transaction.atomic
def grant_exemption(
    *,
    pupil: Person,
    kind: str,
    allowed: str,
    reason: str,
    from_date: date,
    until_date: date,
    by: Person,
    at: datetime,
) -> Exemption:
    """Let a pupil keep a device by them, so that nobody takes it (R-SSC-4).

    Staff read what is allowed and one word why. Refuses somebody who is no pupil here, days over a
    year long, and a second exemption of the kind for the same days.
    """
    check_power(by, "grant_exemption", at)
    if pupil.kind != Person.Kind.PUPIL:
        raise Refusal("Choose a pupil.")
    check_until(until_date, at, from_date)
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=pupil.pk)
    held = Exemption.objects.filter(pupil=pupil, kind=kind, ended_at=None)
    if held.filter(from_date__lte=until_date, until_date__gte=from_date).exists():
        raise Refusal("This pupil has this exemption for these days already. End that one first.")
    exemption = Exemption.objects.create(
        school=pupil.school,
        pupil=pupil,
        kind=kind,
        allowed=said(allowed, "Say what the pupil may keep and use."),
        reason=said(reason, "Say why.", 500),
        from_date=from_date,
        until_date=until_date,
        granted_by=by,
        granted_at=at,
    )
    facts = {"from": from_date.isoformat(), "until": until_date.isoformat()}
    record("grant_exemption", exemption, by=by, at=at, facts=facts)
    return exemption


@transaction.atomic
def end_exemption(*, exemption: Exemption, by: Person, at: datetime) -> Exemption:
    """End an exemption before its day; refuses one that was ended already."""
    check_power(by, "grant_exemption", at)
    exemption = Exemption.objects.select_for_update(of=("self",)).get(pk=exemption.pk)
    if exemption.ended_at:
        raise Refusal("This exemption was ended already.")
    exemption.ended_by, exemption.ended_at = by, at
    exemption.save(update_fields=["ended_by", "ended_at"])
    record("end_exemption", exemption, by=by, at=at)
    return exemption

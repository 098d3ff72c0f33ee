"""Use an agreement no longer, or again; what was signed stays (AGR-01, AGR-29)."""

from datetime import datetime

from django.db import transaction

from agreements.models import Agreement, Obligation
from agreements.vocabulary import Kind
from agreements.workflow import PAST
from audit.actions import record
from common.errors import Refusal, StaleRecord
from people.models import Person

CLOSED = "The agreement is no longer used."


@transaction.atomic
def close_agreement(*, agreement: Agreement, reason: str, by: Person, at: datetime) -> int:
    """Ask nobody for an agreement any more; returns how many were asked until now.

    Signatures and their proof are kept. Refuses an empty reason and one that is closed already.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if not agreement.active:
        raise StaleRecord("This agreement is closed already.")
    if not reason.strip():
        raise Refusal("Say why it is no longer used.")
    Agreement.objects.filter(pk=agreement.pk).update(active=False)
    asked = Obligation.objects.filter(agreement=agreement).exclude(state__in=PAST)
    ended = asked.update(state="ended", changed_at=at, reason=CLOSED)
    facts = {"reason": reason.strip(), "ended": ended}
    record("close_agreement", agreement, by=by, at=at, facts=facts)
    return ended


@transaction.atomic
def reopen_agreement(*, agreement: Agreement, reason: str, by: Person, at: datetime) -> Agreement:
    """Use an agreement again; the next sweep asks those who have to sign its live version.

    Refuses an empty reason, one that is in use, and an audience that has another agreement by now.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if agreement.active:
        raise StaleRecord("This agreement is in use already.")
    if not reason.strip():
        raise Refusal("Say why it is used again.")
    same = Agreement.objects.filter(school_id=agreement.school_id, audience=agreement.audience)
    if agreement.kind == Kind.AGREEMENT and same.filter(kind=Kind.AGREEMENT, active=True).exists():
        raise Refusal("This audience has another agreement by now. Close that one first.")
    agreement.active = True
    agreement.save(update_fields=["active"])
    record("reopen_agreement", agreement, by=by, at=at, facts={"reason": reason.strip()})
    return agreement

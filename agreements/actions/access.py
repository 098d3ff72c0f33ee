"""Countersign, and open or review somebody's access (AGR-05, AGR-11)."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from agreements.actions.following import add_follow_up
from agreements.models import AccessOverride, Countersignature, Obligation, Signature
from agreements.queries.access import systems_of
from agreements.vocabulary import Asks, FollowUpKind
from agreements.workflow import OBLIGATION
from audit.actions import record
from common.errors import Conflicted, Refusal
from people.calendar import SchoolCalendar
from people.models import Person, School

LONGEST_OVERRIDE_DAYS = 60


@transaction.atomic
def countersign_agreement(
    *, signature: Signature, systems: Collection[str], by: Person, at: datetime
) -> Countersignature:
    """See a signature and name the systems the person may use (AGR-11).

    Refuses one's own signature, a system the school does not have, and none at all.
    """
    rows = Obligation.objects.select_for_update(of=("self",)).select_related("school")
    obligation = rows.get(signatures=signature)
    OBLIGATION.check("countersign_agreement", obligation.state)
    if signature.signer_id == by.pk:
        raise Conflicted("Somebody else has to countersign your own agreement.")
    known = systems_of(obligation.school)
    if not systems or not set(systems) <= set(known):
        raise Refusal("Choose at least one of the school's systems.")
    row = Countersignature.objects.create(
        school=signature.school,
        signature=signature,
        systems=[one for one in known if one in systems],
        by=by,
        at=at,
    )
    obligation.state, obligation.changed_at = "active", at
    obligation.save(update_fields=["state", "changed_at"])
    record("countersign_agreement", signature, by=by, at=at, facts={"systems": row.systems})
    return row


@transaction.atomic
def override_access(
    *, person: Person, reason: str, until_date: date, by: Person, at: datetime
) -> AccessOverride:
    """Let somebody have an account before they have signed, for a time (AGR-05).

    Refuses oneself, no reason, and a date in the past or more than 60 days ahead.
    """
    if person == by:
        raise Conflicted("You cannot open the gate for yourself.")
    if not reason.strip():
        raise Refusal("Say why they may have an account before they have signed.")
    today = localdate(at)
    if not today <= until_date <= today + timedelta(days=LONGEST_OVERRIDE_DAYS):
        raise Refusal(f"Choose a day within the next {LONGEST_OVERRIDE_DAYS} days.")
    row = AccessOverride.objects.create(
        school=person.school,
        person=person,
        reason=reason.strip()[:400],
        until_date=until_date,
        by=by,
        at=at,
    )
    record("override_access", row, by=by, at=at, facts={"until": until_date.isoformat()})
    return row


@transaction.atomic
def ask_for_reviews(*, school: School, at: datetime) -> int:
    """Have the access of those reviewed whose agreement is unsigned past the limit (AGR-05).

    Returns how many reviews were asked for now. May be repeated: one review per obligation.
    """
    calendar = SchoolCalendar(school)
    today, limit = localdate(at), school.setting("review_days")
    late = Obligation.objects.filter(
        school=school, state="due", asks__in=[Asks.SIGN, Asks.ACKNOWLEDGE], due_date__lt=today
    ).select_related("signer", "about", "agreement")
    made = 0
    for row in late.exclude(agreement__audience="parent"):
        if calendar.add_school_days(row.due_date, limit) > today:
            continue
        person = row.about or row.signer
        follow_up = add_follow_up(
            school=school,
            kind=FollowUpKind.ACCESS_REVIEW,
            key=str(row.pk),
            person=person,
            power="review_access",
            words=f"{person.full_name} has not signed “{row.agreement}”. Review their access.",
            days=2,
            at=at,
        )
        made += follow_up.made_at == at
    return made

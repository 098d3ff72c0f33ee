"""Places at which visitors, volunteers and supply staff sign when they come (AGR-17)."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from agreements.actions.signing import Way, sign_as_visitor
from agreements.models import Kiosk, Signature
from agreements.queries.kiosks import last_day
from agreements.queries.texts import live_version
from agreements.shown import Opened
from agreements.vocabulary import Audience, Method
from audit.actions import record
from common.dates import uk_date
from common.errors import Refusal
from people.models import Person, School

# Letters and digits that nobody mistakes for another when they type the code from a poster.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 12
AUDIENCES = (Audience.VISITOR, Audience.VOLUNTEER)
CLOSED = "Nobody can sign here any more. Ask at reception."


@transaction.atomic
def open_kiosk(*, school: School, label: str, by: Person, at: datetime) -> Kiosk:
    """Open a place where visitors sign, with an address nobody can guess (AGR-17).

    Refuses a place without a name, and a name that an open place has.
    """
    label = " ".join(label.split())
    if not label:
        raise Refusal("Say where visitors sign, for example “Reception”.")
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    if Kiosk.objects.filter(school=school, label__iexact=label, closed_at=None).exists():
        raise Refusal(f"“{label}” is open already. Choose another name.")
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    kiosk = Kiosk.objects.create(
        school=school, label=label[:80], code=code, opened_by=by, opened_at=at
    )
    record("open_kiosk", kiosk, by=by, at=at)
    return kiosk


@transaction.atomic
def close_kiosk(*, kiosk: Kiosk, by: Person, at: datetime) -> Kiosk:
    """Close a place: its poster leads nowhere any more. Refuses one that is closed."""
    kiosk = Kiosk.objects.select_for_update(of=("self",)).get(pk=kiosk.pk)
    if kiosk.closed_at:
        raise Refusal("This place is closed already.")
    kiosk.closed_by, kiosk.closed_at = by, at
    kiosk.save(update_fields=["closed_by", "closed_at"])
    record("close_kiosk", kiosk, by=by, at=at)
    return kiosk


@transaction.atomic
def sign_visit(
    *,
    kiosk: Kiosk,
    audience: str,
    opened: Opened,
    typed_name: str,
    organisation: str,
    visiting: str,
    valid_until: date,
    user_agent: str = "",
    at: datetime,
) -> Signature:
    """Sign at reception for a visit, until a day the school allows (AGR-17).

    Refuses a closed place, a text the school has not published or has changed since, and a day
    that is past or too far. Sending the same page twice gives the one signature.
    """
    kiosk = Kiosk.objects.select_for_update(of=("self",)).select_related("school").get(pk=kiosk.pk)
    if kiosk.closed_at:
        raise Refusal(CLOSED)
    version = live_version(kiosk.school, audience) if audience in AUDIENCES else None
    if version is None:
        raise Refusal("There is nothing to sign here now. Ask at reception.")
    last = last_day(kiosk.school, localdate(at))
    if not localdate(at) <= valid_until <= last:
        raise Refusal(f"Choose a day from today to {uk_date(last)}.")
    way = Way(Method.KIOSK, f"own word at “{kiosk.label}”", user_agent=user_agent)
    signed = Signature.objects.filter(
        school=kiosk.school,
        version=version,
        method=Method.KIOSK,
        assurance=way.assurance,
        opened_at=opened.at,
        typed_name=" ".join(typed_name.split()),
    ).first()
    return signed or sign_as_visitor(
        version=version,
        opened=opened,
        typed_name=typed_name,
        organisation=organisation,
        visiting=visiting,
        valid_until=valid_until,
        way=way,
        at=at,
    )

"""Sign an agreement: checked against the text shown, sealed, written to the trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from agreements.audience import signed_by_parents
from agreements.conditions import (
    check_family,
    check_live,
    check_pupil_first,
    check_same_text,
    clean_signed_name,
)
from agreements.models import AgreementVersion, Obligation, Signature
from agreements.seal import SEAL_VERSION, seal_of
from agreements.sealing import sealed_fields
from agreements.shown import Opened, Shown, keep_shown, shown_to
from agreements.vocabulary import Asks, Audience, Capacity, Kind, Method
from agreements.workflow import OBLIGATION
from audit.actions import record
from common import context
from common.errors import Conflicted
from people.models import Person, School
from people.references import next_reference


@dataclass(frozen=True)
class Way:
    """How a signature came about: the method, what vouches for the signer, and who saw it."""

    method: Method
    assurance: str
    witness: Person | None = None
    user_agent: str = ""


@transaction.atomic
def sign_agreement(
    *,
    obligation: Obligation,
    opened: Opened,
    typed_name: str,
    way: Way,
    mark: str = "",
    by: Person,
    at: datetime,
) -> Signature:
    """Sign what one is asked for, in the text that was open (AGR-12, domain leap 6).

    Refuses what is signed already, a text that has changed since it was opened, another person's
    obligation, a child one may not sign for, and a name that is not the signer's.
    """
    return _sign(obligation, opened, typed_name, way, mark=mark, by=by, at=at)


def _sign(
    obligation: Obligation,
    opened: Opened,
    typed_name: str,
    way: Way,
    *,
    mark: str = "",
    by: Person,
    at: datetime,
) -> Signature:
    obligation = _locked(obligation)
    signer = obligation.signer
    if by not in {signer, way.witness}:
        raise Conflicted("This is for somebody else to sign.")
    step = "sign_for_countersignature" if _countersigned(obligation) else "sign_agreement"
    OBLIGATION.check(step, obligation.state)
    check_live(obligation)
    check_family(obligation, signer)
    check_pupil_first(obligation)
    shown = shown_to(obligation.version, opened.language, obligation.roles)
    check_same_text(shown, opened.sha256)
    signature = write_signature(
        school=obligation.school,
        obligation=obligation,
        shown=shown,
        asks=obligation.asks,
        signer=signer,
        about=obligation.about,
        typed_name=clean_signed_name(typed_name, signer),
        capacity=_capacity(obligation, way),
        way=way,
        job=_job_of(signer),
        mark=mark,
        issued_at=obligation.issued_at,
        opened_at=opened.at,
        by=by,
        at=at,
    )
    _move(obligation, step, at)
    _cover_other_parents(obligation, at)
    return signature


@transaction.atomic
def sign_together(
    *,
    obligations: Sequence[Obligation],
    opened: Opened,
    typed_name: str,
    way: Way,
    by: Person,
    at: datetime,
) -> list[Signature]:
    """Sign one text for several children in one sitting, or nothing (AGR-13)."""
    return [
        _sign(one, opened, typed_name, way, by=by, at=at)
        for one in sorted(obligations, key=lambda one: one.pk)
    ]


@transaction.atomic
def sign_as_visitor(
    *,
    version: AgreementVersion,
    opened: Opened,
    typed_name: str,
    organisation: str,
    visiting: str,
    valid_until: date,
    way: Way,
    at: datetime,
) -> Signature:
    """Sign at reception, for a visit (AGR-17, R-CY-1). Refuses a text that has changed."""
    shown = shown_to(version, opened.language)
    check_same_text(shown, opened.sha256)
    return write_signature(
        school=version.school,
        shown=shown,
        asks=Asks.SIGN,
        typed_name=clean_signed_name(typed_name, None),
        capacity=Capacity.SELF,
        way=way,
        organisation=organisation,
        job=visiting,
        valid_until=valid_until,
        issued_at=opened.at,
        opened_at=opened.at,
        by="visitor",
        at=at,
    )


def write_signature(
    *, school: School, shown: Shown, way: Way, by: Person | str, at: datetime, **said: Any
) -> Signature:
    """Write, seal and record a signature, and have its certificate made.

    ``said`` are the fields of ``Signature`` that say who signed what as whom, and when it was
    issued and opened.
    """
    from agreements.tasks import make_certificate

    year = localdate(at).year
    signature = Signature(
        school=school,
        reference=f"S-{next_reference(school=school, series='signature', year=year)}",
        version=shown.version,
        shown=keep_shown(shown, school_id=school.pk, at=at),
        language=shown.text.language,
        statement=shown.text.statement,
        method=way.method,
        assurance=way.assurance,
        witness=way.witness,
        user_agent=way.user_agent[:300],
        ip=context.client_ip.get() or "",
        signed_at=at,
        seal_version=SEAL_VERSION,
        **said,
    )
    signature.seal = seal_of(sealed_fields(signature))
    signature.save(force_insert=True)
    facts = {"seal": signature.seal, "shown": shown.sha256, "method": str(way.method)}
    record("sign_agreement", signature, by=by, at=at, facts=facts)
    transaction.on_commit(
        partial(make_certificate.delay, signature_id=signature.pk, school_id=school.pk),
        robust=True,
    )
    return signature


def _locked(obligation: Obligation) -> Obligation:
    rows = Obligation.objects.select_for_update(of=("self",)).select_related(
        "agreement", "version__agreement", "signer__staff", "about"
    )
    locked = rows.get(pk=obligation.pk)
    locked.school = obligation.school  # whose settings have been read
    return locked


def _countersigned(obligation: Obligation) -> bool:
    """Return whether somebody of the school's lead has to countersign (AGR-11)."""
    agreement = obligation.agreement
    staff = agreement.audience == Audience.STAFF and agreement.kind == Kind.AGREEMENT
    return (
        staff and obligation.asks == Asks.SIGN and bool(obligation.school.setting("countersigned"))
    )


def _capacity(obligation: Obligation, way: Way) -> str:
    if obligation.about_id:
        return Capacity.PARENT
    return Capacity.WITNESSED if way.method == Method.CLASS else Capacity.SELF


def _job_of(signer: Person) -> str:
    staff = getattr(signer, "staff", None)
    return staff.job_title if staff else ""


def _move(obligation: Obligation, step: str, at: datetime) -> None:
    obligation.state = OBLIGATION.step(step).target
    obligation.changed_at = at
    obligation.save(update_fields=["state", "changed_at"])


def _cover_other_parents(obligation: Obligation, at: datetime) -> None:
    """Take the agreement off other parents' lists where one signature is enough (AGR-02)."""
    school = obligation.school
    if not obligation.about_id or school.setting("parents_needed") == "both":
        return
    if signed_by_parents(school, obligation.agreement):
        Obligation.objects.filter(
            agreement_id=obligation.agreement_id, about_id=obligation.about_id, state="due"
        ).update(state="covered", changed_at=at)

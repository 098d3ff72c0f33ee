"""Read an agreement with a class, and let pupils sign with their teacher as witness (AGR-08)."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from agreements.actions.signing import Way, sign_agreement
from agreements.marks import MARKS
from agreements.models import (
    AgreementVersion,
    Attendance,
    ClassSitting,
    Obligation,
    Signature,
)
from agreements.queries.sittings import asks_in_class, classes_led_by, pupils_of, texts_for_class
from agreements.shown import Opened
from agreements.vocabulary import Asks, Method
from agreements.workflow import CURRENT, OBLIGATION
from audit.actions import record
from common.errors import Conflicted, Refusal, StaleRecord
from people.models import Person, SchoolClass
from roles.queries import powers_of

WITNESSED = "witnessed by the teacher"


@transaction.atomic
def open_sitting(
    *,
    school_class: SchoolClass,
    version: AgreementVersion,
    language: str,
    by: Person,
    at: datetime,
) -> ClassSitting:
    """Open a text before a class (AGR-08).

    Refuses a class one may not lead, a text that is not the live one or not for this class, a
    language it is not written in, and a class that has it open.
    """
    _check_leads(school_class, by, at)
    if version not in texts_for_class(school_class):
        raise Refusal("Choose a text that is in use and meant for this class.")
    if not version.texts.filter(language=language).exists():
        raise Refusal("This text is not written in that language. Choose another one.")
    try:
        with transaction.atomic():
            sitting = ClassSitting.objects.create(
                school_id=school_class.school_id,
                school_class=school_class,
                version=version,
                language=language,
                asks=asks_in_class(version),
                teacher=by,
                opened_at=at,
            )
    except IntegrityError:
        raise Refusal(f"{school_class} has this text open already. Go on with that one.") from None
    record("open_sitting", sitting, by=by, at=at, facts={"asks": sitting.asks})
    return sitting


@transaction.atomic
def sign_in_class(
    *,
    sitting: ClassSitting,
    pupil: Person,
    mark: str,
    opened: Opened,
    user_agent: str = "",
    by: Person,
    at: datetime,
) -> Signature:
    """Let a pupil sign with a mark, with the teacher as witness (AGR-08, AGR-12).

    Refuses a reading that is closed or not for signing, a class one may not lead, a pupil of
    another class, one who has signed or is not asked, a mark that is none, and another text than
    the one the class has open.
    """
    sitting = _begin(sitting, by, at)
    _check_of_class(sitting, [pupil])
    if sitting.asks != Asks.SIGN:
        raise Refusal("This class reads the text together. Nobody has to sign.")
    if mark not in MARKS:
        raise Refusal("Choose one of the pictures.")
    signature = sign_agreement(
        obligation=_waiting(sitting, pupil),
        opened=opened,
        typed_name=pupil.full_name,
        way=Way(Method.CLASS, WITNESSED, witness=by, user_agent=user_agent),
        mark=mark,
        by=by,
        at=at,
    )
    _write_attendance(sitting, [pupil], at)
    return signature


@transaction.atomic
def mark_present(
    *, sitting: ClassSitting, pupils: Collection[Person], by: Person, at: datetime
) -> int:
    """Write down who was there; returns how many were not yet written down (AGR-08).

    Where pupils do not sign, theirs becomes “made familiar in class”. Refuses a reading that is
    closed, a class one may not lead, nobody at all, a pupil of another class and an old text.
    """
    sitting = _begin(sitting, by, at)
    if not pupils:
        raise Refusal("Say who was there.")
    _check_of_class(sitting, pupils)
    if not sitting.version.live:
        raise StaleRecord("There is a newer version of this text. Close this one and open that.")
    new = _write_attendance(sitting, pupils, at)
    familiar = _make_familiar(sitting, pupils, at)
    record("mark_present", sitting, by=by, at=at, facts={"pupils": new, "made_familiar": familiar})
    return new


@transaction.atomic
def close_sitting(
    *, sitting: ClassSitting, present: Collection[Person] = (), by: Person, at: datetime
) -> ClassSitting:
    """Close the text; who was not there stays open for another day (AGR-08).

    ``present`` are pupils to write down as there, besides those who have signed. Refuses a reading
    that is closed and a class one may not lead.
    """
    sitting = _begin(sitting, by, at)
    if present:
        mark_present(sitting=sitting, pupils=present, by=by, at=at)
    sitting.closed_at = at
    sitting.save(update_fields=["closed_at"])
    there = Attendance.objects.filter(sitting=sitting).count()
    absent = len(pupils_of(sitting.school_class)) - there
    record("close_sitting", sitting, by=by, at=at, facts={"there": there, "absent": absent})
    return sitting


def _begin(sitting: ClassSitting, by: Person, at: datetime) -> ClassSitting:
    """Lock a reading, so that two taps come one after the other."""
    rows = ClassSitting.objects.select_for_update(of=("self",))
    locked = rows.select_related("school_class__school", "version__agreement").get(pk=sitting.pk)
    _check_leads(locked.school_class, by, at)
    if locked.closed_at:
        raise Refusal("This text was closed. Open the class again.")
    return locked


def _check_leads(school_class: SchoolClass, by: Person, at: datetime) -> None:
    day = localdate(at)
    led = classes_led_by(by, powers_of(by, on=day), on=day)
    if not led.filter(pk=school_class.pk).exists():
        raise Conflicted("This class is led by somebody else.")


def _check_of_class(sitting: ClassSitting, pupils: Collection[Person]) -> None:
    if not set(pupils) <= set(pupils_of(sitting.school_class)):
        raise Refusal(f"Choose pupils of {sitting.school_class}.")


def _waiting(sitting: ClassSitting, pupil: Person) -> Obligation:
    """Return what a pupil is to sign; refuses in words when there is nothing."""
    asked = Obligation.objects.filter(
        signer=pupil, about=None, agreement=sitting.version.agreement, state__in=CURRENT
    ).first()
    name = pupil.known_as or pupil.given_name
    if asked is None:
        raise Refusal(f"{name} has nothing to sign here.")
    if asked.state == "active":
        raise Refusal(f"{name} has signed already.")
    return asked


def _write_attendance(sitting: ClassSitting, pupils: Collection[Person], at: datetime) -> int:
    known = set(Attendance.objects.filter(sitting=sitting).values_list("pupil_id", flat=True))
    rows = [
        Attendance(school_id=sitting.school_id, sitting=sitting, pupil=pupil, at=at)
        for pupil in dict.fromkeys(pupils)
        if pupil.pk not in known
    ]
    Attendance.objects.bulk_create(rows)
    return len(rows)


def _make_familiar(sitting: ClassSitting, pupils: Collection[Person], at: datetime) -> int:
    step = OBLIGATION.step("make_familiar")
    rows = Obligation.objects.filter(
        signer__in=list(pupils),
        about=None,
        agreement=sitting.version.agreement,
        version=sitting.version,
        asks=Asks.FAMILIARISE,
        state__in=step.sources,
    )
    return rows.update(state=step.target, changed_at=at)

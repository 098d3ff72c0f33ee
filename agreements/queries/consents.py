"""What counts for a pupil: the answers in force, and who may give them (CON-02, CON-09).

Everybody's latest answer counts while they may decide for the pupil. One no outweighs any yes, and
nothing answered is no. A no outlives the right of whoever gave it, until somebody who may decide
says yes afterwards: an ended link in the register must not put a child's picture on show.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

from agreements.audience import SIGNS, may_sign_for
from agreements.models import Consent, ConsentPurpose
from agreements.vocabulary import Answer, ConsentKind
from people.models import CarerLink, Person, School

REFUSALS = (Answer.NO, Answer.WITHDRAWN)
WHYS = {
    "given": "Yes",
    "refused": "No",
    "differs": "Parents differ, so no",
    "expired": "Run out, so no",
    "unanswered": "No answer, so no",
}
INTERNET = "internet"
Use = tuple[int, str]


@dataclass(frozen=True)
class Standing:
    """What counts for one pupil and one use: "yes" or "no", and why."""

    answer: str
    why: str

    @property
    def differs(self) -> bool:
        """Return whether people who may decide said different things (CON-02)."""
        return self.why == "differs"

    @property
    def label(self) -> str:
        """Return it in words."""
        return WHYS[self.why]


UNANSWERED = Standing("no", "unanswered")


def purposes_of(school: School) -> QuerySet[ConsentPurpose, ConsentPurpose]:
    """Return everything a school asks or ever asked consent for."""
    return ConsentPurpose.objects.filter(school=school).select_related("changed_by")


def purpose_of(school: School, pk: int) -> ConsentPurpose | None:
    """Return one purpose of a school."""
    return purposes_of(school).filter(pk=pk).first()


def asked_now(school: School, *, individual: bool = False) -> list[ConsentPurpose]:
    """Return what a school asks now: once for all, or each time for one use (CON-04)."""
    return list(purposes_of(school).filter(active=True, individual=individual))


def questions_for(pupil: Person, signer: Person) -> list[ConsentPurpose]:
    """Return what is asked about a pupil of one person: of pupils themselves only pictures."""
    questions = asked_now(pupil.school)
    if signer.pk != pupil.pk:
        return questions
    return [one for one in questions if one.kind == ConsentKind.IMAGE]


def may_decide(signer: Person, pupil: Person, *, on: date) -> bool:
    """Return whether somebody may give or refuse consent for a pupil on a day (CON-02, R-DP-6).

    Whoever may sign for the pupil, and pupils themselves from the age the school has set; without
    a date of birth nobody is taken to be old enough.
    """
    if signer.pk == pupil.pk:
        return is_old_enough(pupil, on=on)
    return may_sign_for(signer, pupil)


def is_old_enough(pupil: Person, *, on: date) -> bool:
    """Return whether a pupil answers for their own pictures on a day (CON-04, f.43)."""
    latest = _born_by(pupil.school, on)
    return pupil.kind == Person.Kind.PUPIL and bool(pupil.birth_date and pupil.birth_date <= latest)


def decides_about(signer: Person, pk: int, *, on: date) -> Person | None:
    """Return the pupil of a number if the person may decide for them, else None."""
    pupil = Person.objects.filter(
        school=signer.school_id, pk=pk, kind=Person.Kind.PUPIL
    ).select_related("school")
    found = pupil.first()
    return found if found and may_decide(signer, found, on=on) else None


def deciders_of(pupil: Person, *, on: date) -> list[Person]:
    """Return who may decide for a pupil on a day: parents and carers, then the pupil."""
    links = CarerLink.objects.filter(pupil=pupil, **SIGNS).select_related("carer")
    people = [link.carer for link in links.order_by("carer__family_name", "pk")]
    return [*people, pupil] if is_old_enough(pupil, on=on) else people


def counted(school: School, *, on: date) -> QuerySet[Any, Any]:
    """Return the answers that count on a day, each with its ``verdict``: yes, no or expired.

    Purposes the school asks no more are left out.
    """
    entitled = _entitled(_born_by(school, on))
    later_yes = Consent.objects.filter(
        entitled,
        pupil=OuterRef("pupil"),
        purpose=OuterRef("purpose"),
        detail=OuterRef("detail"),
        superseded_at=None,
        answer=Answer.YES,
        given_at__gt=OuterRef("given_at"),
    )
    latest = Consent.objects.filter(school=school, superseded_at=None, purpose__active=True)
    return latest.filter(
        entitled | (Q(answer__in=REFUSALS) & ~Exists(later_yes)),
    ).annotate(
        verdict=Case(
            When(answer__in=REFUSALS, then=Value("no")),
            When(end_date__lt=on, then=Value("expired")),
            default=Value("yes"),
            output_field=CharField(),
        )
    )


def standing_of_consents(pupils: Collection[Person], *, on: date) -> dict[int, dict[int, Standing]]:
    """Return what counts for pupils by their number and the purpose's: three queries.

    Holds what is asked once for all; single uses stand in ``standing_of_uses`` (CON-04).
    """
    if not pupils:
        return {}
    school = next(iter(pupils)).school
    asked = asked_now(school)
    uses = standing_of_uses(school, pupils, on=on)
    return {
        pupil.pk: {one.pk: uses[pupil.pk].get((one.pk, ""), UNANSWERED) for one in asked}
        for pupil in pupils
    }


def standing_of_uses(
    school: School, pupils: Iterable[Person], *, on: date
) -> dict[int, dict[Use, Standing]]:
    """Return what counts by pupil for each (purpose, description) that was answered. One query."""
    found: dict[int, dict[Use, set[str]]] = {pupil.pk: {} for pupil in pupils}
    rows = counted(school, on=on).filter(pupil__in=list(found)).order_by()
    for pupil, purpose, detail, verdict in rows.values_list(
        "pupil_id", "purpose_id", "detail", "verdict"
    ):
        found[pupil].setdefault((purpose, detail), set()).add(verdict)
    return {
        pupil: {use: judge(verdicts) for use, verdicts in uses.items()}
        for pupil, uses in found.items()
    }


def judge(verdicts: set[str]) -> Standing:
    """Return what several people's answers come to: one no is no, and is flagged (CON-02)."""
    if "no" in verdicts:
        return Standing("no", "differs" if "yes" in verdicts else "refused")
    if "yes" in verdicts:
        return Standing("yes", "given")
    return Standing("no", "expired") if "expired" in verdicts else UNANSWERED


def may_be_shown(pupil: Person, purpose_code: str, *, on: date, detail: str = "") -> bool:
    """Return whether a pupil may be shown for a purpose on a day (CON-02, CON-04).

    A purpose that is asked each time needs the ``detail`` of the use; one the school does not know
    or asks no more is no.
    """
    purpose = purposes_of(pupil.school).filter(code=purpose_code, kind=ConsentKind.IMAGE).first()
    if purpose is None or purpose.individual != bool(detail):
        return False
    uses = standing_of_uses(pupil.school, [pupil], on=on)[pupil.pk]
    return uses.get((purpose.pk, detail), UNANSWERED).answer == "yes"


def with_standing(
    school: School, purposes: Collection[ConsentPurpose], *, on: date
) -> dict[str, Q]:
    """Return the conditions under which some of the purposes stand in a way, by that way.

    ``no`` is every reason for no; the names are those of ``Standing.why`` besides.
    """
    answers = counted(school, on=on).filter(pupil=OuterRef("pk"), detail="")
    found = {why: Q(pk__in=[]) for why in (*WHYS, "no")}
    for purpose in purposes:
        here = answers.filter(purpose=purpose)
        yes, no = Exists(here.filter(verdict="yes")), Exists(here.filter(verdict="no"))
        expired = Exists(here.filter(verdict="expired"))
        found["given"] |= Q(yes) & ~Q(no)
        found["refused"] |= Q(no) & ~Q(yes)
        found["differs"] |= Q(no) & Q(yes)
        found["expired"] |= Q(expired) & ~Q(yes) & ~Q(no)
        found["unanswered"] |= ~Q(expired) & ~Q(yes) & ~Q(no)
        found["no"] |= Q(no) | ~Q(yes)
    return found


def latest_answers(pupil: Person, given_by: Person) -> dict[Use, Consent]:
    """Return somebody's own answers in force about a pupil by purpose and description."""
    rows = Consent.objects.filter(pupil=pupil, given_by=given_by, superseded_at=None)
    return {(row.purpose_id, row.detail): row for row in rows.select_related("purpose")}


def history_of(pupil: Person) -> list[Consent]:
    """Return every answer ever given about a pupil, newest first (CON-09)."""
    rows = Consent.objects.filter(pupil=pupil).select_related("purpose", "given_by", "recorded_by")
    return list(rows.order_by("-recorded_at", "-pk"))


def _entitled(born_by: date) -> Q:
    """Return the condition that an answer's giver may decide now."""
    links = CarerLink.objects.filter(pupil=OuterRef("pupil"), carer=OuterRef("given_by"), **SIGNS)
    own = Q(given_by=F("pupil"), pupil__birth_date__lte=born_by, purpose__kind=ConsentKind.IMAGE)
    return own | Q(Exists(links))


def _born_by(school: School, on: date) -> date:
    """Return the last birthday of those who are old enough on a day."""
    year = on.year - int(school.setting("own_consent_age"))
    try:
        return on.replace(year=year)
    except ValueError:  # the 29th of February
        return date(year, 2, 28)

"""Who is asked for an agreement on a day: role, key stage and family decide, never a list."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from agreements.models import Agreement, AgreementVersion
from agreements.vocabulary import PUPILS, STAGES, Asks, Audience, Kind
from people.models import CarerLink, Person, PupilEnrolment, School
from people.queries import current_people
from roles.queries import assignments_on

KINDS: dict[str, str] = {
    Audience.STAFF: Person.Kind.STAFF,
    Audience.GOVERNOR: Person.Kind.GOVERNOR,
    Audience.VOLUNTEER: Person.Kind.VOLUNTEER,
    Audience.EXTERNAL: Person.Kind.EXTERNAL,
}
ASKED_SETTING: dict[str, str] = {
    Audience.STAFF: "staff_asked",
    Audience.GOVERNOR: "governor_asked",
    Audience.VOLUNTEER: "volunteer_asked",
    Audience.EXTERNAL: "external_asked",
    Audience.PARENT: "parent_asked",
    Audience.PUPIL_KS1: "pupil_asked",
    Audience.PUPIL_KS2: "pupil_asked",
    Audience.PUPIL_SECONDARY: "pupil_asked",
}
CYCLE_SETTING: dict[str, str] = {
    Audience.STAFF: "staff_cycle",
    Audience.VOLUNTEER: "staff_cycle",
    Audience.EXTERNAL: "staff_cycle",
    Audience.GOVERNOR: "governor_cycle",
    Audience.PARENT: "parent_cycle",
    Audience.PUPIL_KS1: "pupil_cycle",
    Audience.PUPIL_KS2: "pupil_cycle",
    Audience.PUPIL_SECONDARY: "pupil_cycle",
}

# Whose links in the register let them sign and decide for a pupil (domain R-DP-4).
SIGNS = {
    "end_date": None,
    "may_sign": True,
    "parental_responsibility": True,
    "no_contact": False,
}


@dataclass(frozen=True)
class Pair:
    """Who signs (a person's number), and about which pupil (0 for themselves)."""

    signer: int
    about: int = 0


@dataclass
class Expected:
    """Everybody an agreement is asked of, with those of their roles that open clauses of it."""

    asks: str
    pairs: dict[Pair, list[str]] = field(default_factory=dict)


def asked_of(school: School, agreement: Agreement) -> str:
    """Return what the audience of an agreement does with it by the school's rules, "" for nothing.

    Visitors are never asked beforehand: they sign when they come (AGR-02, AGR-17).
    """
    if agreement.audience == Audience.VISITOR:
        return ""
    if agreement.kind == Kind.POLICY:
        return Asks.ACKNOWLEDGE if school.setting("policy_acknowledged") else ""
    asked = str(school.setting(ASKED_SETTING[agreement.audience]))
    return "" if asked == "none" else asked


def renewed_yearly(school: School, agreement: Agreement) -> bool:
    """Return whether the audience is asked again every school year (AGR-06)."""
    setting = CYCLE_SETTING.get(agreement.audience)
    return setting is not None and school.setting(setting) == "yearly"


def signed_by_parents(school: School, agreement: Agreement) -> bool:
    """Return whether parents sign this agreement for a pupil (AGR-04)."""
    if agreement.audience == Audience.PARENT:
        return True
    by_parent = school.setting("ks1_signer") == "parent"
    signs = asked_of(school, agreement) == Asks.SIGN
    return agreement.audience == Audience.PUPIL_KS1 and by_parent and signs


def expected_on(version: AgreementVersion, *, school: School, on: date) -> Expected:
    """Return who a live version is asked of on a day. At most three queries."""
    agreement = version.agreement
    found = Expected(asks=asked_of(school, agreement))
    if not found.asks:
        return found
    pairs = _pairs(school, agreement, on)
    holders = _holders(school, limited_roles(version), on) if pairs else {}
    found.pairs = {pair: sorted(holders.get(pair.signer, ())) for pair in pairs}
    return found


def limited_roles(version: AgreementVersion) -> set[str]:
    """Return the roles for which some clause of a version is meant alone (AGR-18)."""
    return {
        code
        for text in version.texts.all()
        for clause in text.clauses
        for code in clause.get("roles", ())
    }


def stages_of(audience: str) -> list[str]:
    """Return the key stages an audience of pupils covers."""
    return [stage for stage, covered in STAGES.items() if covered == audience]


def may_sign_for(carer: Person, pupil: Person) -> bool:
    """Return whether somebody may sign for a pupil now (AGR-04, domain R-DP-4)."""
    return CarerLink.objects.filter(**SIGNS, carer=carer, pupil=pupil).exists()


def _pairs(school: School, agreement: Agreement, on: date) -> list[Pair]:
    if agreement.audience in KINDS:
        people = current_people(school, on=on).filter(kind=KINDS[agreement.audience])
        return [Pair(number) for number in people.values_list("pk", flat=True)]
    pupils = PupilEnrolment.objects.filter(
        school=school, end_date=None, start_date__lte=on, pupil__in=current_people(school, on=on)
    )
    if agreement.audience in PUPILS:
        pupils = pupils.filter(key_stage__in=stages_of(agreement.audience))
    numbers = pupils.order_by("pupil_id").values_list("pupil_id", flat=True)
    if not signed_by_parents(school, agreement):
        return [Pair(number) for number in numbers]
    links = CarerLink.objects.filter(
        **SIGNS, school=school, pupil__in=numbers, carer__left_date=None
    )
    return [Pair(carer, pupil) for carer, pupil in links.values_list("carer_id", "pupil_id")]


def _holders(school: School, codes: Iterable[str], on: date) -> dict[int, set[str]]:
    held: dict[int, set[str]] = {}
    wanted = list(codes)
    if wanted:
        rows = assignments_on(school, on).filter(role__code__in=wanted)
        for person, code in rows.values_list("person_id", "role__code"):
            held.setdefault(person, set()).add(code)
    return held

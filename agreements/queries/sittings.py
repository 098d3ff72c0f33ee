"""Read what classes have read, who of a class has signed, and who may lead a class (AGR-08)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import make_aware

from agreements.audience import asked_of, signed_by_parents
from agreements.models import AgreementVersion, Attendance, ClassSitting, Obligation
from agreements.queries.texts import live_versions
from agreements.vocabulary import PUPILS, STAGES, Asks
from agreements.workflow import CURRENT
from people.calendar import school_year_of
from people.models import AcademicYear, Person, PupilEnrolment, School, SchoolClass, Term
from people.queries import term_on
from roles.queries import acting_for

# Those who ask people to sign, or approve the texts, may read them with any class.
ANY_CLASS = frozenset({"issue_agreements", "approve_agreement"})
SIGNED = ("active", "familiarised")


def classes_led_by(
    person: Person, powers: Collection[str], *, on: date
) -> QuerySet[SchoolClass, SchoolClass]:
    """Return the classes with which somebody may read an agreement on a day (AGR-08).

    A teacher's own and those of a teacher they cover that day (ROL-04); every class for those who
    ask people to sign. None without the power.
    """
    classes = SchoolClass.objects.filter(school=person.school_id)
    if "lead_sitting" not in powers:
        return classes.none()
    if ANY_CLASS.intersection(powers):
        return classes
    covered = acting_for(person, on=on)
    teachers = [row.covers_id for row in covered if row.role.code == "teacher"]
    return classes.filter(Q(teacher=person) | Q(teacher__assignments__in=teachers)).distinct()


def register_of_classes(
    classes: QuerySet[SchoolClass, SchoolClass],
) -> QuerySet[SchoolClass, SchoolClass]:
    """Return classes that have pupils, each with ``pupils`` and ``last_read``. One query."""
    read = ClassSitting.objects.filter(school_class=OuterRef("pk")).filter(_attended())
    return (
        classes.annotate(
            pupils=Count("enrolments__pupil", filter=Q(enrolments__end_date=None), distinct=True),
            last_read=Subquery(read.order_by("-opened_at").values("opened_at")[:1]),
        )
        .filter(pupils__gt=0)
        .select_related("teacher")
        .order_by("name")
    )


@dataclass(frozen=True)
class ClassRow:
    """One class in the list: how many are asked and have signed, and whether it has read."""

    school_class: SchoolClass
    asked: int
    signed: int
    read: bool
    open_sittings: list[ClassSitting]

    @property
    def outstanding(self) -> int:
        """Return how many pupils of the class have not signed yet."""
        return self.asked - self.signed


def class_rows(classes: Iterable[SchoolClass], *, since: datetime) -> list[ClassRow]:
    """Return what the list shows of classes from ``register_of_classes``. Two queries."""
    found = list(classes)
    numbers = [one.pk for one in found]
    asked = _asked_by_class(numbers)
    running: dict[int, list[ClassSitting]] = {}
    for sitting in ClassSitting.objects.filter(
        school_class__in=numbers, closed_at=None
    ).select_related("version__agreement"):
        running.setdefault(sitting.school_class_id, []).append(sitting)
    return [
        ClassRow(
            school_class=one,
            asked=asked.get(one.pk, (0, 0))[0],
            signed=asked.get(one.pk, (0, 0))[1],
            read=bool(one.last_read and one.last_read >= since),  # type: ignore[attr-defined]
            open_sittings=running.get(one.pk, []),
        )
        for one in found
    ]


def read_since(school: School, *, on: date) -> datetime:
    """Return from when on a reading counts: this term or this school year (AGR-08)."""
    return make_aware(datetime.combine(_period_start(school, on), time.min))


def classes_to_read(
    school: School, *, on: date, teacher: Person | None = None
) -> list[SchoolClass]:
    """Return the classes with a teacher that have not read their agreement this period (AGR-08).

    None where the school does not ask for it, outside its terms, or before a text is published.
    """
    taught = Q(teacher=teacher) if teacher else Q(teacher__isnull=False)
    classes = list(register_of_classes(SchoolClass.objects.filter(taught, school=school)))
    if not classes:
        return []
    never = school.setting("discussed") == "never" or term_on(school, on) is None
    texts = {version.agreement.audience for version in live_versions(school)}
    if never or not texts.intersection(PUPILS):
        return []
    since = read_since(school, on=on)
    return [
        one
        for one in classes
        if one.last_read is None or one.last_read < since  # type: ignore[attr-defined]
    ]


def sittings_of(
    classes: QuerySet[SchoolClass, SchoolClass],
) -> QuerySet[ClassSitting, ClassSitting]:
    """Return the readings of classes, newest first, with how many pupils were there."""
    return (
        ClassSitting.objects.filter(school_class__in=classes)
        .select_related("school_class", "version__agreement", "teacher")
        .annotate(there=Count("attendances"))
        .order_by("-opened_at", "-pk")
    )


def open_sitting_of(school_class: SchoolClass, version: AgreementVersion) -> ClassSitting | None:
    """Return the reading of a text that a class has open now."""
    return ClassSitting.objects.filter(
        school_class=school_class, version=version, closed_at=None
    ).first()


def texts_for_class(school_class: SchoolClass) -> list[AgreementVersion]:
    """Return the live versions for pupils of the key stages in a class, with their texts."""
    stages = enrolments_of(school_class).values_list("key_stage", flat=True)
    audiences = {STAGES[stage] for stage in stages}
    return [
        one for one in live_versions(school_class.school) if one.agreement.audience in audiences
    ]


def asks_in_class(version: AgreementVersion) -> str:
    """Return what a class does with a text: sign it, or be made familiar with it (AGR-02, AGR-08).

    Where parents sign for the pupils, or pupils are not asked, the class reads it all the same.
    """
    school, agreement = version.school, version.agreement
    if asked_of(school, agreement) == Asks.SIGN and not signed_by_parents(school, agreement):
        return Asks.SIGN
    return Asks.FAMILIARISE


@dataclass(frozen=True)
class Sitter:
    """A pupil on the class page: a name, and whether they have signed. Nothing else."""

    pupil: Person
    signed: bool
    waiting: bool
    there: bool


def sitters_of(sitting: ClassSitting) -> list[Sitter]:
    """Return the pupils of the class in the order of their first names. Three queries."""
    pupils = pupils_of(sitting.school_class)
    rows = Obligation.objects.filter(
        signer__in=pupils,
        about=None,
        agreement_id=sitting.version.agreement_id,
        state__in=CURRENT,
    )
    states = dict(rows.values_list("signer_id", "state"))
    there = set(Attendance.objects.filter(sitting=sitting).values_list("pupil_id", flat=True))
    return [
        Sitter(
            pupil,
            signed=states.get(pupil.pk) in SIGNED,
            waiting=states.get(pupil.pk) == "due",
            there=pupil.pk in there,
        )
        for pupil in pupils
    ]


def pupils_of(school_class: SchoolClass) -> list[Person]:
    """Return the pupils who are in a class now, by their first names. One query."""
    rows = enrolments_of(school_class).select_related("pupil")
    pupils = [row.pupil for row in rows]
    return sorted(
        pupils,
        key=lambda one: ((one.known_as or one.given_name).casefold(), one.family_name.casefold()),
    )


def enrolments_of(school_class: SchoolClass) -> QuerySet[PupilEnrolment, PupilEnrolment]:
    """Return the places now taken in a class by pupils who have not left."""
    return PupilEnrolment.objects.filter(
        school_class=school_class, end_date=None, pupil__left_date=None
    )


def _attended() -> Exists:
    return Exists(Attendance.objects.filter(sitting=OuterRef("pk")))


def _asked_by_class(classes: list[int]) -> dict[int, tuple[int, int]]:
    """Return how many pupils of each class are asked themselves, and how many of them are done."""
    rows = Obligation.objects.filter(
        about=None,
        state__in=("due", *SIGNED),
        agreement__audience__in=PUPILS,
        signer__enrolments__school_class__in=classes,
        signer__enrolments__end_date=None,
    )
    counted = (
        rows.order_by()
        .values("signer__enrolments__school_class")
        .annotate(asked=Count("pk"), signed=Count("pk", filter=Q(state__in=SIGNED)))
    )
    return {
        row["signer__enrolments__school_class"]: (row["asked"], row["signed"]) for row in counted
    }


def _period_start(school: School, on: date) -> date:
    periods: QuerySet = (
        Term.objects.filter(school=school)
        if school.setting("discussed") == "term"
        else AcademicYear.objects.filter(school=school)
    )
    latest = periods.filter(start_date__lte=on).order_by("-start_date").first()
    return latest.start_date if latest else date(school_year_of(on), 9, 1)

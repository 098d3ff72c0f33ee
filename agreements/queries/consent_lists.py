"""Lists over the consents of a school: the register, the photo list, coverage, reminders."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery

from agreements.audience import SIGNS
from agreements.models import Consent, ConsentPurpose
from agreements.queries.consents import (
    INTERNET,
    UNANSWERED,
    Standing,
    asked_now,
    counted,
    judge,
    purposes_of,
    standing_of_uses,
    with_standing,
)
from agreements.vocabulary import ConsentKind
from people.models import CarerLink, Person, PupilEnrolment, School, SchoolClass
from people.queries import current_people, term_on

AUTUMN_BEGINS = (8, 9)


def pupils_here(school: School, *, on: date) -> QuerySet[Person, Person]:
    """Return the pupils at a school on a day, with ``class_name``, by class and name."""
    place = PupilEnrolment.objects.filter(pupil=OuterRef("pk"), end_date=None)
    return (
        current_people(school, on=on)
        .filter(kind=Person.Kind.PUPIL)
        .select_related("school")
        .annotate(class_name=Subquery(place.values("school_class__name")[:1]))
        .order_by("class_name", "family_name", "given_name", "pk")
    )


def pupil_here(school: School, pk: int, *, on: date) -> Person | None:
    """Return one pupil who is at the school on a day, with ``class_name``."""
    return pupils_here(school, on=on).filter(pk=pk).first()


def classes_of(school: School) -> list[tuple[str, str]]:
    """Return a school's classes as choices of a form."""
    groups = SchoolClass.objects.filter(school=school).values_list("pk", "name")
    return [(str(pk), name) for pk, name in groups]


def in_class(pupils: QuerySet[Person], group: str) -> QuerySet[Person]:
    """Narrow pupils to those who are in a class now."""
    places = PupilEnrolment.objects.filter(school_class=int(group), end_date=None)
    return pupils.filter(pk__in=places.values("pupil"))


def standing_in_order(
    school: School, pupils: Sequence[Person], asked: Sequence[ConsentPurpose], *, on: date
) -> list[tuple[Person, list[tuple[ConsentPurpose, Standing]]]]:
    """Return pupils with what counts for each purpose, in the order asked. One query."""
    uses = standing_of_uses(school, pupils, on=on)
    return [
        (pupil, [(one, uses[pupil.pk].get((one.pk, ""), UNANSWERED)) for one in asked])
        for pupil in pupils
    ]


def no_photo_list(school: School, *, on: date) -> QuerySet[Person, Person]:
    """Return the pupils of whom some kind of picture must not be made or shown (CON-08).

    Nobody is on it while the school asks for no pictures at all.
    """
    images = _images(school)
    if not images:
        return pupils_here(school, on=on).none()
    return pupils_here(school, on=on).filter(with_standing(school, images, on=on)["no"])


def not_for(school: School, pupils: Sequence[Person], *, on: date) -> dict[int, list[str]]:
    """Return by pupil for what no picture may be used; [] when for nothing at all. Two queries.

    Why stands nowhere in it: staff and volunteers need not know (CON-08).
    """
    images = _images(school)
    found = {}
    for pupil, standings in standing_in_order(school, pupils, images, on=on):
        barred = [one.label for one, standing in standings if standing.answer == "no"]
        found[pupil.pk] = [] if len(barred) == len(images) else barred
    return found


def without_internet(school: School, *, on: date) -> QuerySet[Person, Person]:
    """Return the pupils for whom the internet was refused (CON-01)."""
    asked = [one for one in asked_now(school) if one.code == INTERNET]
    found = with_standing(school, asked, on=on)
    return pupils_here(school, on=on).filter(found["refused"] | found["differs"])


def photo_list_changed(school: School) -> datetime | None:
    """Return when an answer or a question behind the photo list last changed."""
    latest = Consent.objects.filter(school=school, purpose__kind=ConsentKind.IMAGE)
    asked = purposes_of(school).filter(kind=ConsentKind.IMAGE)
    moments = [
        latest.aggregate(at=Max("recorded_at"))["at"],
        asked.aggregate(at=Max("changed_at"))["at"],
    ]
    return max((moment for moment in moments if moment), default=None)


@dataclass
class Tally:
    """How many pupils stand how for one purpose or class."""

    label: str
    pupils: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def figures(self) -> list[int]:
        """Return yes, no, differing, run out and unanswered."""
        ways = ("given", "refused", "differs", "expired", "unanswered")
        return [self.counts[way] for way in ways]

    @property
    def answered(self) -> int:
        """Return for how many somebody has answered, whatever it was."""
        return self.counts["given"] + self.counts["refused"] + self.counts["differs"]

    @property
    def parts(self) -> list[int]:
        """Return yes, no and no answer, differing and run out among them."""
        refused = self.counts["refused"] + self.counts["differs"]
        missing = self.counts["unanswered"] + self.counts["expired"]
        return [self.counts["given"], refused, missing]

    @property
    def percentages(self) -> list[int]:
        """Return yes, no and no answer in whole percent; governors see no more (CON-14)."""
        return [_percent(part, self.counts.total()) for part in self.parts]


@dataclass(frozen=True)
class Coverage:
    """How far a school's consents are answered: by purpose and by class."""

    purposes: list[Tally]
    classes: list[Tally]
    pupils: int

    @property
    def complete(self) -> int:
        """Return the percentage of all questions that have been answered."""
        whole = sum(one.counts.total() for one in self.purposes)
        return _percent(sum(one.answered for one in self.purposes), whole)


def coverage_of_consents(school: School, *, on: date, group: str = "") -> Coverage:
    """Return how many answers are recorded, refused, run out or missing (CON-14). Three queries."""
    pupils: QuerySet[Any, Any] = pupils_here(school, on=on)
    if group:
        pupils = in_class(pupils, group)
    places = dict(pupils.values_list("pk", "class_name"))
    asked = asked_now(school)
    verdicts: dict[tuple[int, int], set[str]] = {}
    rows = counted(school, on=on).filter(detail="").order_by()
    for pupil, purpose, verdict in rows.values_list("pupil_id", "purpose_id", "verdict"):
        verdicts.setdefault((pupil, purpose), set()).add(verdict)
    by_purpose = {one.pk: Tally(one.label, len(places)) for one in asked}
    by_class: dict[str, Tally] = {}
    for pupil, name in places.items():
        tally = by_class.setdefault(name or "", Tally(name or "No class"))
        tally.pupils += 1
        for one in asked:
            why = judge(verdicts.get((pupil, one.pk), set())).why
            by_purpose[one.pk].counts[why] += 1
            tally.counts[why] += 1
    classes = [by_class[name] for name in sorted(by_class)]
    return Coverage(list(by_purpose.values()), classes, len(places))


def consent_reminders(school: School, *, on: date) -> list[tuple[int, str]]:
    """Return whom to remind of the consents they gave, with the period (CON-03).

    Once each autumn term, where the school does so: every parent or carer with parental
    responsibility and an address, and never one with whom there must be no contact. Whoever sends
    keeps each pair, so that nobody is reminded twice. It is no new consent.
    """
    term = term_on(school, on) if school.setting("consent_reminder") else None
    if term is None or term.start_date.month not in AUTUMN_BEGINS:
        return []
    links = CarerLink.objects.filter(end_date=None, school=school)
    pupils = current_people(school, on=on).filter(kind=Person.Kind.PUPIL)
    carers = (
        current_people(school, on=on)
        .filter(pk__in=links.filter(**SIGNS, pupil__in=pupils).values("carer"))
        .exclude(pk__in=links.filter(no_contact=True).values("carer"))
        .exclude(email="")
    )
    period = f"autumn-{term.start_date.year}"
    return [(pk, period) for pk in carers.order_by("pk").values_list("pk", flat=True)]


def _images(school: School) -> list[ConsentPurpose]:
    return [one for one in asked_now(school) if one.kind == ConsentKind.IMAGE]


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0

"""Who has signed and who has not: coverage and the outstanding list (AGR-03)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Expression,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.lookups import IsNull

from agreements.models import Agreement, Obligation, Question, Signature
from agreements.workflow import CURRENT, MET, OPEN
from common.asking import counts_of
from people.models import Notice, Person, PupilEnrolment, School
from people.models.pupils import year_words
from reminders.models import Reminder
from roles.queries import assignments_on

# The pupil of an obligation, for a subquery. Behind row-level security PostgreSQL uses an index
# with CASE, which it knows to be leak-proof, and not with COALESCE.
PUPIL_OF_OUTER = Case(
    When(IsNull(OuterRef("about"), False), then=OuterRef("about")), default=OuterRef("signer")
)
GROUPS = {"agreement": "Agreement", "class": "Class", "year": "Year group", "role": "Role"}


@dataclass(frozen=True)
class Coverage:
    """How many of a group are done, and how many are not."""

    name: str
    total: int
    met: int
    late: int
    declined: int
    key: str = ""

    @property
    def outstanding(self) -> int:
        """Return how many still have to answer."""
        return self.total - self.met - self.declined

    @property
    def percent(self) -> int:
        """Return the share that is done, rounded down so that 100 means all."""
        return self.met * 100 // self.total if self.total else 100


def coverage_by(group: str, school: School, *, on: date) -> list[Coverage]:
    """Return the coverage of a school's groups, in the order of their names. One query.

    A group is an agreement, a class or year (of the pupil signed for) or a role of the signer.
    """
    rows: QuerySet = Obligation.objects.filter(school=school, state__in=CURRENT)
    if group == "role":
        rows = rows.filter(signer__assignments__in=assignments_on(school, on))
    counted = (
        rows.annotate(**_grouping(group))
        .values("name", "key")
        .annotate(**_counts(on))
        .order_by("name")
    )
    found = [Coverage(**row) for row in counted if row["key"]]
    return _in_school_order(found) if group == "year" else found


def _grouping(group: str) -> dict[str, Any]:
    if group == "agreement":
        return {"name": F("agreement__title"), "key": F("agreement__code")}
    if group == "role":  # of the assignments that were filtered for
        role = "signer__assignments__role"
        return {"name": F(f"{role}__label"), "key": F(f"{role}__code")}
    column = "school_class__name" if group == "class" else "year_group"
    return {"name": _of_pupil(column), "key": _of_pupil(column)}


def coverage_in_all(school: School, *, on: date) -> Coverage:
    """Return the coverage of the whole school. One query."""
    rows = Obligation.objects.filter(school=school, state__in=CURRENT)
    return Coverage(name="Everybody", **rows.aggregate(**_counts(on)))


def counts_in_all(school: School, *, on: date) -> Expression:
    """Return the question for the coverage of the whole school, to be asked with others."""
    rows = Obligation.objects.filter(school=school, state__in=CURRENT)
    return counts_of(rows, **_counts(on))


@dataclass(frozen=True)
class Asked:
    """One row of the register, with when the signer was last reminded and whether mail arrives."""

    row: Obligation
    reminded_at: datetime | None
    refused: str


def with_mail(rows: Iterable[Obligation]) -> list[Asked]:
    """Return rows with what is known of the mail to their signers. One query for all of them.

    An address counts as refused until it is changed or has taken a mail (SYS-04).
    """
    found = list(rows)
    settled = Notice.objects.filter(person=OuterRef("pk")).exclude(sent_at=None, failed_at=None)
    last = settled.order_by("-queued_at", "-pk")
    reminders = Reminder.objects.filter(person=OuterRef("pk"), duty="agreement_to_sign")
    mail = {
        pk: (reminded, failure if address and address == refused else "")
        for pk, address, reminded, refused, failure in Person.objects.filter(
            pk__in={row.signer_id for row in found}
        ).values_list(
            "pk",
            "email",
            Subquery(reminders.order_by("-made_at").values("made_at")[:1]),
            Subquery(last.values("refused_address")[:1]),
            Subquery(last.values("failure")[:1]),
        )
    }
    return [
        Asked(row, mail[row.signer_id][0] if row.state in OPEN else None, mail[row.signer_id][1])
        for row in found
    ]


def obligations_in(school: School) -> QuerySet[Obligation, Obligation]:
    """Return all that counts now at a school, answered or not, with its pupil's class."""
    return (
        Obligation.objects.filter(school=school, state__in=CURRENT)
        .select_related("agreement", "version", "signer", "about", "decided_by")
        .annotate(class_name=_of_pupil("school_class__name"))
    )


def waiting_for_countersignature(school: School) -> QuerySet[Signature, Signature]:
    """Return the signatures of staff that wait for the headteacher or deputy, oldest first."""
    return (
        Signature.objects.filter(
            school=school, obligation__state="countersign", end=None, countersignature=None
        )
        .select_related("signer", "version__agreement", "obligation")
        .order_by("signed_at")
    )


def signatures_without_certificate(school: School, *, before: datetime) -> list[int]:
    """Return the numbers of signatures whose certificate should be there and is not."""
    rows = Signature.objects.filter(school=school, certificate=None, signed_at__lt=before)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:500])


def _counts(on: date) -> dict[str, Count]:
    return {
        "total": Count("pk"),
        "met": Count("pk", filter=Q(state__in=MET)),
        "late": Count("pk", filter=Q(state__in=OPEN, due_date__lt=on)),
        "declined": Count("pk", filter=Q(state__in=["declined", "withdrawn"])),
    }


def _of_pupil(column: str) -> Subquery:
    """Return what an obligation's pupil is enrolled in now; none for adults' own."""
    places = PupilEnrolment.objects.filter(pupil=PUPIL_OF_OUTER, end_date=None)
    return Subquery(places.values(column)[:1], output_field=CharField(null=True))


def _in_school_order(found: list[Coverage]) -> list[Coverage]:
    order = {"N": -2, "R": -1}
    found.sort(key=lambda row: order.get(row.key, int(row.key) if row.key.isdigit() else 99))
    return [
        Coverage(year_words(row.key), row.total, row.met, row.late, row.declined, row.key)
        for row in found
    ]


def agreement_choices(school: School) -> list[tuple[str, str]]:
    """Return a school's agreements as choices of a filter."""
    return list(Agreement.objects.filter(school=school).values_list("code", "title"))


def obligation_or_none(school: School, pk: int) -> Obligation | None:
    """Return what one person is asked for, by its number, with what its page shows."""
    rows = Obligation.objects.filter(school=school, pk=pk)
    return rows.select_related(
        "school", "agreement", "version__agreement", "signer", "about", "decided_by"
    ).first()


def rounds_of(obligation: Obligation) -> list[Obligation]:
    """Return every round of an agreement with one signer, newest first. Three queries."""
    rows = Obligation.objects.filter(
        agreement=obligation.agreement, signer=obligation.signer, about=obligation.about
    )
    signatures = Signature.objects.select_related("end", "version", "witness")
    return list(
        rows.select_related("version", "decided_by")
        .prefetch_related(Prefetch("signatures", queryset=signatures), "questions__asked_by")
        .order_by("-issued_at", "-pk")
    )


def questions_in(school: School) -> QuerySet[Question, Question]:
    """Return what people asked, unanswered first and oldest first among those."""
    rows = Question.objects.filter(school=school).select_related(
        "obligation__agreement", "asked_by", "answered_by"
    )
    return rows.order_by(F("answered_at").desc(nulls_first=True), "asked_at")


def question_or_none(school: School, pk: int) -> Question | None:
    """Return a question of a school by its number."""
    return questions_in(school).filter(pk=pk).first()

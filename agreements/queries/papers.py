"""Read what can be signed on paper, and the papers that came back (AGR-09)."""

from collections.abc import Collection

from django.db.models import OuterRef, QuerySet, Subquery

from agreements.models import AgreementVersion, Obligation, PaperReturn
from agreements.queries.lists import PUPIL_OF_OUTER
from agreements.vocabulary import Asks
from people.models import Person, PupilEnrolment, School, SchoolClass

ALONG = ("school", "agreement", "version__agreement", "signer", "about")


def papers_of(school: School) -> QuerySet[PaperReturn, PaperReturn]:
    """Return the papers that came back, those to be compared first, then the newest."""
    return (
        PaperReturn.objects.filter(school=school)
        .select_related(
            "version__agreement",
            "obligation__agreement",
            "obligation__signer",
            "obligation__about",
            "taken_by",
            "checked_by",
        )
        .order_by("-taken_at", "-pk")
    )


def paper_by_number(school: School, number: int) -> PaperReturn | None:
    """Return a paper of a school by its number, with what it is compared with."""
    rows = papers_of(school).select_related("obligation__version", "obligation__school")
    return rows.filter(pk=number).first()


def papers_to_compare(school: School, *, by: Person) -> int:
    """Return how many papers wait to be compared by somebody who did not take them in."""
    return papers_left(school, by=by).count()


def papers_left(school: School, *, by: Person) -> QuerySet[PaperReturn, PaperReturn]:
    """Return the papers that wait to be compared by somebody who did not take them in."""
    return PaperReturn.objects.filter(school=school, checked_at=None).exclude(taken_by=by)


def signable_on_paper(school: School) -> QuerySet[Obligation, Obligation]:
    """Return what waits to be signed and can be signed on paper, by the signers' names.

    Each with ``class_name``, the class of the pupil it is for, and ``paper_waits``, the number of
    a paper that came back and is not compared yet.
    """
    places = PupilEnrolment.objects.filter(pupil=PUPIL_OF_OUTER, end_date=None)
    waiting = PaperReturn.objects.filter(obligation=OuterRef("pk"), checked_at=None)
    return (
        Obligation.objects.filter(
            school=school,
            state="due",
            agreement__active=True,
            version__status="published",
            version__superseded_at=None,
        )
        .exclude(asks=Asks.FAMILIARISE)
        .select_related(*ALONG)
        .annotate(
            class_name=Subquery(places.values("school_class__name")[:1]),
            class_id=Subquery(places.values("school_class")[:1]),
            paper_waits=Subquery(waiting.values("pk")[:1]),
        )
        .order_by("signer__family_name", "signer__given_name", "pk")
    )


def obligation_on_paper(school: School, number: int) -> Obligation | None:
    """Return one thing that waits to be signed and can be signed on paper."""
    return signable_on_paper(school).filter(pk=number).first()


def obligations_to_print(school: School, numbers: Collection[int]) -> list[Obligation]:
    """Return what is still to be signed among some numbers, with the texts. Two queries."""
    rows = signable_on_paper(school).filter(pk__in=numbers)
    return list(rows.prefetch_related("version__texts"))


def classes_of(school: School) -> QuerySet[SchoolClass, SchoolClass]:
    """Return a school's classes by name, for filters."""
    return SchoolClass.objects.filter(school=school).order_by("name")


def agreements_on_paper(school: School) -> list[tuple[str, str]]:
    """Return the code and title of what has a live version, for filters."""
    rows = AgreementVersion.objects.filter(
        school=school, status="published", superseded_at=None, agreement__active=True
    )
    return list(
        rows.order_by("agreement__title").values_list("agreement__code", "agreement__title")
    )


def obligation_by_number(school: School, number: int) -> Obligation | None:
    """Return anything a school has asked of somebody, answered or not."""
    return Obligation.objects.filter(school=school, pk=number).first()

"""Read loans, upkeep, evidence and losses: of one device, of one person, and all (AST-10)."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from assets.models import Asset, AssetEvent, Loan, Loss, Upkeep
from people.models import Person, School


def open_loans(school: School) -> QuerySet[Loan, Loan]:
    """Return the loans that have not come back."""
    return Loan.objects.filter(school=school, returned_at=None)


def loan_rows(school: School) -> QuerySet[Loan, Loan]:
    """Return every loan with device and borrower, ready for a list."""
    return Loan.objects.filter(school=school).select_related("asset", "borrower")


def loan_or_404(person: Person, powers: Collection[str], pk: int) -> Loan:
    """Return one loan with its people, if the person sees the register or is the borrower."""
    rows = Loan.objects.filter(school=person.school_id)
    if "view_assets" not in powers:
        rows = rows.filter(borrower=person)
    along = ("asset", "school", "borrower", "lent_by", "supervised_by", "taken_back_by")
    return get_object_or_404(rows.select_related(*along), pk=pk)


def extensions_of(loan: Loan) -> list[AssetEvent]:
    """Return when a device was lent for longer in the course of a loan, the latest first."""
    rows = loan.asset.events.filter(step="extend_loan", at__gte=loan.lent_at).select_related("by")
    return list(rows.filter(at__lte=loan.returned_at) if loan.returned_at else rows)


def loans_mine(person: Person) -> QuerySet[Loan, Loan]:
    """Return what a person borrowed, what is still with them first."""
    rows = Loan.objects.filter(borrower=person).select_related("asset")
    return rows.order_by("returned_at", "due_date", "pk").reverse()


def open_loan_of(asset: Asset) -> Loan | None:
    """Return the loan a device is on, or None."""
    rows = asset.loans.filter(returned_at=None).select_related("borrower", "school", "asset")
    return rows.first()


def upkeep_rows(school: School) -> QuerySet[Upkeep, Upkeep]:
    """Return every repair and check with its device, ready for a list.

    ``followed`` says that a later one of the kind was begun, so that its next day counts no more.
    """
    rows = Upkeep.objects.filter(school=school).select_related("asset")
    return rows.annotate(followed=_later())


def upkeep_due(school: School, *, on: date) -> QuerySet[Upkeep, Upkeep]:
    """Return the checks whose next day has come, of devices that are still in use (AST-19)."""
    gone = ("redundant", "disposing", "disposed", "lost")
    rows = upkeep_rows(school).filter(~_later(), next_date__lte=on)
    return rows.exclude(asset__state__in=gone)


def _later() -> Exists:
    return Exists(
        Upkeep.objects.filter(asset=OuterRef("asset"), kind=OuterRef("kind"), pk__gt=OuterRef("pk"))
    )


def open_upkeep_of(asset: Asset) -> Upkeep | None:
    """Return the repair or check a device is away for, or None."""
    return asset.upkeep.filter(finished_date=None).first()


def loss_rows(school: School) -> QuerySet[Loss, Loss]:
    """Return every loss with its device, ready for a list."""
    return Loss.objects.filter(school=school).select_related("asset", "reported_by")


def losses_to_judge(school: School) -> QuerySet[Loss, Loss]:
    """Return losses of devices that keep data, without an incident and without a reason why not."""
    return loss_rows(school).filter(unjudged())


def unjudged() -> Q:
    """Return what tells losses that nobody has judged."""
    return Q(asset__keeps_data=True, incident_reference="", no_incident_reason="")


def loss_or_404(person: Person, powers: Collection[str], pk: int) -> Loss:
    """Return one loss if the person sees the register or reported it."""
    rows = loss_rows(person.school)
    if "view_assets" not in powers:
        rows = rows.filter(reported_by=person)
    return get_object_or_404(
        rows.select_related("asset", "reported_by", "found_by", "school"), pk=pk
    )


def open_loss_of(asset: Asset) -> Loss | None:
    """Return how a device went that is not found yet, or None."""
    return asset.losses.filter(found_at=None).first()


def losses_of(asset: Asset) -> list[Loss]:
    """Return how often a device was lost, the latest first."""
    return list(asset.losses.all())

"""Lend equipment, accept it, and take it back with its condition (AST-09, AST-10, AST-14)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from assets.actions.life import locked_asset, take_step
from assets.conditions.common import check_power, check_version, said
from assets.conditions.device_checks import check_may_leave, check_scanned
from assets.conditions.lifecycle import (
    check_borrower,
    check_data_off,
    check_lendable,
    check_loan_days,
    check_supervised,
    locked_loan,
)
from assets.models import Asset, Loan
from audit.actions import record
from common.dates import uk_date
from common.errors import StepRefused
from common.pages import page_url
from people.mail import notify
from people.models import Person


@dataclass(frozen=True)
class LoanTerms:
    """What is agreed when something is lent."""

    borrower: Person
    use: str
    due_date: date
    condition_out: str
    permitted: str = ""
    with_it: str = ""
    supervised_by: Person | None = None
    protected_data: bool = False


@transaction.atomic
def lend_asset(
    *,
    asset: Asset,
    submission: UUID,
    terms: LoanTerms,
    version: int | None = None,
    by: Person,
    at: datetime,
) -> Loan:
    """Lend a device; the borrower is told and says that they have it (AST-10, AST-14).

    The same ``submission`` sent twice gives the one loan. Refuses a borrower who has left or has
    not signed what the school asks for, one of the wrong kind for the use, an activity of pupils
    without a member of staff, days that have passed, the device kept for investigations, one that
    has to be scanned first (AST-18), and one not encrypted where it has to be (AST-16). A loan for
    protected data marks the device for good: it is disposed of as such (AST-09).
    """
    asset = locked_asset(asset)
    made = Loan.objects.filter(submission=submission).first()
    if made:
        return made
    check_power(by, "lend_assets", at)
    check_lendable(asset)
    check_scanned(asset)
    check_may_leave(asset, protected_data=terms.protected_data)
    check_loan_days(terms.due_date, at)
    check_supervised(terms.borrower, terms.use, terms.supervised_by)
    basis = check_borrower(asset.school, terms.borrower, terms.use, at)
    protected: dict[str, Any] = {"protected_data": True, "keeps_data": True}
    asset = take_step(
        asset=asset,
        step="lend_asset",
        text=f"Due back {uk_date(terms.due_date)}",
        changes={"holder": terms.borrower, **(protected if terms.protected_data else {})},
        facts={"use": terms.use, "until": terms.due_date.isoformat()},
        version=version,
        by=by,
        at=at,
    )
    loan = Loan.objects.create(
        school=asset.school,
        asset=asset,
        submission=submission,
        **vars(terms),
        agreement=basis,
        lent_at=at,
        lent_by=by,
    )
    path = page_url(asset.school, "loan_mine")
    notify([terms.borrower], reason="loan_to_accept", path=path, at=at)
    return loan


@transaction.atomic
def accept_loan(*, loan: Loan, version: int, by: Person, at: datetime) -> Loan:
    """Say as the borrower that one has the device and keeps to the terms; refuses anybody else."""
    return _answered("accept_loan", "accepted_at", loan, version, by, at)


@transaction.atomic
def clear_loan(*, loan: Loan, version: int, by: Person, at: datetime) -> Loan:
    """Say as the borrower that one's own data is off the device (AST-10); refuses anybody else."""
    return _answered("clear_loan", "data_removed_at", loan, version, by, at)


@transaction.atomic
def take_back_loan(
    *,
    loan: Loan,
    version: int,
    condition: str,
    note: str = "",
    data_removed: bool = False,
    by: Person,
    at: datetime,
) -> Loan:
    """Take a device back: its condition, and that the borrower's data is off it (AST-10).

    Refuses while a device that keeps data has the borrower's on it: they remove it, or whoever
    takes it back wipes it and says so. A device that is lost ends its loan with words why; one kept
    as evidence does not come back before it is released.
    """
    loan = locked_loan(loan)
    check_version(loan.version, version)
    check_power(by, "lend_assets", at)
    if loan.asset.state == "lost":
        note = said(note, "The device is lost. Say what was agreed with the borrower.", 500)
        record("take_back_loan", loan.asset, by=by, at=at, facts={"lost": True})
    else:
        check_data_off(loan, data_removed)
        take_step(
            asset=loan.asset,
            step="take_back_loan",
            changes={"holder": None},
            facts={"condition": condition, "late": loan.due_date < localdate(at)},
            by=by,
            at=at,
        )
    if data_removed and not loan.data_removed_at:
        loan.data_removed_at = at
    return close_loan(loan=loan, condition=condition, note=note, by=by, at=at)


def close_loan(*, loan: Loan, condition: str, note: str, by: Person, at: datetime) -> Loan:
    """Write that a loan is over, inside the caller's transaction."""
    loan.returned_at, loan.taken_back_by = at, by
    loan.condition_back, loan.note_back = condition, note.strip()[:500]
    loan.version += 1
    loan.save()
    return loan


def _answered(verb: str, field: str, loan: Loan, version: int, by: Person, at: datetime) -> Loan:
    loan = locked_loan(loan)
    check_version(loan.version, version)
    if by.pk != loan.borrower_id:
        raise StepRefused("Only the person who borrowed it says this.")
    if getattr(loan, field):
        raise StepRefused("You have said so already.")
    setattr(loan, field, at)
    loan.version += 1
    loan.save(update_fields=[field, "version"])
    record(verb, loan.asset, by=by, at=at)
    return loan

"""Lend equipment, accept it, and take it back with its condition (AST-09, AST-10, AST-14)."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from assets.actions.life import locked_asset, take_step
from assets.conditions.common import check_power, check_version, said
from assets.conditions.device_checks import check_may_leave, check_scanned
from assets.conditions.lifecycle import (
    check_activity,
    check_borrower,
    check_data_off,
    check_lendable,
    check_loan_days,
    check_supervised,
    locked_loan,
)
from assets.models import Asset, Loan
from assets.queries.borrowing import remember_borrower
from audit.actions import record
from common.dates import uk_date
from common.errors import Conflicted, Refusal, StepRefused
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
    activity: str = ""
    features: tuple[str, ...] = ()
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
    not signed what the school asks for, one of the wrong kind for the use, an activity without its
    name or, of pupils, without a member of staff, a phone for one of which nobody says what is
    switched on (MOB-13), days that have passed, the device kept for investigations, one that has
    to be scanned first (AST-18), and one not encrypted where it has to be (AST-16). A loan for
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
    check_activity(asset, terms.use, terms.activity, terms.features)
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
        **{**vars(terms), "features": list(terms.features)},
        agreement=basis,
        lent_at=at,
        lent_by=by,
    )
    path = page_url(asset.school, "loan_mine")
    notify([terms.borrower], reason="loan_to_accept", path=path, at=at)
    transaction.on_commit(partial(remember_borrower, terms.borrower.pk))
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
def extend_loan(
    *, loan: Loan, version: int, due_date: date, reason: str, by: Person, at: datetime
) -> Loan:
    """Lend a device for longer, with a reason; the borrower is told, and reminders follow (AST-10).

    Refuses the borrower themselves, no reason, a day that is not later or too far away, and a
    borrower who has left or whose agreement no longer holds: what it rests on is looked at anew.
    """
    loan = locked_loan(loan)
    check_version(loan.version, version)
    check_power(by, "lend_assets", at)
    if by.pk == loan.borrower_id:
        raise Conflicted("It is lent to you, so somebody else has to lend it for longer.")
    check_loan_days(due_date, at)
    if due_date <= loan.due_date:
        raise Refusal(f"It is lent until {uk_date(loan.due_date)}. Choose a later day.")
    loan.agreement = check_borrower(loan.school, loan.borrower, loan.use, at)
    why = said(reason, "Say why it is lent for longer.", 200)
    facts = {"from": loan.due_date.isoformat(), "until": due_date.isoformat()}
    text = f"Due back {uk_date(due_date)} instead of {uk_date(loan.due_date)}. {why}"
    take_step(asset=loan.asset, step="extend_loan", text=text, facts=facts, by=by, at=at)
    loan.due_date = due_date
    loan.version += 1
    loan.save(update_fields=["due_date", "agreement", "version"])
    path = page_url(loan.school, "loan_mine")
    notify([loan.borrower], reason="loan_extended", path=path, at=at)
    return loan


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

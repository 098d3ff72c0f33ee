"""May this device be lent, mended, given up or taken back now? No role overrides these."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from assets.models import Asset, Loan
from assets.queries.loan_agreements import basis_for
from assets.vocabulary import AssetKind, LoanUse
from common.errors import Refusal, StepRefused
from people.models import Person, School

LONGEST_LOAN = timedelta(days=1_500)
FOR_WHOM = {
    LoanUse.WORK: (Person.Kind.STAFF,),
    LoanUse.LEARNING: (Person.Kind.PUPIL,),
    LoanUse.ACTIVITY: (Person.Kind.STAFF, Person.Kind.PUPIL),
}


def check_lendable(asset: Asset) -> None:
    """Refuse the device that is kept for investigations (AST-28)."""
    if asset.reserved:
        raise Refusal("This device is kept for investigations. Choose another one.")


def check_loan_days(due_date: date, at: datetime) -> None:
    """Refuse a day that has passed, or is further away than a school lends for."""
    if not localdate(at) <= due_date <= localdate(at) + LONGEST_LOAN:
        raise Refusal("The day by which it comes back is today or later, within four years.")


def check_borrower(school: School, borrower: Person, use: str, at: datetime) -> str:
    """Return on what agreement a loan rests; refuses who left, and who has not signed (AST-10)."""
    today = localdate(at)
    left = borrower.left_date is not None and borrower.left_date < today
    if borrower.school_id != school.pk or left:
        raise Refusal("Choose somebody who is at the school now.")
    if borrower.kind not in FOR_WHOM[LoanUse(use)]:
        raise Refusal("This use does not fit this person. Work is for staff, learning for pupils.")
    basis = basis_for(borrower, on=today)
    if not basis.good:
        raise Refusal(
            f"{basis.words}. Without it nothing is lent, unless the headteacher opens the gate "
            "for this person with a reason, under “Accounts”."
        )
    return basis.words


def check_supervised(borrower: Person, use: str, supervised_by: Person | None) -> None:
    """Refuse an activity of a pupil for which nobody of the staff is there (AST-14)."""
    if use == LoanUse.ACTIVITY and borrower.kind == Person.Kind.PUPIL and supervised_by is None:
        raise Refusal("Say which member of staff is with the pupil.")


def check_activity(asset: Asset, use: str, activity: str, features: Collection[str]) -> None:
    """Refuse an activity without its name, and a phone without what is switched on (MOB-13)."""
    if use != LoanUse.ACTIVITY:
        return
    if not activity.strip():
        raise Refusal("Say which activity it is for.")
    if asset.kind == AssetKind.PHONE and not features:
        raise Refusal("Say what is switched on of this phone.")


def check_data_off(loan: Loan, data_removed: bool) -> None:
    """Refuse to take back what may hold the borrower's data (AST-10)."""
    if loan.asset.keeps_data and not (data_removed or loan.data_removed_at):
        raise Refusal(
            "The borrower has not said that their data is off it. Wipe it, then say so here."
        )


def locked_loan(loan: Loan) -> Loan:
    """Lock a loan and return it as it stands now; refuses one that is over."""
    rows = Loan.objects.select_for_update(of=("self",)).select_related(
        "asset__school", "school", "borrower__school"
    )
    locked = rows.get(pk=loan.pk)
    if locked.returned_at:
        raise StepRefused("This loan is over: the device was taken back already.")
    return locked

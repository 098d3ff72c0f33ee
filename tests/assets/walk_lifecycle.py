"""Walk devices through loans, upkeep, evidence and losses by the real actions."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from agreements.models import AccessOverride
from assets.actions import evidence, loans, losses, upkeep
from assets.actions.loans import LoanTerms
from assets.models import Asset, Loan, Loss, Upkeep
from people.models import Person
from tests.assets import things
from tests.cast import NOW, Cast

DAY = timedelta(days=1)
TODAY = NOW.date()


def let_borrow(cast: Cast, *people: Person) -> None:
    """Let people borrow without a signature, as the headteacher may for a time."""
    for person in people:
        AccessOverride.objects.create(
            school=cast.school,
            person=person,
            reason="New here.",
            until_date=TODAY + 50 * DAY,
            by=cast.cara,
            at=NOW,
        )


def lent(cast: Cast, tag: str, who: str = "tom", *, at: Any = NOW, **more: Any) -> Loan:
    """Lend a device in service for two weeks, as Tina does; the borrower must be let."""
    asset = more.pop("asset", None) or things.in_service(cast, tag)
    terms: dict[str, Any] = {
        "borrower": getattr(cast, who),
        "use": "work",
        "due_date": TODAY + 14 * DAY,
        "condition_out": "good",
    }
    return loans.lend_asset(
        asset=asset, submission=uuid4(), terms=LoanTerms(**terms | more), by=cast.tina, at=at
    )


def again(loan: Loan) -> Loan:
    """Return a loan as it stands now."""
    return Loan.objects.select_related("asset", "school").get(pk=loan.pk)


def back(cast: Cast, loan: Loan, *, at: Any = NOW, **more: Any) -> Loan:
    """Take a device back, wiped."""
    values = {"condition": "good", "data_removed": True, "version": again(loan).version, **more}
    return loans.take_back_loan(loan=loan, **values, by=cast.tina, at=at)


def away(cast: Cast, asset: Asset, *, at: Any = NOW, **more: Any) -> Upkeep:
    """Send a device for an electrical check."""
    told = {"submission": uuid4(), "kind": "electrical", "reason": "Yearly check"}
    return upkeep.start_upkeep(asset=asset, **told | more, by=cast.tina, at=at)


def mended(cast: Cast, asset: Asset, *, at: Any = NOW, **more: Any) -> Upkeep:
    """Say that a device is back from its check, to be done again in a year."""
    told = {"result": "Passed.", "next_date": TODAY + 365 * DAY}
    return upkeep.finish_upkeep(asset=asset, **told | more, by=cast.tina, at=at)


def lost(cast: Cast, asset: Asset, who: str = "tom", *, at: Any = NOW, **more: Any) -> Loss:
    """Report a device as lost."""
    told = {
        "submission": uuid4(),
        "kind": "lost",
        "noticed_at": at,
        "last_seen": "Train",
        "what": "Left on the seat.",
    }
    return losses.report_loss(asset=asset, **told | more, by=getattr(cast, who), at=at)


def kept(cast: Cast, asset: Asset, reference: str = "2026-0001", **more: Any):
    """Keep a device as evidence, as Dora does."""
    told = {"reason": "Messages are on it.", "place": "Safe", "seal": "S-1"}
    values = {"incident_reference": reference, "by": cast.dora, "at": NOW, **told, **more}
    return evidence.quarantine_asset(asset=asset, **values)

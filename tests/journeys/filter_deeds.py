"""What people do to the filter in the journeys, each deed as they do it on its page."""

from tests.journeys.deeds import reference_of
from tests.journeys.visitor import Visitor


def asks(visitor: Visitor, address: str, *, days: int | None = None, why: str = "A topic.") -> str:
    """Ask for an address to be opened for pupils, for good or for some days; returns its number."""
    visitor.opens("filter-changes/new/")
    visitor.chooses("What is to happen?", "Allow").fills("Which web addresses?", address)
    visitor.ticks("For whom?", "Pupils").chooses("What is it for?", "Teaching")
    visitor.fills("Why is it needed?", why)
    if days is not None:
        visitor.unfolds(visitor.page.get_by_label("For which lesson or topic?").first)
        visitor.dates("Open until, the last day", days=days)
        visitor.fills("What is it for in teaching?", "Pupils compare sources")
        visitor.fills("For which lesson or topic?", "History")
        visitor.picks("Who watches over it?", "Tom", "Tom Teale")
    visitor.presses("Ask for this change").sees("Your request is sent.")
    return reference_of(visitor)


def assesses(visitor: Visitor, reference: str) -> None:
    """Find it among what needs one now and assess the risk."""
    _goes_to(visitor, reference, "Assess the risk")
    visitor.chooses("How big is the risk?", "Low")
    visitor.fills("What is the risk, and for whom?", "Looked through: nothing unsuitable.")
    visitor.presses("Assess the risk").sees("The headteacher decides next.")


def decides(visitor: Visitor, reference: str, decision: str, reason: str = "") -> None:
    """Decide on the page that shows exactly what is approved."""
    _goes_to(visitor, reference, "Approve or refuse")
    visitor.chooses("What do you decide?", decision).fills("Reason or question", reason)
    visitor.presses("Record this decision").sees("Your decision is recorded.")


def makes(visitor: Visitor, reference: str, before: str, after: str) -> None:
    """Make the change and write down the values."""
    _goes_to(visitor, reference, "Make the change")
    visitor.fills("Before", before).fills("After", after)
    visitor.presses("Make the change").sees("Made. A second person tests it next.")


def tests(visitor: Visitor, reference: str) -> None:
    """Test as a second person."""
    _goes_to(visitor, reference, "Test as a second person")
    visitor.chooses("What did you find as “Pupils”?", "Works as it should")
    visitor.fills("What did you try, on which device?", "Opened it on a pupil’s tablet.")
    visitor.presses("Test as a second person").sees("Your test is recorded.")


def puts_back(visitor: Visitor, reference: str) -> None:
    """Put back what is over, and write down the values."""
    _goes_to(visitor, reference, "Put back")
    visitor.fills("Before", "Allowed").fills("After", "Blocked")
    visitor.presses("Put back").sees("Put back. A second person checks it next.")


def checks(visitor: Visitor, reference: str) -> None:
    """Check as a second person that it is back as it was."""
    _goes_to(visitor, reference, "Check as a second person")
    visitor.chooses("What did you find as “Pupils”?", "Works as it should")
    visitor.presses("Check as a second person").sees("Your check is recorded.")


def _goes_to(visitor: Visitor, reference: str, step: str) -> None:
    visitor.opens(f"filter-changes/{reference}/").follows(step)

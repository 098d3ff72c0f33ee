"""What people do with equipment and items in the journeys, each deed as they do it on its page."""

from tests.journeys.deeds import reference_of
from tests.journeys.visitor import Visitor


def takes(
    visitor: Visitor, typed: str, pupil: str, *, item: str = "Black Nokia", suspected: bool = False
) -> str:
    """Take a phone from a pupil as quickly as can be; returns its number."""
    visitor.opens("items-taken/new/").picks("From whom?", typed, pupil)
    visitor.fills("What does it look like?", item)
    visitor.chooses("Why was it taken?", "Used in a lesson without permission")
    answer = "Yes, or I am not sure" if suspected else "No"
    visitor.chooses("Might there be a naked or sexual picture of a child on it?", answer)
    visitor.fills("Where is it now?", "Office, drawer 2")
    visitor.presses("Write it down").sees("It is written down.")
    return reference_of(visitor)


def tells_parent(visitor: Visitor, number: str, how: str) -> None:
    """Say that a parent was told of an item."""
    visitor.opens(f"items-taken/{number}/").follows("Parent told")
    visitor.fills("How, and whom did you speak to?", how)
    visitor.presses("Parent told").sees("It is written down.")


def gives_back(visitor: Visitor, number: str, to: str, signed: str) -> None:
    """Give an item back to somebody who types their name."""
    visitor.opens(f"items-taken/{number}/").follows("Give it back")
    visitor.chooses("Who collects it?", to)
    visitor.fills("Name of the person who collects it", signed)
    visitor.presses("Give it back").sees("It is given back.", signed)


def keeps_as_evidence(visitor: Visitor, incident: str, tag: str, place: str) -> None:
    """Keep a device as evidence from the page of an incident."""
    visitor.opens(f"incidents/{incident}/").follows("Keep a device as evidence")
    visitor.fills("Number on the label of the device", tag)
    visitor.fills("Why is it evidence?", "The messages were written on it.")
    visitor.fills("Where is it locked away?", place)
    visitor.presses("Keep it as evidence").sees("It is kept as evidence.", tag)


def lets_go(visitor: Visitor, incident: str) -> None:
    """Let the one device go that is kept for an incident, back into use."""
    visitor.opens(f"incidents/{incident}/").follows("Release a device")
    visitor.chooses("What becomes of it?", "It goes back into use")
    visitor.fills("Why?", "The messages were copied and the case is decided.")
    visitor.presses("Write it down").sees("It is written down.", "Was kept as evidence")

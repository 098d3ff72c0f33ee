"""What people do with the register and with disposals, each deed as they do it on its page."""

import re

from tests.journeys.visitor import Visitor

PAPER = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
OF_WASTE = ("Waste transfer note", "Evidence of electrical waste treatment")


def lends(visitor: Visitor, tag: str, typed: str, name: str, *, days: int) -> None:
    """Lend a device to a member of staff for some days; it may be refused."""
    visitor.opens("equipment/").follows(tag).follows("Lend it")
    visitor.picks("Who borrows it?", typed, name)
    visitor.chooses("What for?", "Work of a member of staff").dates("Back by", days=days)
    visitor.presses("Lend it")


def reminders_of(visitor: Visitor, duty: str, name: str) -> int:
    """Return how often somebody was reminded of one thing, by the list of reminders."""
    visitor.opens(f"reminders/?duty={duty}&q={name}")
    return visitor.page.locator("main table tbody tr").count()


def enters_company(visitor: Visitor, name: str, *, days: int) -> None:
    """Enter a disposal company whose licence ends in some days, or has ended, and open it."""
    visitor.opens("equipment/companies/new/").fills("Name", name)
    visitor.fills("Number of its waste carrier licence", "CBDU654321")
    visitor.dates("The licence is good until", days=days)
    visitor.dates("Its written guarantee is good until", days=400)
    visitor.presses("Enter this company").sees("Entered.").follows(name)


def prepares(visitor: Visitor, company: str, tag: str) -> str:
    """Prepare the disposal of one device and ask for approval; returns its number."""
    visitor.opens("equipment/disposals/new/")
    visitor.chooses("What is to become of them?", "Destroyed by an authorised company")
    visitor.selects("Which company takes them?", company)
    visitor.fills("Why are they no longer wanted?", "Too old to be kept safe.")
    visitor.presses("Go on to the devices").ticks("Devices that are no longer wanted", tag)
    visitor.chooses("In what condition are they?", "Worn").presses("Put these in")
    visitor.follows("Go back to the disposal").follows("Ask for approval")
    visitor.presses("Ask for approval").sees("Asked. Somebody else decides now.")
    found = re.search(r"/disposals/([\w-]+)/", visitor.page.url)
    assert found, visitor.page.url
    return found[1]


def fills_wipe(visitor: Visitor, disk: str, *, looked: str = "") -> None:
    """Fill in how a disk was overwritten by Tina, and who looked, if anybody did."""
    visitor.follows(f"{disk}: wiped or destroyed").sees(disk)
    visitor.chooses("What was done?", "Clear").fills("How exactly?", "One pass of zeros")
    visitor.fills("With which software or built-in erase?", "nwipe").fills("Its version", "0.36")
    visitor.picks("Who of the school did it?", "Tina", "Tina Techworth")
    if looked:
        _looked(visitor, looked, "Read ten places at random")


def destroys(visitor: Visitor, disk: str, looked: str) -> None:
    """Destroy a disk, with somebody who saw it."""
    visitor.follows(f"{disk}: wiped or destroyed")
    visitor.chooses("What was done?", "Destroy").fills("How exactly?", "Shredded to 6 mm")
    visitor.fills("If it was destroyed: where?", "Workshop")
    visitor.picks("Who of the school did it?", "Tina", "Tina Techworth")
    _looked(visitor, looked, "Saw the pieces")
    visitor.presses("Record this").sees("Written down.")


def _looked(visitor: Visitor, name: str, how: str) -> None:
    visitor.chooses("How did it go?", "Done")
    visitor.picks("Who looked that nothing is left?", name.partition(" ")[0], name)
    visitor.fills("How did they look?", how)


def hands_over(visitor: Visitor, count: int) -> None:
    """Count the devices out beside Tom and send that; it may be refused."""
    visitor.fills("How many devices went out?", str(count)).fills("Who came for them?", "A driver")
    visitor.picks("Who stood there with you?", "Tom", "Tom Teale")
    visitor.presses("Record this hand-over")


def adds_paper(
    visitor: Visitor, kind: str, devices: int | None = None, *, about: str = "", instead: str = ""
) -> None:
    """Add a paper, for so many devices or about one server, or instead of another paper."""
    visitor.follows("Add a paper").chooses("What is it?", kind)
    visitor.attaches("The paper", "paper.pdf", PAPER + kind.encode()).dates("Its date")
    visitor.fills("Its number", "N-1")
    if devices:
        visitor.fills("For how many devices?", str(devices))
    if kind.startswith("Receipt"):
        visitor.page.get_by_label("In it the company accepts the duty").check()
    if about:
        visitor.ticks("Which servers is the certificate about?", about)
    if instead:
        visitor.ticks("Does it replace papers that are here?", instead)
    visitor.presses("Add this paper").sees("The paper is on file.")


def imports(visitor: Visitor, rows: str) -> None:
    """Send a file of equipment and look at what it would change."""
    visitor.opens("equipment/").follows("Bring in equipment from a file").follows("Upload a file")
    visitor.attaches("CSV or Excel file", "equipment.csv", rows.encode())
    visitor.presses("Read this file").sees("What the columns mean")
    visitor.presses("See what would change").sees("Nothing has been changed yet.")


def scans(visitor: Visitor, tag: str, room: str) -> None:
    """Open what the code on a label leads to, while stock is taken, and say that it is here."""
    visitor.opens(f"equipment/scan/{tag}/").selects("Which room are you in?", room)
    visitor.presses("Found here").sees(f"{tag}: found. Scan the next label.")


def figures(visitor: Visitor) -> dict[str, str]:
    """Return the figures on top of a page by what they count."""
    found = visitor.page.locator("main .figures .figure").all_inner_texts()
    return {one.lstrip("0123456789").strip(): one.split()[0] for one in found}

"""Equipment comes in from a file and is counted; a loan is late; a camera of one's own is used."""

from tests.journeys import register_deeds as deeds
from tests.journeys.conftest import PASSWORD
from tests.journeys.deeds import text_of
from tests.journeys.visitor import Visitor

POLICY = "Online-safety policy: I have read it"
INVENTORY = """\
Asset tag,Type,Make,Model,Location
IMP-1,Laptop,Acme,One,Blue room
IMP-2,Laptop,Acme,One,Blue room
IMP-3,Tablet,Acme,Two,Green room
IMP-4,Spaceship,Acme,Three,Green room
"""


def test_an_inventory_comes_in_and_is_counted(given_signed_in):
    """From the school's own file to labels and a stock-take by phone (AST-01)."""
    # Given a file of which one row cannot be taken
    tina = given_signed_in("tina")
    deeds.imports(tina, INVENTORY)
    tina.sees("IMP-4", "Kind").follows("New").sees("IMP-1", "IMP-2", "IMP-3")

    # When the technician leaves that row out and brings in the rest
    tina.page.get_by_label("Leave out the 1 row that cannot be brought in").check()
    tina.presses("Bring this in").waits_for("3 new")
    tina.opens("equipment/?q=IMP").sees("IMP-1", "Blue room", "IMP-3").does_not_see("IMP-4")

    # And has labels made
    tina.follows("Print labels for this list").presses("Make the labels")
    labels = text_of(tina.waits_for("3 labels are ready.").downloads("Download the file"))
    assert [tag for tag in ("IMP-1", "IMP-2", "IMP-3") if tag not in labels] == []

    # And goes round with a phone: one is there, one elsewhere, one nowhere
    tina.opens("equipment/stock-takes/new/").fills("Name", "Autumn round").presses("Begin")
    phone = given_signed_in("tina", phone=True)
    deeds.scans(phone, "IMP-1", "Blue room")
    deeds.scans(phone, "IMP-3", "Blue room")
    phone.presses("Missing IMP-2").sees("IMP-2 is marked as missing.")

    # Then the figures say so, and stay
    tina.reloads().follows("Close the stock-take").presses("Close it")
    tina.sees("The stock-take is closed.")
    counted = deeds.figures(tina)
    assert [counted[what] for what in ("found", "found in another room", "missing")] == ["1"] * 3
    tina.opens("equipment/?q=IMP-3").sees("Blue room")


def test_a_loan_is_late_and_comes_back(given_signed_in, server):
    """Signed for, said to be there, reminded, late, emptied, taken back (AST-10)."""
    # Given a teacher who has not yet said that she read the policy
    tina, lena = given_signed_in("tina"), given_signed_in("lena", phone=True)
    deeds.lends(tina, "LOAN-2", "Lena", "Lena Lind", days=5)
    tina.is_refused("Missing: ", "Without it nothing is lent")

    # When she signs, borrows it and says that she has it
    _reads_policy(lena)
    deeds.lends(tina, "LOAN-2", "Lena", "Lena Lind", days=5)
    tina.sees("It is lent.", "On loan")
    lena.opens("").sees("Laptop LOAN-2, lent to you").follows("I have it")
    lena.presses("I have it and keep to the terms").sees("Thank you.")

    # Then she is reminded before its day and after it, each once, in mail that tells nothing
    server.reminds_borrowers(1, 1, 7)
    hana = given_signed_in("hana")
    duties = ("loan_due", "loan_overdue")
    assert [deeds.reminders_of(hana, duty, "Lena") for duty in duties] == [1, 1]
    assert not [mail for mail in server.mail_to("lena@oak-hill.example") if "LOAN-2" in mail]

    # And once her data is off it, it is taken back as it is
    lena.opens("equipment/loans/mine/").follows("My data is removed").presses("It is removed")
    tina.opens("equipment/loans/").follows("LOAN-2").follows("Take it back")
    tina.chooses("In what state is it?", "Worn").fills("What you noticed", "A scratch.")
    tina.presses("Take it back").sees("The loan is over.", "In service")
    lena.reloads().sees("Taken back").does_not_see("I have it")


def test_a_camera_of_ones_own_is_allowed_used_and_emptied(given_signed_in):
    """Asked, allowed by the headteacher alone, used, and off the camera (MOB-05, MOB-08)."""
    tom, hana = given_signed_in("tom", phone=True), given_signed_in("hana")
    tom.opens("own-devices/new/").chooses("What is it?", "Camera").fills("Make", "Canon")
    tom.presses("Note this device").sees("Your device is noted.")
    tom.opens("own-devices/recording/new/")
    tom.fills("What do you want to record, and what for?", "The harvest play, for the parents")
    tom.dates("Until", days=3).presses("Ask the headteacher").sees("has been asked.")
    number = tom.page.locator("main .reference").first.inner_text()

    hana.opens(f"own-devices/recording/{number}/").follows("Decide")
    hana.sees("The harvest play", "Canon")
    hana.chooses("What do you decide?", "Allow it").presses("Save this decision")
    hana.sees("Decided. The person is told.", "Allowed")

    tom.opens(f"own-devices/recording/{number}/").follows("Say that you recorded")
    tom.fills("What did you record?", "The first scene").presses("Write it down")
    tom.sees("To be deleted today").follows("Say that they are off")
    tom.fills("Where did you move them to?", "Shared drive").presses("They are deleted")
    tom.sees("Thank you.", "Shared drive").does_not_see("To be deleted today")


def _reads_policy(visitor: Visitor) -> None:
    visitor.opens("my/").follows("Read and sign", beside=POLICY)
    visitor.page.get_by_label("I confirm that I have read and understood").check()
    visitor.fills("Type your full name", "Lena Lind").fills("Your password", PASSWORD)
    visitor.presses("I have read this").sees("Nothing to sign")

"""A laptop is lent, accepted, emptied and taken back, each step by who does it."""

from tests.journeys.visitor import Visitor


def _asks_for_loan(visitor: Visitor, tag: str) -> None:
    """Fill in a loan to Tess and send it."""
    visitor.opens("equipment/").follows(tag).follows("Lend it")
    visitor.picks("Who borrows it?", "Tess", "Tess Thorn")
    visitor.chooses("What for?", "Work of a member of staff")
    visitor.presses("Lend it")


def test_a_laptop_is_lent_and_comes_back_without_the_borrowers_data(given_signed_in):
    """No signature, no loan; the borrower empties it before it comes back (AGR-05, AST-10)."""
    # Given a teacher who has not signed, to whom nothing is lent
    tina, hana, tess = (given_signed_in(name) for name in ("tina", "hana", "tess"))
    _asks_for_loan(tina, "LOAN-1")
    tina.sees("Without it nothing is lent")

    # When the headteacher lets her for a time
    hana.opens("access/override/").picks("Who?", "Tess", "Tess Thorn")
    hana.fills("Why before they have signed?", "She starts today.")
    hana.dates("Until when?", 20).presses("Allow it until then")
    _asks_for_loan(tina, "LOAN-1")
    tina.sees("It is lent.", "On loan", "Tess Thorn")

    # Then she says that she has it, and later that her data is off it
    tess.opens("").sees("Laptop LOAN-1, lent to you")
    tess.opens("equipment/loans/mine/").follows("I have it").presses(
        "I have it and keep to the terms"
    )
    tina.opens("equipment/").follows("LOAN-1").follows("Take it back")
    tina.chooses("In what state is it?", "Worn, works").presses("Take it back")
    tina.sees("The borrower has not said that their data is off it.")
    tess.follows("My data is removed").presses("It is removed")
    tina.opens("equipment/").follows("LOAN-1").follows("Take it back")
    tina.sees("Yes,").chooses("In what state is it?", "Worn, works").presses("Take it back")
    tina.sees("The loan is over.", "In service")
    tess.reloads().sees("Taken back")

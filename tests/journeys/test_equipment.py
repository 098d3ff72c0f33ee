"""Items taken and given back, and devices kept as evidence, each by the people who do it."""

from tests.journeys import equipment_deeds as deeds
from tests.journeys.deeds import reports, takes_on


def test_a_phone_is_taken_and_given_back(given_signed_in, server):
    """Taken on a phone in a minute, kept by the office, fetched by the father (MOB-04, c.15)."""
    # Given a teacher who has taken a phone
    tom = given_signed_in("tom", phone=True)
    number = deeds.takes(tom, "Quin", "Quin Pease")
    tom.sees("Held by the school").does_not_see("Give it back")

    # When the office tells the father and he fetches it
    iris = given_signed_in("iris")
    iris.opens("items-taken/?due=here").sees(number, "Quin Pease")
    deeds.tells_parent(iris, number, "By telephone, the father")
    deeds.gives_back(iris, number, "Paul Pease", "P. Pease")

    # Then it stands there who has it, and the receipt says so
    iris.follows("Print a receipt for the parent").sees("Black Nokia", "P. Pease")
    tom.opens(f"items-taken/{number}/").sees("Given back", "Nothing is left to do")
    assert not [mail for mail in server.mail_to("tom@oak-hill.example") if "Quin" in mail]


def test_nobody_looks_at_what_may_be_on_a_phone(given_signed_in):
    """It goes to the safeguarding lead, who decides; the office never learns why (R-SSC-3)."""
    tess = given_signed_in("tess", phone=True, script=False)
    tess.opens("items-taken/new/").fills("From whom?", "Pia Pease")
    tess.fills("What does it look like?", "Red Samsung")
    tess.chooses("Why was it taken?", "Used to photograph, film or record")
    question = "Might there be a naked or sexual picture of a child on it?"
    tess.chooses(question, "Yes, or I am not sure").fills("Where is it now?", "With me")
    tess.presses("Write it down").sees("Do not look at it", "Take it to the safeguarding lead now")
    number = tess.page.locator(".identity__reference").inner_text()

    dora = given_signed_in("dora")
    dora.opens("").sees(f"Item {number}")
    iris = given_signed_in("iris")
    iris.opens(f"items-taken/{number}/").sees("With the safeguarding lead")
    iris.does_not_see("indecent", "Do not look")
    dora.opens(f"items-taken/{number}/").follows("Cleared: give to the office")
    dora.fills("Why can it go back?", "The police looked at it: there is nothing on it.")
    dora.picks("Who holds it now?", "Iris", "Iris Inkwell").fills("Where is it?", "Office")
    dora.presses("Cleared: give to the office").sees("It can be collected now.")
    deeds.gives_back(iris, number, "Paul Pease", "Paul Pease")


def test_a_device_is_kept_as_evidence_until_the_case_lets_it_go(given_signed_in):
    """Nobody lends it meanwhile, and the register does not tell of which case it is (AST-22)."""
    tom, dora, tina = (given_signed_in(name) for name in ("tom", "dora", "tina"))
    number = reports(tom, "Rude messages were written on a laptop of the school.")
    takes_on(dora, number)
    deeds.keeps_as_evidence(dora, number, "EVI-1", "Safe in the head’s office")

    tina.opens("equipment/").follows("EVI-1")
    tina.sees("Kept as evidence")
    tina.does_not_see("Lend it", number, "Rude messages", "Safe in the head")
    deeds.lets_go(dora, number)
    tina.reloads().sees("In service", "Lend it").does_not_see(number)

"""People are asked, ask back, sign or decline; the school sees it and acts on it."""

from playwright.sync_api import expect

from tests.journeys import deeds
from tests.journeys.conftest import PASSWORD
from tests.journeys.world import BORN

STAFF = "Acceptable use: staff"
POLICY = "Online-safety policy: I have read it"
GOVERNORS = "Acceptable use: governors"
AGREES = "I have read and understood this agreement"
HELPS = "I have read this page and the rules."
PRESS = "May newspapers or TV show pictures of Pia"


def test_staff_on_induction(given_signed_in):
    """AGR-10, AGR-11, AGR-12, AGR-29: asked, answered, signed, countersigned, let in."""
    # Given a new teacher who finds on her home page what she has to sign
    nell = given_signed_in("nell")
    nell.opens("").follows("Read and sign", beside=STAFF).sees("Passwords")

    # When she asks something first, and the lead answers
    nell.follows("Ask something first")
    nell.fills("What would you like to know?", "May I use my own phone on a trip?")
    nell.presses("Send my question").sees("The school has not answered yet.")
    dora = given_signed_in("dora")
    dora.opens("questions/").follows("May I use my own phone on a trip?")
    dora.fills("Your answer", "No, take a phone of the school with you.")
    dora.presses("Send this answer").sees("Your answer is sent.")

    # And she signs, and says that she has read the policy
    nell.reloads().sees("The school answered: No, take a phone of the school with you.")
    nell.follows("Read and sign", beside=STAFF)
    deeds.signs(nell, AGREES, "Nell Newman", password=PASSWORD)
    nell.follows("Read and sign", beside=POLICY)
    nell.page.get_by_label("I confirm that I have read and understood").check()
    nell.fills("Type your full name", "Nell Newman").fills("Your password", PASSWORD)
    nell.presses("I have read this").sees("Nothing to sign")

    # Then she takes her copy, which the worker made
    assert "NellNewman" in deeds.text_of(nell.downloads("S-"))

    # And once the headteacher has named her systems, the technician may open her account
    tina = given_signed_in("tina")
    tina.opens("access/?q=Newman").sees("Not yet", "waiting for the headteacher")
    hana = given_signed_in("hana")
    hana.opens("countersigning/").follows("Nell Newman").sees("password entered when signing")
    hana.ticks("Which systems may they use?", "School network", "E-mail")
    hana.presses("Countersign this agreement").sees("Countersigned.")
    tina.reloads().sees("Everything is signed", "School network, E-mail")
    expect(tina.page.get_by_role("row", name="Nell Newman")).to_contain_text("Yes")


def test_a_parent_of_two_signs_by_link_on_an_old_phone(given, given_signed_in):
    """AGR-12, AGR-13, CON-01: a link, a second check, one sitting, one no; then it is used up."""
    # Given a link that the office made
    link = deeds.makes_link(given_signed_in("iris"), "Paul Pease")

    # When the father opens it on a narrow phone without scripts, and first mistypes the date
    paul = given(old=True, script=False)
    paul.opens(link).is_at("sign/").sees("Is it you?")
    paul.dates("Your child’s date of birth", on=BORN["quin"].replace(year=2017))
    paul.presses("Continue").is_refused("That is not what the school has.")
    paul.dates("Your child’s date of birth", on=BORN["quin"]).presses("Continue")

    # Then he signs for both children in one sitting
    paul.is_at("sign/home/").sees("Pia Pease", "Quin Pease").follows("Read and sign")
    for child in ("Pia Pease", "Quin Pease"):
        expect(paul.group("Which children do you sign for?").get_by_label(child)).to_be_checked()
    deeds.signs(paul, HELPS, "Paul Pease")
    paul.sees("Nothing to sign", "for Pia Pease", "for Quin Pease")

    # And says that the press may not show his daughter
    paul.follows("Your answers for Pia Pease").chooses(PRESS, "No").presses("Go on")
    paul.sees(PRESS, "You say no").presses("Yes, keep this").sees("Your answers are kept")
    dora = given_signed_in("dora").opens("consents/?q=Pia")
    expect(dora.page.get_by_role("cell", name="No", exact=True)).to_have_count(1)

    # And takes his copy, after which the link opens nothing any more
    assert "PaulPease" in deeds.text_of(paul.downloads("S-"))
    somebody = given(old=True, script=False)
    somebody.opens(link, status=404).sees("This link has been used or replaced.")


def test_who_declines_is_talked_to_and_asked_again(given_signed_in):
    """AGR-29: a reason, something to do for the lead, a second round, a signature."""
    # Given a governor who does not want to sign
    cara = given_signed_in("cara", phone=True)
    cara.opens("my/").follows("Read and sign", beside=GOVERNORS).follows("I do not want to sign")
    cara.fills("Why do you not want to sign?", "I cannot promise clause 4 yet.")
    cara.presses("Send my answer").sees("The school will talk to you.", "What you did not sign")

    # When the lead finds that on her home page, talks to her and asks again
    dora = given_signed_in("dora")
    dora.opens("").follows("Do this", beside="Cara Chairman declined")
    dora.fills("What was done", "We talked about clause 4.").presses("This is done")
    dora.opens("signing/?state=declined").follows("Cara Chairman")
    dora.sees("I cannot promise clause 4 yet.").follows("Ask again")
    dora.fills("Why?", "We talked, and she is ready.").presses("Ask again")
    dora.sees("They are asked again.", "To be signed")

    # Then she signs
    cara.reloads().follows("Read and sign", beside=GOVERNORS)
    deeds.signs(cara, AGREES, "Cara Chairman", password=PASSWORD)
    cara.does_not_see("What you did not sign")

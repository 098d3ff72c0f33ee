"""Signing without an account of one's own: in class, at reception, on paper."""

import re

from playwright.sync_api import expect

from tests.journeys import deeds

SHEET = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_a_class_signs_together(given_signed_in):
    """AGR-08, AGR-03: name and mark on the teacher's screen; who is absent stays open."""
    # Given a teacher who opens the text before her class
    tess = given_signed_in("tess")
    tess.opens("class-agreements/").follows("Open the class 4B").presses("Open the class")
    tess.sees("Tap your name to sign")

    # When two pupils tap their names and their marks, and the third is absent
    for name, mark in (("Ada Arden", "Fish"), ("Ben Bates", "Star")):
        tess.follows(name).sees("It is your mark").presses(mark)
        tess.sees(f"Thank you, {name.split()[0]}. You have signed.", f"{name} signed")
    tess.follows("Close", part="header").presses("Close the text")

    # Then one of the class is still open, for the teacher
    expect(tess.page.get_by_role("row", name=re.compile("4B.*2 of 3 1 "))).to_be_visible()

    # And for the lead
    dora = given_signed_in("dora")
    dora.opens("coverage/?by=class")
    expect(dora.page.get_by_role("row", name="4B 3 2 1 0 0 66")).to_be_visible()
    dora.follows("4B").sees("Cleo Crane").does_not_see("Ada Arden")


def test_a_visitor_signs_at_reception(given, given_signed_in):
    """AGR-17: the poster's address, no account, good for the day; a closed place refuses."""
    # Given the poster of a place that the office opened
    iris = given_signed_in("iris")
    iris.opens("reception/open/").fills("Where do visitors sign?", "Reception")
    iris.presses("Open this place").follows("Poster").sees("Welcome. Please sign here")
    poster = deeds.address_on(iris, "visit")

    # When a visitor follows it on a phone and signs
    vic = given(phone=True)
    vic.opens(poster).sees("No pictures").fills("Your full name", "Vic Visitor")
    vic.fills("Where you come from", "Fire safety Ltd").fills("Whom do you visit?", "Mrs Headley")
    vic.page.get_by_label("I agree to these points").check()
    vic.presses("Sign").sees("You have signed", "Fire safety Ltd", "Good until the end of")

    # Then the office sees who is here, and closes the place
    iris.opens("reception/").sees("Vic Visitor", "Fire safety Ltd", "Ends today")
    vic.follows("Next visitor").fills("Your full name", "Val Visitor")
    iris.follows("Close Reception").presses("Close this place").sees("Take its poster down.")

    # And nobody signs there any more, not even on a page that was open
    vic.fills("Whom do you visit?", "4B").page.get_by_label("I agree to these points").check()
    vic.presses("Sign").sees("Nobody can sign here any more.")
    assert vic.status == 410


def test_a_sheet_of_paper_counts_when_a_second_person_has_compared_it(given_signed_in):
    """AGR-09, AGR-12: printed, taken in, never compared by whoever took it in."""
    # Given a sheet for a pupil, which the worker makes as a PDF
    iris = given_signed_in("iris")
    iris.opens("papers/sheets/?q=Quin").follows("Print the sheet of Quin Pease")
    iris.presses("Make a PDF").waits_for("ready")
    sheet = deeds.text_of(iris.downloads("Download the file"))
    assert "QuinPease" in sheet

    # When it comes back signed and the office takes it in
    iris.opens("papers/sheets/?q=Quin").follows("Take in the sheet of Quin Pease")
    iris.attaches("Scan or photograph of the whole sheet", "quin.pdf", SHEET)
    iris.fills("Name written on the sheet", "Quin Pease").dates("Date written on the sheet")
    iris.presses("Take in this sheet").sees("Somebody else compares it now.")

    # Then whoever took it in cannot compare it
    number = re.search(r"papers/(\d+)/download/", iris.page.content())
    assert number
    expect(iris.link("Compare the sheet of Quin Pease")).to_have_count(0)
    iris.opens(f"papers/{number[1]}/check/").sees("so somebody else has to compare it.")
    expect(iris.button("Record my answer")).to_have_count(0)

    # And somebody else can, and then it counts
    dora = given_signed_in("dora")
    dora.opens("papers/").follows("Compare the sheet of Quin Pease").sees("quin.pdf")
    dora.chooses("Is the paper what is expected?", "Yes, all of it").presses("Record my answer")
    dora.sees("The paper counts as signed.")
    dora.opens("signing/?q=Quin&agreement=pupil-ks2").sees("Signed")

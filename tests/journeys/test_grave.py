"""Category D with something illegal suspected: the required referrals hold the incident."""

from tests.journeys import deeds

WORDS = "Pia was asked for a picture by somebody she met in a game."


def makes_referral(visitor, agency, number):
    """Record that a required referral was made just now."""
    visitor.follows(agency).chooses("What do you want to record?", "It was made")
    visitor.dates("When was it made?", timed=True).fills("Their reference", number)
    visitor.presses("Record a referral").sees("Recorded.", number)


def holds_files_out(visitor, reference):
    """Expect a page in words without any box for a file."""
    visitor.opens(f"incidents/{reference}/files/attach/")
    visitor.sees("No file can be attached here", "Do not open, copy, print or send it.")
    assert visitor.page.locator("input[type=file]").count() == 0


def test_required_referrals_hold_a_grave_incident(given_signed_in):
    """INC-29, INC-45, R-UK-4: nothing goes on until police and local authority were told."""
    # Given a report in which a picture of a child may be involved
    tom = given_signed_in("tom", phone=True)
    reference = deeds.reports(tom, WORDS, part="Harmed or targeted", imagery="Not sure")

    # When the lead opens it, there is no way to upload anything
    dora = given_signed_in("dora")
    deeds.takes_on(dora, reference)
    dora.sees("Nothing can be uploaded here.")
    holds_files_out(dora, reference)

    # And when she classifies it as grave and illegal
    dora.opens(f"incidents/{reference}/")
    deeds.classifies(
        dora,
        "Deliberately making, opening, downloading",
        "Grooming",
        urgency="Critical",
        imagery="Yes",
        illegal=True,
    )

    # Then it is with the authorities, and the school cannot go on without them
    dora.sees("With police or care", "Grave misuse", "Illegality suspected", "To be made now")
    dora.opens(f"incidents/{reference}/resume/")
    dora.fills("Who said that school may continue", "PC Hill said so by phone at noon.")
    dora.presses("Take up again").is_refused("Make the required referrals first")
    dora.still_has("Who said that school may continue", "PC Hill said so by phone at noon.")
    dora.opens(f"incidents/{reference}/decide/").fills("Reason for the decision", "Enough.")
    dora.presses("Decide").is_refused("With police or care")

    # When both referrals are made, it can be taken up again
    dora.opens(f"incidents/{reference}/")
    makes_referral(dora, "Police", "CR-2026-77")
    makes_referral(dora, "Local authority", "LA-9")
    dora.opens(f"incidents/{reference}/resume/")
    dora.fills("Who said that school may continue", "PC Hill said so by phone at noon.")
    dora.presses("Take up again").sees("Taken up again.", "Being looked into")

    # And the decision asks for CEOP as well, which holds the closing
    dora.follows("Decide").sees("Nobody of the school is said to have done it")
    dora.fills("Reason for the decision", "Police lead. The family has support.")
    dora.presses("Decide").sees("Waiting for confirmation")
    hana = given_signed_in("hana")
    hana.opens(f"incidents/{reference}/confirm/").chooses("Do you confirm", "Yes, confirm it")
    hana.presses("Confirm or return the decision").sees("Make the referral to CEOP")
    dora.opens(f"incidents/{reference}/close/")
    for question, words in deeds.CLOSING.items():
        dora.fills(question, words)
    dora.presses("Close").is_refused("Make the referral to CEOP")
    dora.still_has("Summary: what happened", deeds.CLOSING["Summary: what happened"])


def test_report_with_a_file_is_refused_where_a_picture_may_be_involved(given_signed_in):
    """INC-45: the file goes nowhere and the words stay."""
    tom = given_signed_in("tom", phone=True, script=False)
    tom.opens("report/")
    deeds.fills_report(tom, "A picture went round in 5T.", imagery="Yes")
    tom.attaches("Files or screenshots", "shot.png", b"\x89PNG\r\n\x1a\n not a picture")

    tom.presses("Send this report")

    tom.is_refused("No file can be sent where a naked or sexual picture")
    tom.still_has("What happened?", "A picture went round in 5T.")
    tom.presses("Send this report").sees("Thank you, we have your report")

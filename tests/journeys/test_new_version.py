"""A text changes in substance: everybody is asked again, and what was signed stays provable."""

from tests.journeys import deeds
from tests.journeys.conftest import PASSWORD

POLICY = "Online-safety policy: I have read it"
CONFIRMS = "I confirm that I have read and understood the online-safety policy"
NEW_STATEMENT = f"{CONFIRMS}, with its new part on chatbots."


def test_a_material_version_is_asked_again_and_the_old_seal_holds(given, given_signed_in):
    """AGR-06, AGR-07, AGR-12: revised, approved, published, asked by the worker."""
    # Given a teacher who has said that he read the policy, and has the certificate
    tom = given_signed_in("tom")
    tom.opens("my/").follows("Read and sign", beside=POLICY)
    tom.page.get_by_label(CONFIRMS).check()
    tom.fills("Type your full name", "Tom Teale").fills("Your password", PASSWORD)
    tom.presses("I have read this").sees(f"{POLICY}, version 1")
    seal = deeds.seal_on(tom.downloads("S-"))

    # When the lead writes a new version
    dora = given_signed_in("dora")
    dora.opens("agreements/policy/1/").follows("Write a new version")
    dora.fills("What changes and why", "Chatbots are new in the policy.")
    dora.presses("Begin the draft").fills("What signing says", NEW_STATEMENT)
    dora.presses("Save as a draft").presses("Send for approval").sees("have been told.")

    # And the headteacher approves and publishes it
    hana = given_signed_in("hana")
    hana.opens("agreements/policy/2/approve/").sees("What changed from version 1", NEW_STATEMENT)
    hana.chooses("What do you decide?", "Approve it as it stands")
    hana.presses("Record this decision").follows("Publish this version")
    hana.sees("those who signed before among them").presses("Publish and ask them")
    hana.waits_for("asked now")

    # Then he is asked again, for the new words
    tom.reloads().sees("A new version", f"{POLICY}, version 1")
    tom.follows("Read and sign", beside=POLICY).sees(NEW_STATEMENT)

    # And anybody who holds the old certificate can still have it confirmed, and no other
    anybody = given()
    anybody.opens(f"verify/{seal}/").sees("This is a true signature.", "under version 1")
    anybody.does_not_see("Teale")
    anybody.fills("Seal of the certificate", seal[::-1]).presses("Verify this seal")
    anybody.sees("No signature of this school has this seal.")

"""A server is disposed of so that it can be proved, by everybody who has a part in it."""

from playwright.sync_api import expect

from tests.journeys import register_deeds as deeds
from tests.journeys.deeds import seal_on, text_of

CERTIFICATE = "Secure deletion certificate for a server"


def test_a_server_leaves_with_every_proof(given, given_signed_in):
    """Prepared, approved, wiped, destroyed, counted, papered, sealed (AST-03 to AST-08; c.12)."""
    # Given a disposal that the technician prepared, and whose approval is not theirs
    tina, hana = given_signed_in("tina"), given_signed_in("hana", phone=True)
    number = deeds.prepares(tina, "Green Chips Ltd", "SRV-1")
    page = f"equipment/disposals/{number}/"
    expect(tina.link("Approve or refuse")).to_have_count(0)
    tina.opens(f"{page}decide/", status=403)
    hana.opens(page).follows("Approve or refuse").sees("SRV-1", "Too old to be kept safe.")
    hana.chooses("What do you decide?", "Approve it as it stands")
    hana.presses("Record this decision").sees("Your decision is recorded.")

    # When one disk is wiped, which nobody verifies for themselves, and the other fails
    tina.opens(page)
    deeds.fills_wipe(tina, "HDD-77A", looked="Tina Techworth")
    tina.presses("Record this").is_refused("cannot be the one who looked")
    tina.opens(page)
    deeds.fills_wipe(tina, "HDD-77A", looked="Dora Dale")
    tina.presses("Record this").sees("Written down.")
    expect(tina.link("Hand over")).to_have_count(0)
    deeds.fills_wipe(tina, "HDD-77B")
    tina.chooses("How did it go?", "Failed").fills("If it failed: why?", "It does not spin up.")
    tina.presses("Record this").sees("Written down.")
    deeds.destroys(tina, "HDD-77B", "Dora Dale")

    # And the server is counted out by two
    tina.follows("Hand over")
    deeds.hands_over(tina, 2)
    tina.is_refused("You counted 2 and the disposal holds 1.")
    tina.fills("How many devices went out?", "1").presses("Record this hand-over")
    tina.sees("Handed over.")

    # Then it stays open while a count does not agree and a certificate is missing
    deeds.adds_paper(tina, "Receipt of the company", 2)
    for kind in deeds.OF_WASTE:
        deeds.adds_paper(tina, kind, 1)
    tina.sees("what is here speaks of 2", "Secure deletion certificate")
    tina.opens(f"{page}close/").presses("Close it: papers are complete")
    tina.is_refused("what is here speaks of 2", "SRV-1: Secure deletion certificate")
    tina.opens(page)
    deeds.adds_paper(tina, "Receipt of the company", 1, instead="Receipt of the company")
    deeds.adds_paper(tina, CERTIFICATE, about="SRV-1")

    # And once all is here it is closed, and its certificate tells everybody the same
    tina.sees("Everything is here.").follows("Close: papers are complete")
    tina.presses("Close it: papers are complete").sees("Closed and sealed.", "Disposed of")
    tina.presses("Make the certificate (PDF)").waits_for("The certificate is ready.")
    certificate = tina.downloads("Download the file")
    words = text_of(certificate)
    assert [one for one in ("SRV-1", "HDD-77A", "HDD-77B") if one not in words] == []
    seal = seal_on(certificate)
    anybody = given(phone=True)
    anybody.opens(f"equipment/disposals/verify/{seal}/").sees("This is a true certificate.")
    anybody.sees("1 device", "2 storage media").does_not_see("SRV-1", "Tina")
    anybody.opens(f"equipment/disposals/verify/{seal[::-1]}/", status=404)


def test_a_company_without_a_licence_takes_nothing(given_signed_in):
    """Its licence ran out: nobody approves it and nobody can choose it (AST-03, AST-06)."""
    tina, hana = given_signed_in("tina"), given_signed_in("hana")
    deeds.enters_company(tina, "Old Licence Ltd", days=-1)
    tina.sees("Expired", "it has run out")
    hana.opens("equipment/companies/").follows("Old Licence Ltd")
    hana.sees("Its waste carrier licence ran out. It may take nothing away before a new paper")
    expect(hana.link("Approve it")).to_have_count(0)
    company = hana.page.url.partition(f"/{hana.school}/")[2]
    hana.opens(f"{company}approve/")
    hana.presses("Approve it").is_refused("Its waste carrier licence ran out on")
    tina.opens("equipment/disposals/new/").does_not_see("Old Licence Ltd")

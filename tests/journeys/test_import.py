"""Pupils come in from a file of the school's MIS, and one of them is found in a report."""

from playwright.sync_api import expect

from tests.journeys import deeds

PUPILS = """\
UPN,Surname,Forename,Yr,Reg
P-1,Abara,Ngozi,5,5T
P-2,Bell,Zoë,5,5T
P-3,,Nameless,5,5T
"""


def test_import_then_report_on_an_imported_pupil(given_signed_in):
    """Points 7 and 23: mapping, preview, progress; then the pupil is found by type-ahead."""
    # Given the headteacher with a file, one row of which lacks a name
    hana = given_signed_in("hana")
    hana.opens("people/imports/").follows("Upload a file")
    hana.chooses("Who is in the file?", "Pupils")
    hana.attaches("CSV file from your MIS", "pupils.csv", PUPILS.encode())

    # When she says what the columns mean and looks at what would change
    hana.presses("Read this file").sees("What the columns mean", "For example Abara, Bell")
    hana.selects("Year group", "Yr").selects("Class", "Reg")
    hana.presses("See what would change").sees("Nothing has been changed yet.")
    hana.sees("Cannot be brought in", "Nameless", "Last name is missing.")
    hana.follows("New").sees("Ngozi Abara", "Zoë Bell")

    # And brings in the rest
    hana.page.get_by_label("Leave out the 1 row that cannot be brought in").check()
    hana.presses("Bring this in")
    hana.waits_for("2 added")

    # Then a teacher finds the pupil by a few letters, accent or not, and reports
    tom = given_signed_in("tom", phone=True)
    tom.opens("report/")
    deeds.fills_report(tom, "Zoë was left out of a group chat.")
    tom.picks("Name", "zoe", "Zoë Bell").selects("Their part", "Harmed or targeted")
    tom.presses("Send this report").sees("Thank you, we have your report")

    # And the lead sees who it is
    reference = deeds.reference_of(tom)
    dora = given_signed_in("dora")
    dora.opens(f"incidents/{reference}/").sees("Zoë Bell", "Harmed or targeted", "5T Year 5")
    expect(dora.link("Zoë Bell")).to_be_visible()

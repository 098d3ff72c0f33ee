"""The report and the review of governors, a reminder that stops, a calendar address that ends."""

from icalendar import Calendar

from tests.journeys import governing_deeds as deeds

NAMES = ("Dora", "Dale", "Hana", "Headley", "Tina", "Techworth", "Tom Teale", "Pia", "Pease")
QUESTION = "Why have some parents not signed yet?"
FINDINGS = "The papers agree with the report. Nothing is open."
IRIS = "iris@oak-hill.example"
OFFICE = "Pupil data on office machines is protected"


def test_governor_reads_the_report_asks_and_signs_the_review(given_signed_in):
    """Written, issued, read without a name, asked, answered, reviewed, signed (REP-02, REP-03)."""
    # Given a report that the lead wrote, who sees every figure, and the headteacher issued
    dora = given_signed_in("dora")
    deeds.writes_report(dora, "A calm start. Agreements went out to everybody.")
    assert "Governors" in deeds.small_numbers(dora)
    hana = given_signed_in("hana")
    deeds.issues_report(hana, "Thank you all.")

    # When the governor reads it
    olga = given_signed_in("olga", phone=True)
    olga.opens("").follows("Read it").sees("A calm start.", "Thank you all.", "fewer than 5")

    # Then it names nobody but who issued it, and no number from which a person could be guessed
    olga.sees("by Hana Headley").does_not_see("Dora Dale", "Tina Techworth", "Tom Teale", "Pease")
    assert deeds.small_numbers(olga) == []

    # And a question is answered with where it can be seen
    deeds.asks_about_report(olga, QUESTION)
    deeds.answers_question(dora, QUESTION, "They were asked this week.")

    # And both sign the review of the term, in which they took part
    deeds.holds_review(dora, FINDINGS, "Olga Overton", "Dora Dale")
    deeds.signs_review(olga, FINDINGS)
    deeds.signs_review(dora, FINDINGS)
    dora.sees("Signed off", "Governor: Olga Overton", "Lead: Dora Dale")


def test_reminder_comes_in_one_mail_is_acted_on_and_stops(given_signed_in, server):
    """One mail a day without names; what is done reminds nobody again (SYS-02, ROL-22)."""
    # When the last ten school days of the term begin, and the sweep runs twice that day
    server.reminds("2026-12-04T10:00", "2026-12-04T12:00")

    # Then the office has one mail that tells of no duty and nobody
    (mail,) = [one for one in server.mail_to(IRIS) if "you in Safeguard at" in one]
    assert "Sign in to see what it is" in mail
    assert [word for word in (*NAMES, OFFICE) if word in mail] == []

    # And when the duty is done
    iris = given_signed_in("iris", phone=True)
    deeds.says_how_met(iris, OFFICE)
    server.reminds("2026-12-15T10:00")

    # Then only who has not done theirs is reminded again
    hana = given_signed_in("hana")
    assert deeds.reminders_of_duties(hana, "Iris Inkwell") == 1
    assert deeds.reminders_of_duties(hana, "Tina Techworth") == 2 * deeds.TECHNICAL_DUTIES


def test_calendar_opens_in_a_standard_program_until_it_is_ended(given, given_signed_in):
    """A private address, read without a sign-in, that can be taken back (SYS-02)."""
    tina, program = given_signed_in("tina"), given()
    address = deeds.makes_calendar(tina)

    status, content = deeds.reads_anywhere(program, address)
    assert status == 200
    events = Calendar.from_ical(content).walk("VEVENT")
    assert "Due: Passwords are enforced" in {str(event["SUMMARY"]) for event in events}
    assert [name for name in NAMES if name in content.decode()] == []

    tina.presses("End this address").sees("Nothing can be read there now.")
    assert deeds.reads_anywhere(program, address)[0] == 404

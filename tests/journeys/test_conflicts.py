"""Two people at once, twice the same thing, and time that ran out: nothing is lost."""

from playwright.sync_api import expect

from tests.journeys import deeds
from tests.journeys.conftest import PASSWORD


def test_a_stale_note_is_refused_kept_and_sent_again(given_signed_in):
    # Given the lead and the headteacher with the same form open
    reference = deeds.reports(given_signed_in("tom"), "Pia was called names in a chat.")
    dora, hana = given_signed_in("dora"), given_signed_in("hana", phone=True, script=False)
    deeds.takes_on(dora, reference)
    hana.opens(f"incidents/{reference}/note/").fills("Note", "Her mother rang me.")
    dora.opens(f"incidents/{reference}/note/").fills("Note", "I saw the chat.")

    # When one sends, and then the other
    dora.presses("Add a note").sees("Note added.")
    hana.presses("Add a note")

    # Then the second is told so, has lost nothing, and can send it again
    hana.is_refused("Somebody changed this incident after you opened the page.")
    hana.still_has("Note", "Her mother rang me.")
    hana.presses("Add a note").sees("Note added.", "I saw the chat.", "Her mother rang me.")


def test_two_people_who_decide_at_once_make_one_decision(given_signed_in):
    reference = deeds.reports(given_signed_in("tom"), "Pia used e-mail in a lesson.")
    dora, hana = given_signed_in("dora"), given_signed_in("hana")
    deeds.takes_on(dora, reference)
    deeds.classifies(dora, "Using e-mail without permission", "Health and screen time")
    hana.opens(f"incidents/{reference}/decide/").fills("Reason for the decision", "A letter home.")
    dora.opens(f"incidents/{reference}/decide/").fills("Reason for the decision", "A talk.")

    dora.presses("Decide").sees("Decision recorded.", "Reason: A talk.")
    hana.presses("Decide").is_refused("Somebody changed this incident")
    hana.still_has("Reason for the decision", "A letter home.")
    hana.presses("Decide").is_refused("Actions under way")

    hana.opens(f"incidents/{reference}/").does_not_see("A letter home.")


def test_a_report_sent_twice_is_one(given_signed_in):
    for script in (True, False):
        tess = given_signed_in("tess", phone=True, script=script)
        words = f"A pupil shared a link, with {'a' if script else 'no'} script."
        tess.opens("report/")
        deeds.fills_report(tess, words)

        tess.presses_twice("Send this report", "reports/*/")

        tess.opens("reports/")
        expect(tess.page.get_by_role("row").filter(has_text=words)).to_have_count(1)


def test_a_draft_outlives_a_lost_connection_and_a_lost_session(given_signed_in):
    # Given a report that is half written when the connection drops
    tom = given_signed_in("tom", phone=True)
    words = "Two pupils swapped game accounts."
    tom.opens("report/")
    deeds.fills_report(tom, words)
    tom.waits_until_kept()
    tom.reloads().still_has("What happened?", "")

    # When he brings it back and sends it after his session has ended
    tom.clicks("Bring it back").still_has("What happened?", words)
    tom.page.context.clear_cookies(name="safeguard_session")
    tom.presses("Send this report")
    assert "/accounts/login/" in tom.page.url
    tom.fills("Email", "tom@oak-hill.example").fills("Password", PASSWORD).presses("Sign in")

    # Then it is still there, can be sent, and is offered no more
    tom.is_at("report/").clicks("Bring it back").presses("Send this report")
    tom.sees("Thank you, we have your report", words)
    tom.opens("report/").does_not_see("Bring it back")


def test_a_form_from_a_lost_page_says_what_happened(given_signed_in):
    tom = given_signed_in("tom")
    tom.opens("report/")
    deeds.fills_report(tom, "Something that is not sent.")
    tom.page.context.clear_cookies(name="safeguard_csrf")

    tom.presses("Send this report")

    assert tom.status == 403
    tom.sees("This page was open too long", "Nothing was changed.")
    tom.opens("reports/").does_not_see("Something that is not sent.")

"""Filter changes by five people, one that ends, an emergency, an alert, and what is refused."""

import re

from tests.journeys import filter_deeds as deeds
from tests.journeys.deeds import reference_of


def test_five_people_change_the_filter(given_signed_in, server):
    """Asked, assessed, approved, made and tested by five people (FIL-05, FIL-06; c.5)."""
    # Given a teacher with a phone who needs a page
    tom = given_signed_in("tom", phone=True)
    number = deeds.asks(tom, "https://www.Viking-Ships.example:443/longship?from=search")
    tom.sees("www.viking-ships.example/longship", "To be assessed")

    # When lead, headteacher, filtering manager and a colleague do their parts
    dora = given_signed_in("dora")
    dora.opens("").sees("Needs you now", number)
    deeds.assesses(dora, number)
    hana = given_signed_in("hana", phone=True, script=False)
    hana.opens(f"filter-changes/{number}/decide/").sees("nothing unsuitable", "longship")
    deeds.decides(hana, number, "Approve it as it stands")
    tina = given_signed_in("tina")
    deeds.makes(tina, number, "Blocked as unknown", "Allowed by address")
    tess = given_signed_in("tess", phone=True)
    deeds.tests(tess, number)

    # Then it is closed, who asked is told, and the register shows it with its reason
    tom.opens(f"filter-changes/{number}/").sees("Closed", "Allowed by address")
    mails = server.mail_to("tom@oak-hill.example")
    assert not [mail for mail in mails if "viking" in mail]
    hana.opens("filtering/register/").follows("Pupils")
    hana.sees("www.viking-ships.example/longship", f"{number}")

    # And the governor reads every step of it without a name
    olga = given_signed_in("olga")
    olga.opens(f"filtering/log/?q={number}").sees("Allowed by address", "Blocked as unknown")
    olga.does_not_see("Tom Teale", "Dora Dale", "Hana Headley", "Tina Techworth", "Tess Thorn")
    olga.opens(f"filter-changes/{number}/", status=403)


def test_an_unblock_for_study_ends_by_itself_and_is_proved(given_signed_in, server):
    """Its end is part of the approval; it is put back and checked by two people (FIL-08; c.6)."""
    tom, dora = given_signed_in("tom"), given_signed_in("dora")
    hana, tina, tess = (given_signed_in(name) for name in ("hana", "tina", "tess"))
    number = deeds.asks(tom, "short-films.example", days=1)
    deeds.assesses(dora, number)
    deeds.decides(hana, number, "Approve it as it stands")
    deeds.makes(tina, number, "Blocked", "Allowed")
    deeds.tests(tess, number)
    tom.opens(f"filter-changes/{number}/").sees("Open until its day")

    # When its last day is over
    server.sweeps(days=2)

    # Then it waits to be put back, and to be checked by somebody else
    tina.opens("").sees(number)
    deeds.puts_back(tina, number)
    tina.opens(f"filter-changes/{number}/check/", status=200)
    tina.chooses("What did you find as “Pupils”?", "Works as it should")
    tina.presses("Check as a second person").is_refused("put")
    deeds.checks(tess, number)
    tess.sees("Closed")


def test_an_emergency_block_is_refused_and_put_back(given_signed_in):
    """Blocked first, decided the same day, put back when it is refused (FIL-26, FIL-36)."""
    tina, hana, tess = (given_signed_in(name) for name in ("tina", "hana", "tess"))
    tina.opens("filter-changes/block/").fills("Which web addresses?", "news-for-all.example")
    tina.ticks("For whom?", "Pupils")
    tina.fills("Why could it not wait?", "A picture on its front page upset a class.")
    tina.presses("Record this block").sees("The block is recorded.", "Blocked at once")
    number = reference_of(tina)

    hana.opens("").sees(number)
    deeds.decides(
        hana, number, "Refuse it: it is put back today", "The picture is gone. Classes need it."
    )
    hana.sees("To be put back")
    deeds.puts_back(tina, number)
    deeds.checks(tess, number)
    hana.opens(f"filter-changes/{number}/").sees("Closed", "Classes need it.")


def test_an_alert_becomes_an_incident_and_both_know(given_signed_in):
    """One action raises the incident, filled in; the link is walked both ways (FIL-15; c.8)."""
    dora = given_signed_in("dora")
    dora.opens("filtering/alerts/new/").dates("When did it happen?", timed=True)
    dora.chooses("How urgent is it?", "High").fills("Rule or theme", "Bullying")
    dora.fills("What was searched for or written", "nobody likes you")
    dora.picks("Who was it?", "Pia", "Pia Pease")
    dora.presses("Enter this alert").sees("The alert is written down")
    dora.opens("filtering/alerts/")
    alert = dora.page.get_by_role("link", name=re.compile(r"^Alert \d+$")).first.inner_text()

    dora.follows(alert).presses("Open").sees("You have taken this alert on.").follows(
        "Raise an incident"
    )
    dora.sees("nobody likes you")
    dora.presses("Send this report")
    number = reference_of(dora)

    dora.sees("nobody likes you").follows(f"Came from monitoring {alert.lower()}")
    dora.sees("Incident raised").follows(f"Incident {number}").sees("nobody likes you")


def test_what_nobody_may_do_to_the_filter_is_refused_in_words(given_signed_in):
    """Own request, unapproved, edited meanwhile, twice at once (FIL-05, FIL-06)."""
    hana, dora, tina, tom = (given_signed_in(name) for name in ("hana", "dora", "tina", "tom"))

    # Nobody approves their own request
    own = deeds.asks(hana, "heads-own.example")
    deeds.assesses(dora, own)
    hana.opens(f"filter-changes/{own}/decide/")
    hana.chooses("What do you decide?", "Approve it as it stands").presses("Record this decision")
    hana.is_refused("You asked for this change")

    # Nobody makes what is not approved
    tina.opens(f"filter-changes/{own}/make/").fills("Before", "Blocked").fills("After", "Allowed")
    tina.presses("Make the change").is_refused("cannot be done now")

    # Nobody approves what was edited after they opened it
    number = deeds.asks(tom, "edited.example")
    deeds.assesses(dora, number)
    hana.opens(f"filter-changes/{number}/decide/")
    tom.opens(f"filter-changes/{number}/edit/").fills("Which web addresses?", "other.example")
    tom.presses("Edit").sees("Your request is changed.")
    hana.chooses("What do you decide?", "Approve it as it stands").presses("Record this decision")
    hana.is_refused("changed")

    # Nobody approves twice
    deeds.assesses(dora, number)
    again = given_signed_in("hana", phone=True)
    for window in (hana, again):
        window.opens(f"filter-changes/{number}/decide/")
        window.chooses("What do you decide?", "Approve it as it stands")
    hana.presses("Record this decision").sees("Your decision is recorded.")
    again.presses("Record this decision").is_refused("changed")

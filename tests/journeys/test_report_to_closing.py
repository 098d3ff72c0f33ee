"""A teacher reports on a phone; lead and headteacher work on it; the teacher reads the feedback."""

from tests.journeys import deeds


def test_from_report_to_feedback(given_signed_in, server):
    """The main job (INC-03, INC-05, INC-15, INC-12, R-KCSIE-1), most of it without a script."""
    # Given a teacher with a phone on which scripts do not run
    tom = given_signed_in("tom", phone=True, script=False)
    words = "Pia kept sending rude messages in the class chat."

    # When he reports what he saw
    reference = deeds.reports(tom, words)

    # Then the lead finds it among what needs her now, classifies and proposes a decision
    dora = given_signed_in("dora")
    dora.opens("").sees("Needs you now", "Open and take on")
    deeds.takes_on(dora, reference)
    deeds.classifies(
        dora, "Buying or ordering online", "Spending online or in games", urgency="Normal"
    )
    dora.sees("C", "Serious misuse")
    deeds.proposes(dora, "It is the third time this term.")
    dora.sees("Waiting for confirmation").opens(f"incidents/{reference}/confirm/", status=403)

    # And the headteacher confirms it
    hana = given_signed_in("hana", phone=True)
    hana.opens("queue/").follows(reference).follows("Confirm or return the decision")
    hana.sees("Proposed by Dora Dale", "It is the third time this term.")
    hana.chooses("Do you confirm this decision?", "Yes, confirm it")
    hana.presses("Confirm or return the decision").sees("Your answer is recorded.")

    # And the lead tells the parents, refers, answers the tasks, gives feedback and closes
    dora.opens(f"incidents/{reference}/").sees("Actions under way", "Before this can be closed")
    deeds.informs_parents(dora, "They will talk to her tonight.")
    deeds.refers(dora, "Children's social care", "Early help for the family")
    deeds.answers_tasks(dora, reference)
    deeds.gives_feedback(dora, "Thank you, Tom. It was dealt with and has stopped.")
    dora.sees("Everything that closing needs is recorded.")
    deeds.closes(dora)
    dora.sees("Closed").does_not_see("Before this can be closed")

    # And the teacher reads the feedback, and never the case
    tom.opens(f"reports/{reference}/").sees("Finished", "It was dealt with and has stopped.", words)
    tom.does_not_see("Serious misuse", "third time this term", "Early help")
    tom.opens(f"incidents/{reference}/", status=404)
    mails = server.mail_to("tom@oak-hill.example")
    assert mails
    assert not [mail for mail in mails if "Pia" in mail or "rude" in mail]

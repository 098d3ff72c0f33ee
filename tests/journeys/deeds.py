"""What people do in the journeys, each deed as they do it on its page."""

import io
import re

from pypdf import PdfReader

from tests.journeys.visitor import Visitor

CLOSING = {
    "Summary: what happened": "Rude messages in the class chat over a week.",
    "Follow-up: what was looked into": "Talked to both pupils, one by one.",
    "Action: what was done": "The chat was closed and access was taken away for a week.",
    "Decision and its reason": "It went on after a warning.",
    "Outcome for the people involved": "They sit apart and both say it has stopped.",
    "Lessons for policy, teaching, filtering or training": "A lesson about group chats for 5T.",
}


def reports(
    visitor: Visitor,
    words: str,
    *,
    about: str = "Something a pupil did",
    who: str = "Pia Pease",
    part: str = "Said to have done it",
    imagery: str = "No",
) -> str:
    """Report something that happened just now; returns its reference from the receipt."""
    visitor.opens("report/")
    fills_report(visitor, words, about=about, imagery=imagery)
    if who:
        visitor.fills("Name", who).selects("Their part", part)
    visitor.presses("Send this report").sees("Thank you, we have your report", words)
    return reference_of(visitor)


def fills_report(
    visitor: Visitor, words: str, *, about: str = "Something a pupil did", imagery: str = "No"
) -> None:
    """Fill in what a report cannot do without."""
    visitor.chooses("What is it about?", about)
    visitor.fills("What happened?", words)
    visitor.chooses("Might a naked or sexual picture of a child be involved?", imagery)
    visitor.chooses("Where?", "On an online service")
    visitor.chooses("Did you tell the safeguarding lead in person?", "Yes")


def reference_of(visitor: Visitor) -> str:
    """Return the reference in the address of the page."""
    found = re.search(r"/(\d{4}-\d{4})/", visitor.page.url)
    assert found, visitor.page.url
    return found[1]


def takes_on(visitor: Visitor, reference: str) -> None:
    """Find the report in the queue, open it and take it on."""
    visitor.opens("queue/").follows(reference).follows("Open and take on")
    visitor.presses("Open and take on").sees("You have taken this incident on.")


def classifies(
    visitor: Visitor,
    policy: str,
    theme: str,
    *,
    urgency: str = "High",
    imagery: str = "No",
    illegal: bool = False,
) -> None:
    """Classify from the page of the incident."""
    visitor.follows("Classify")
    visitor.selects("What does the policy call it?", policy)
    visitor.ticks("Themes of online risk", theme).selects("Which theme is the main one?", theme)
    visitor.chooses("How urgent is it?", urgency)
    visitor.chooses("Might a naked or sexual picture of a child be involved?", imagery)
    if illegal:
        visitor.page.get_by_label("Something illegal is suspected").check()
    visitor.fills("what links it to the school?", "Both are in class 5T.")
    visitor.presses("Classify").sees("Classified.")


def proposes(visitor: Visitor, reason: str) -> None:
    """Decide as the ladder suggests, taking access away for a week."""
    visitor.follows("Decide")
    visitor.page.get_by_label("Pia Pease").check()
    visitor.dates("Until", days=7).fills("Reason for the decision", reason)
    visitor.presses("Decide").sees("Decision recorded.")


def informs_parents(visitor: Visitor, said: str) -> None:
    """Record that the parents were told by telephone just now."""
    visitor.follows("Record contact with parents")
    visitor.chooses("Were they told?", "Yes").dates("When were they told?", timed=True)
    visitor.selects("How?", "By phone").fills("What did they say?", said)
    visitor.presses("Record contact with parents").sees("Recorded.")


def refers(visitor: Visitor, agency: str, purpose: str) -> None:
    """Record a referral made just now."""
    visitor.follows("Record a referral").selects("To whom?", agency)
    visitor.fills("What for?", purpose).dates("When was it made, if it was?", timed=True)
    visitor.presses("Record a referral").sees("Referral recorded.", agency)


def answers_tasks(visitor: Visitor, reference: str) -> None:
    """Answer every task of the incident that is still to do."""
    while True:
        visitor.opens(f"incidents/{reference}/")
        task = visitor.page.locator("tr", has_text="To do").get_by_role("link").first
        if not task.count():
            return
        visitor.follows(task.inner_text())
        visitor.chooses("Is it done?", "Done").presses("Answer this task")


def gives_feedback(visitor: Visitor, words: str) -> None:
    """Tell the reporter what became of it."""
    visitor.follows("Give feedback to the reporter")
    visitor.fills("What do you tell the person who reported it?", words)
    visitor.presses("Give feedback to the reporter").sees("Feedback recorded.")


def closes(visitor: Visitor) -> None:
    """Write the five records and the lessons, and close."""
    visitor.follows("Close")
    for question, words in CLOSING.items():
        visitor.fills(question, words)
    visitor.presses("Close").sees("Closed. Thank you.")


def signs(visitor: Visitor, statement: str, name: str, *, password: str = "") -> None:
    """Say on the page of an agreement that one has read it, and sign with one's name."""
    visitor.page.get_by_label(statement).check()
    visitor.fills("Type your full name", name)
    if password:
        visitor.fills("Your password", password)
    visitor.presses("Sign this agreement").sees("Thank you. Your signature is recorded.")


def makes_link(visitor: Visitor, name: str) -> str:
    """Make a personal link for somebody who has to sign; returns its address."""
    visitor.opens(f"signing/?q={name.partition(' ')[0]}").follows(name)
    visitor.follows("Make a personal link").presses("Make a link")
    visitor.sees("It asks for the date of birth")
    return address_on(visitor, "sign/open")


def address_on(visitor: Visitor, path: str) -> str:
    """Return the address that is written out on a page, from the school's segment on."""
    words = visitor.page.locator("main").inner_text()
    found = re.search(rf"/{visitor.school}/{path}/\S+/", words)
    assert found, words
    return found[0]


def text_of(certificate: bytes) -> str:
    """Return everything that stands in a PDF, without its spaces and line ends."""
    pages = PdfReader(io.BytesIO(certificate)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def seal_on(certificate: bytes) -> str:
    """Return the seal in the address that a certificate gives for verifying it."""
    found = re.search(r"/verify/([0-9a-f]{64})", text_of(certificate))
    assert found
    return found[1]

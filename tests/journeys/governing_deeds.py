"""What leaders and governors do in the journeys, each deed as they do it on its page."""

import re

from tests.journeys.visitor import Visitor

WEEKS = 4
TECHNICAL_DUTIES = 10  # that fall due at the end of a term
SMALL = re.compile("[1-4]")


def writes_report(visitor: Visitor, words: str) -> None:
    """Start the report on the last weeks, say what its figures mean and send it on."""
    visitor.opens("governors/reports/new/").chooses("Which term or half?", "Other days")
    visitor.dates("First day", days=1 - 7 * WEEKS).dates("Last day")
    visitor.presses("Start the report").sees("Its figures are counted live.")
    visitor.follows("Write the commentary").fills("Words of the online safety lead", words)
    visitor.presses("Write the commentary").sees("Your words are saved.", words)
    visitor.follows("Send to the headteacher").presses("Send to the headteacher")
    visitor.sees("The report is with the headteacher.")


def issues_report(visitor: Visitor, words: str) -> None:
    """Find the report among what needs one now, add words of one's own and issue it."""
    visitor.opens("").follows("Issue to the governors").follows("Issue to the governors")
    visitor.fills("Words of the headteacher", words).presses("Issue to the governors")
    visitor.sees("The report is issued and the governors are told.", words)


def asks_about_report(visitor: Visitor, question: str) -> None:
    """Ask about the report that is open."""
    visitor.follows("Ask a question").fills("What do you want to know?", question)
    visitor.presses("Send the question").sees("Your question is sent.")


def answers_question(visitor: Visitor, question: str, answer: str) -> None:
    """Find a governor's question among what needs one now, and answer it."""
    visitor.opens("").sees("1 question of a governor").follows("Answer").follows(question)
    visitor.fills("What is the answer?", answer).fills("Where can it be seen?", "The change log")
    visitor.presses("Save the answer").sees("Whoever asked is told.", answer)


def holds_review(visitor: Visitor, findings: str, *people: str) -> None:
    """Put the papers of the review together and record the meeting."""
    visitor.opens("governors/reviews/").follows("Autumn 2026/27")
    visitor.follows("Put the papers together").presses("Put the papers together")
    visitor.sees("The papers are ready.").follows("Record the meeting")
    visitor.dates("When was the meeting?").ticks("Who took part?", *people)
    visitor.ticks("What did you look through?", "Report to the governors")
    visitor.fills("What did you find?", findings).presses("Save the record")
    visitor.sees("Governor and lead can sign it.", findings)


def signs_review(visitor: Visitor, findings: str) -> None:
    """Find the review among what needs one now, read it and sign it off."""
    visitor.opens("").follows("Read and sign", beside="Governors’ review").sees(findings)
    visitor.page.get_by_label("I took part in this review").check()
    visitor.presses("Sign this review").sees("You have signed this review.")


def small_numbers(visitor: Visitor) -> list[str]:
    """Return what has a number from 1 to 4 in the parts of a report that are about people."""
    rows = visitor.page.locator("#part-incidents tbody tr, #part-agreements tbody tr")
    found = [row.split("\t") for row in rows.all_inner_texts()]
    return [label for label, *numbers in found if any(map(SMALL.fullmatch, numbers))]


def makes_calendar(visitor: Visitor) -> str:
    """Make one's private calendar address; returns it as it is shown, once."""
    visitor.opens("my-calendar/").presses("Make my calendar address")
    return visitor.page.locator("main .reference").inner_text().strip()


def says_how_met(visitor: Visitor, duty: str) -> None:
    """Find a duty of one's own and say that it was met."""
    visitor.opens("duties/").follows(duty).follows("Say how it was met")
    visitor.chooses("I have checked this. Was it met?", "Met").presses("Record this")
    visitor.sees("What you said is recorded.", "Met")


def reminders_of_duties(visitor: Visitor, name: str) -> int:
    """Return how often somebody was reminded of recurring duties, by the list of reminders."""
    visitor.opens(f"reminders/?duty=recurring_duty&q={name.partition(' ')[0]}").sees(name)
    return visitor.page.locator("main table tbody tr").count()


def reads_anywhere(nobody: Visitor, address: str) -> tuple[int, bytes]:
    """Read an address as a calendar program does, with no cookie; returns status and content."""
    answer = nobody.page.context.request.get(address)
    return answer.status, answer.body()

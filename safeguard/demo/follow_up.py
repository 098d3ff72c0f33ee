"""What follows a decision: parents, referrals, tasks, feedback and the closing records."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from incidents import actions
from incidents.models import Referral, Task
from incidents.vocabulary import Part, TaskState
from people.calendar import LONDON
from people.models import Person
from safeguard.demo import phrases
from safeguard.demo.tale import Tale

# Steps of the ladder that the demo's cases do without.
NOBODY_ASKED = ("filter_block_request", "provider_contact", "takedown_request")


def make_referrals(tale: Tale) -> Iterator[datetime]:
    """Make the referrals the ladder asks for and those of the story, and note the answers."""
    yield from _make_open_ones(tale)
    for words in tale.story.refer:
        yield tale.soon()
        _refer(tale, words)
    for referral in tale.incident.referrals.select_related("agency"):
        answer = tale.story.answers.get(referral.agency.code)
        if answer:
            yield tale.later(days=2)
            _on(tale, actions.answer_referral, referral, response=tale.words(answer))
    tale.refresh()


def _make_open_ones(tale: Tale) -> Iterator[datetime]:
    for referral in tale.incident.referrals.filter(made_at=None):
        yield tale.soon()
        _on(tale, actions.make_referral, referral, made_at=tale.moment, reference=_number(tale))


def _refer(tale: Tale, words: dict[str, str]) -> None:
    tale.do(
        actions.refer_incident,
        agency=tale.stage.agency(words["to"]),
        purpose=tale.words(words["for"]),
        made_at=tale.moment,
        reference=_number(tale),
    )


def _on(tale: Tale, action: Callable[..., Any], referral: Referral, **fields: Any) -> None:
    tale.refresh()
    by = tale.incident.handler
    action(referral=referral, version=tale.incident.version, by=by, at=tale.moment, **fields)


def _number(tale: Tale) -> str:
    return f"{tale.random.choice('ABCDEHKLMRT')}{tale.random.randint(10_000, 99_999)}"


def follow_up(tale: Tale) -> Iterator[datetime]:
    """Tell the parents, give tasks and answer those that can be answered by now."""
    yield from _make_open_ones(tale)
    yield from _tell_parents(tale)
    for words in tale.story.tasks:
        yield tale.later()
        _add_task(tale, words)
    yield from _answer_tasks(tale, everything=tale.story.until != "actions")


def _tell_parents(tale: Tale) -> Iterator[datetime]:
    for letter, pupil in tale.pupils():
        words = tale.story.parents.get(letter) or _usual_contact(tale, letter)
        how, _, said = words.partition(": ")
        if how == "later":
            continue
        yield tale.later()
        told = how != "excused"
        tale.do(
            actions.inform_parents,
            pupil=pupil,
            informed=told,
            informed_at=tale.moment - timedelta(minutes=4) if told else None,
            how=how if told else "",
            response=tale.words(said) if told else "",
            excused_reason="" if told else tale.words(said),
        )


def _usual_contact(tale: Tale, letter: str) -> str:
    if tale.parts[letter] == Part.WITNESS:
        return f"excused: {tale.random.choice(phrases.ONLY_SAW)}"
    way = tale.random.choice(("phone", "phone", "meeting", "email"))
    return f"{way}: {tale.random.choice(phrases.PARENTS_SAID)}"


def _add_task(tale: Tale, words: dict[str, object]) -> None:
    tale.do(
        actions.add_task,
        label=tale.words(str(words["label"])),
        owner=_owner(tale, str(words.get("owner", ""))),
        due_date=tale.day_after(int(str(words.get("due", 3)))),
    )


def _owner(tale: Tale, code: str) -> Person:
    return tale.person(code) if code else tale.incident.handler or tale.handler


def _answer_tasks(tale: Tale, *, everything: bool) -> Iterator[datetime]:
    """Answer all tasks, or only every other one where the story stops while work goes on."""
    for number, task in enumerate(tale.incident.tasks.order_by("due_date", "pk")):
        waits = task.due_date is not None and task.due_date > tale.stage.today
        if not everything and (waits or number % 2 == 0):
            continue
        _wait_for(tale, task.due_date)
        yield tale.later()
        _answer(tale, task)


def _wait_for(tale: Tale, day: date | None) -> None:
    """Let the clock run to the day a sanction ends, but never past now."""
    today = tale.moment.astimezone(LONDON).date()
    if day and day > today:
        tale.moment = tale.stage.moment(day, "08:50")


def _answer(tale: Tale, task: Task) -> None:
    not_needed = task.creates in NOBODY_ASKED
    texts = phrases.NOT_NEEDED if not_needed else phrases.DONE
    actions.answer_task(
        task=task,
        state=TaskState.NOT_NEEDED if not_needed else TaskState.DONE,
        answer=tale.pick(texts),
        by=task.owner or tale.handler,
        at=tale.moment,
    )


def close(tale: Tale) -> Iterator[datetime]:
    """Give the reporter feedback and write the closing records."""
    story = tale.story
    yield tale.later(days=1)
    words = tale.words(story.feedback) or tale.pick(phrases.FEEDBACK)
    tale.do(actions.give_feedback, text=words, by=tale.leader())
    yield tale.later(days=1)
    tale.do(
        actions.close_incident,
        by=tale.leader(),
        summary=_summary(tale),
        follow_up=tale.pick(phrases.FOLLOW_UPS),
        action=tale.pick(phrases.ACTIONS),
        decision=tale.words(story.decision),
        outcome=tale.words(story.outcome) or tale.pick(_usual_outcomes(tale)),
        lessons=tale.words(story.lessons) or "None.",
    )


def _usual_outcomes(tale: Tale) -> tuple[str, ...]:
    return phrases.OUTCOMES if tale.story.about == "pupil" else phrases.OUTCOMES_OF_ADULTS


def _summary(tale: Tale) -> str:
    """Return the first two sentences of the report, which say what happened."""
    return ". ".join(tale.words(tale.story.told).split(". ")[:2]).rstrip(".") + "."

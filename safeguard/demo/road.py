"""The road an incident takes from its report to its end, one step after the other."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from heapq import heapify, heappop, heappush
from uuid import UUID

from incidents import actions
from incidents.actions.deciding import Chosen, departs, suggested_codes
from incidents.clocks import unread_deadline
from people.models import Person
from policies.queries import suggestion_for
from safeguard.demo import phrases
from safeguard.demo.files import small_file
from safeguard.demo.follow_up import close, follow_up, make_referrals
from safeguard.demo.stage import Stage
from safeguard.demo.story import Story
from safeguard.demo.tale import Tale


def tell_all(
    stage: Stage,
    stories: tuple[Story, ...],
    *others: tuple[datetime, Iterator[datetime]],
) -> None:
    """Tell the stories side by side, every step in the order of its time.

    So references, the trail and what was known earlier run as they would have at the school.
    ``others`` are further walks, each with the moment of its first step.
    """
    tales = [Tale(stage, story) for story in sorted(stories, key=lambda one: -one.days)]
    walks = [*((tale.moment, walk(tale)) for tale in tales), *others]
    waiting = [(moment, number, steps) for number, (moment, steps) in enumerate(walks)]
    heapify(waiting)
    while waiting:
        _, number, steps = heappop(waiting)
        moment = next(steps, None)
        if moment is not None:
            heappush(waiting, (moment, number, steps))


def walk(tale: Tale) -> Iterator[datetime]:
    """Walk a story's incident as far as the story goes, giving the time before each step."""
    story = tale.story
    _report(tale)
    if story.unread:
        yield from _lie_unread(tale)
    if story.until == "reported":
        return
    yield tale.later()
    tale.do(actions.open_incident, by=tale.handler)
    yield from _look_into(tale)
    if story.until == "out_of_scope":
        yield tale.later(days=1)
        tale.do(actions.mark_out_of_scope, advice=tale.words(story.advice))
    if story.until in ("triage", "out_of_scope"):
        return
    yield tale.later()
    _classify(tale)
    yield from make_referrals(tale)
    if story.until in ("investigating", "referred"):
        return
    if tale.incident.illegal_suspected:
        yield tale.later(days=2)
        tale.do(actions.resume_incident, said=tale.pick(phrases.MAY_CONTINUE))
    yield from _decide(tale)
    if story.until == "confirming":
        return
    yield from follow_up(tale)
    if story.until == "actions":
        return
    yield from close(tale)
    if story.reopened:
        yield tale.later(days=4)
        tale.do(actions.reopen_incident, reason=tale.words(story.reopened))


def _report(tale: Tale) -> None:
    story, stage = tale.story, tale.stage
    noticed = tale.moment - timedelta(minutes=tale.random.randint(5, 20))
    occurred = noticed - timedelta(minutes=tale.random.randint(1, 8))
    if story.noticed:
        days, _, clock = story.noticed.partition(" ")
        noticed = occurred = stage.moment(stage.days_back(story.days + int(days)), clock)
    tale.incident = actions.report_incident(
        school=stage.school,
        submission=UUID(int=tale.random.getrandbits(128), version=4),
        told=actions.Told(
            about=story.about,
            description=tale.words(story.told),
            occurred_at=occurred,
            noticed_at=noticed,
            place=story.place,
            place_detail=story.detail,
            areas=story.areas,
            involved=[_involved(tale, letter) for letter in tale.parts],
            done_at_once=tale.words(story.at_once),
            told_lead=story.told_lead,
            imagery=story.imagery,
            links=story.links,
            late_reason=story.late,
        ),
        by=_reporter(tale),
        at=tale.moment,
    )
    stage.told[story.key] = tale.incident


def _reporter(tale: Tale) -> Person:
    if tale.story.by == "class":
        return tale.stage.class_teacher(tale.pupils()[0][1]) or tale.handler
    return tale.person(tale.story.by)


def _involved(tale: Tale, letter: str) -> actions.Involved:
    return actions.Involved(
        part=tale.parts[letter],
        person=tale.people.get(letter),
        described=tale.described.get(letter, ""),
    )


def _lie_unread(tale: Tale) -> Iterator[datetime]:
    """Let a report lie until it goes to the next person too."""
    deadline = unread_deadline(tale.stage.school, tale.stage.calendar, tale.moment)
    if deadline >= tale.stage.now:
        return
    tale.moment = deadline
    yield tale.moment
    actions.route_unread(school=tale.stage.school, at=tale.moment)


def _look_into(tale: Tale) -> Iterator[datetime]:
    """Take in files and notes, name people, link, hand over: what comes before classifying."""
    story = tale.story
    for name in story.evidence:
        yield tale.later()
        upload = small_file(name, tale.words(story.told))
        tale.do(actions.attach_evidence, upload=upload, source=tale.pick(phrases.SOURCES))
    for number, text in enumerate(story.notes):
        yield tale.later(days=number % 2)
        note = tale.do(actions.note_incident, text=tale.words(text))
        if story.amended and number == 0:
            yield tale.later()
            _amend(tale, note)
    for letter, words in story.involve.items():
        yield tale.later()
        tale.add(letter, words)
        tale.do(actions.involve_person, involved=_involved(tale, letter))
    if story.link:
        yield tale.later()
        other = tale.stage.told[story.link["to"]]
        tale.do(actions.link_incident, to=other, reason=tale.words(story.link["reason"]))
    yield from _pass_on(tale)


def _amend(tale: Tale, note: object) -> None:
    tale.refresh()
    actions.amend_note(
        event=note,  # type: ignore[arg-type]
        version=tale.incident.version,
        text=tale.words(tale.story.amended),
        by=tale.incident.handler or tale.handler,
        at=tale.moment,
    )


def _pass_on(tale: Tale) -> Iterator[datetime]:
    story = tale.story
    if story.share:
        yield tale.later()
        person = tale.person(story.share["with"])
        tale.do(actions.share_incident, person=person, reason=tale.words(story.share["reason"]))
    if story.hand_over:
        yield tale.later()
        to = tale.person(story.hand_over["to"])
        tale.do(actions.hand_over_incident, to=to, reason=tale.words(story.hand_over["reason"]))
    if story.escalate:
        yield tale.later()
        tale.do(actions.escalate_incident, reason=tale.words(story.escalate))


def _classify(tale: Tale) -> None:
    story, stage = tale.story, tale.stage
    themes = [stage.theme(key) for key in story.themes]
    tale.do(
        actions.classify_incident,
        said=actions.Classification(
            infringement=stage.infringement(story.about, story.infringement),
            themes=themes,
            main_theme=themes[0],
            severity=story.severity,
            child_protection=story.child_protection,
            illegal_suspected=story.illegal,
            imagery=story.found_imagery or story.imagery,
            link_to_school="" if story.place == "school" else story.ties or phrases.TIES,
            hand_to_first_referral=story.first_referral,
        ),
        by=tale.handler if not tale.incident.handler else None,
    )
    tale.refresh()


def _decide(tale: Tale) -> Iterator[datetime]:
    story = tale.story
    yield tale.later(days=1)
    _propose(tale)
    if story.returned:
        yield tale.later(days=1)
        head = tale.person("head")
        tale.do(actions.return_decision, reason=tale.words(story.returned), by=head)
        yield tale.later(days=1)
        _propose(tale)
    tale.refresh()
    if tale.incident.state == "confirming" and story.until != "confirming":
        yield tale.later(days=1)
        note = tale.pick(phrases.CONFIRMATIONS)
        tale.do(actions.confirm_decision, note=note, by=tale.person("head"))


def _propose(tale: Tale) -> None:
    tale.refresh()
    chosen = [
        _sanction(tale, letter, words)
        for letter, given in tale.story.sanctions.items()
        for words in given
    ]
    category = tale.incident.category
    suggested = suggested_codes(suggestion_for(category)) if category else []
    differs = departs([one.kind.code for one in chosen], suggested)
    departure = tale.story.departure or tale.random.choice(phrases.DEPARTURES)
    tale.do(
        actions.decide_incident,
        reason=tale.words(tale.story.decision),
        chosen=chosen,
        departure_reason=tale.words(departure) if differs else "",
        by=tale.person(tale.story.decider) if tale.story.decider else tale.leader(),
    )


def _sanction(tale: Tale, letter: str, words: str) -> Chosen:
    """Read a sanction written as "code", "code days" or "code days what-it-covers"."""
    code, _, rest = words.partition(" ")
    days, _, scope = rest.partition(" ")
    start = tale.day_after(1)
    end: date | None = tale.day_after(int(days)) if days else None
    return Chosen(tale.stage.sanction(code), tale.people[letter], start, end, scope)

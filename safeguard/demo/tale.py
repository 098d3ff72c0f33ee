"""One story while it is told: its people, its incident and its own moving clock."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from incidents.models import Incident
from people.calendar import LONDON
from people.models import Person
from safeguard.demo.stage import Called, Stage, called
from safeguard.demo.story import Story

MINUTE = timedelta(minutes=1)
DAY_OVER = time(16, 20)
LEADERS = {"head", "deputy", "dsl", "osl", "chair"}


class Tale:
    """Carries a story from step to step; each step is one of the product's own actions."""

    def __init__(self, stage: Stage, story: Story) -> None:
        self.stage, self.story = stage, story
        self.random = Random(f"{stage.school.slug} {story.key}")  # noqa: S311  which pupil, what hour
        self.people: dict[str, Person] = {}
        self.parts: dict[str, str] = {}
        self.described: dict[str, str] = {}
        for letter, words in story.people.items():
            self.add(letter, words)
        stage.casts[story.key] = self.people
        self.incident: Incident = Incident()
        self.moment = self._reported_at()

    def add(self, letter: str, words: str) -> None:
        """Find the person a story's words mean (see ``Story.people``)."""
        part, _, who = words.partition(" ")
        self.parts[letter] = part
        if who.startswith("someone: "):
            self.described[letter] = who.removeprefix("someone: ")
        elif who.startswith("="):
            key, _, other = who[1:].partition(".")
            self.people[letter] = self.stage.casts[key][other]
        elif who in self.stage.by_code:
            self.people[letter] = self.stage.by_code[who]
        else:
            taken = set(self.people.values())
            self.people[letter] = self.stage.some_pupil(who, self.random, taken)

    def _reported_at(self) -> datetime:
        """Return when it was reported: the story's day, or a while ago for today's."""
        if self.story.days == 0:
            midnight = datetime.combine(self.stage.today, time(0, 1), LONDON)
            return max(midnight, self.stage.now - 25 * MINUTE)
        return self.stage.moment(self.stage.days_back(self.story.days), self.story.time)

    @property
    def handler(self) -> Person:
        """Return who works on it: the story's choice, or whoever gets the reports first."""
        return self.person(self.story.handler) if self.story.handler else self.stage.lead

    def person(self, code: str) -> Person:
        """Return the person of a sign-in code."""
        return self.stage.by_code[code]

    def pupils(self) -> list[tuple[str, Person]]:
        """Return the pupils of the story by letter."""
        return [(key, one) for key, one in self.people.items() if one.kind == Person.Kind.PUPIL]

    def words(self, text: str) -> str:
        """Return a text with its letters replaced by names."""
        names: dict[str, Called] = {key: called(one) for key, one in self.people.items()}
        return " ".join(text.split()).format(**names, school=self.stage.school.name)

    def pick(self, texts: tuple[str, ...]) -> str:
        """Return one of several ways to say a thing."""
        return self.words(self.random.choice(texts))

    def soon(self) -> datetime:
        """Move the clock on by a few minutes; never past now."""
        minutes = self.random.randint(4, 14)
        self.moment = min(self.moment + minutes * MINUTE, self.stage.now)
        return self.moment

    def later(self, days: int = 0) -> datetime:
        """Move the clock on within the school day, or so many school days; never past now."""
        minutes = self.random.randint(12, 75)
        moment = self.moment.astimezone(LONDON) + minutes * MINUTE
        if days or moment.time() > DAY_OVER:
            day = self.day_after(days or 1)
            clock = time(self.random.randint(8, 15), self.random.randint(5, 55))
            moment = datetime.combine(day, clock, LONDON)
        self.moment = min(max(moment, self.moment + MINUTE), self.stage.now)
        return self.moment

    def day_after(self, days: int) -> date:
        """Return the date so many school days after the clock's day."""
        today = self.moment.astimezone(LONDON).date()
        return self.stage.calendar.add_school_days(today, days)

    def leader(self) -> Person:
        """Return who decides and closes: the handler, or the lead where a teacher handles it."""
        handler = self.incident.handler or self.handler
        codes = {code for code, person in self.stage.by_code.items() if person == handler}
        return handler if codes & LEADERS else self.stage.lead

    def do(self, deed: Callable[..., Any], /, *, by: Person | None = None, **fields: Any) -> Any:
        """Do one thing to the incident as it stands now; the handler does it unless said."""
        self.refresh()
        return deed(
            incident=self.incident,
            version=self.incident.version,
            by=by or self.incident.handler or self.handler,
            at=self.moment,
            **fields,
        )

    def refresh(self) -> None:
        """Read the incident again, as a page would."""
        self.incident = Incident.objects.select_related("handler").get(pk=self.incident.pk)
        self.incident.school = self.stage.school

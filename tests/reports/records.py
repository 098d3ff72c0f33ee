"""Incidents of every sort, scattered over two years, written as rows and not by the actions.

Edges are where counting goes wrong: midnight, the nights the clocks change, incidents closed and
opened again, restricted, reported long after they happened, with several people or none.
"""

from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from incidents.models import (
    Agency,
    Decision,
    DecisionAnswer,
    Event,
    Feedback,
    Incident,
    Involvement,
    ParentContact,
    Referral,
    Sanction,
)
from people.calendar import LONDON
from people.models import Person, PupilEnrolment
from policies.models import PolicyVersion
from tests.cast import Cast

FIRST = datetime(2025, 7, 1, tzinfo=LONDON)
MINUTES = 60 * 24 * 640
EDGES = [
    datetime(2026, 9, 2, tzinfo=LONDON),
    datetime(2026, 12, 19, tzinfo=LONDON),
    datetime(2026, 10, 25, 1, 30, tzinfo=LONDON),
    datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON),
    datetime(2026, 10, 26, tzinfo=LONDON),
    datetime(2026, 3, 29, 0, 59, tzinfo=LONDON),
    datetime(2026, 3, 30, tzinfo=LONDON),
    datetime(2026, 7, 1, tzinfo=LONDON),
]
YEARS = ("N", "R", "1", "3", "5", "6", "11")
DAY = timedelta(days=1)


class Scatter:
    """Writes incidents of every sort at the cast's school."""

    def __init__(self, cast: Cast, versions: list[PolicyVersion], seed: int) -> None:
        self.cast, self.school, self.versions = cast, cast.school, versions
        self.random = Random(seed)  # noqa: S311  no secrets
        self.pupils = [cast.pia, cast.quin, *(self._pupil(n) for n in range(7))]
        self.agencies = [
            Agency.objects.create(school=self.school, code=code, name=code.title())
            for code in ("police", "lado", "provider")
        ]

    def write(self, count: int, start: int = 0) -> None:
        """Write so many incidents with all that hangs on them, numbered from a start."""
        for n in range(start, start + count):
            incident = self._incident(n)
            self._involve(incident)
            self._decide(incident)
            self._answer(incident)

    def _maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def _moment(self) -> datetime:
        if self._maybe(0.3):
            nudge = self.random.choice((-1, 0, 0, 1)) * timedelta(microseconds=1)
            return self.random.choice(EDGES).astimezone(LONDON) + nudge
        return FIRST + timedelta(minutes=self.random.randrange(MINUTES))

    def _after(self, moment: datetime, days: int = 20) -> datetime:
        return moment + timedelta(minutes=self.random.randrange(days * 24 * 60))

    def _pupil(self, n: int) -> Person:
        pupil = Person.objects.create(
            school=self.school, kind="pupil", given_name=f"Pupil {n}", family_name="Scatter"
        )
        start = date(2025, 9, 1) + DAY * self.random.randrange(300)
        for last in self.random.choice(((), (True,), (False, True), (False, False, True))):
            end = self._end(start)
            PupilEnrolment.objects.create(
                school=self.school,
                pupil=pupil,
                year_group=self.random.choice(YEARS),
                key_stage="KS2",
                start_date=start,
                end_date=None if last and self._maybe(0.6) else end,
            )
            start = end + DAY * self.random.choice((1, 1, 30))
        return pupil

    def _end(self, start: date) -> date:
        """Return the last day of a place in a class: often one on which incidents are reported."""
        edges = [edge.date() for edge in EDGES if edge.date() > start]
        return self.random.choice([*edges, start + DAY * self.random.randrange(5, 200)])

    def _story(self, opened: datetime) -> list[tuple[str, datetime]]:
        """Return when it was closed and opened again, in turn."""
        story: list[tuple[str, datetime]] = []
        at = opened
        for n in range(self.random.choice((0, 0, 1, 1, 1, 2, 3, 4))):
            at = self.random.choice((self._after(at, 60), max(at + DAY, self._moment())))
            ending = "out_of_scope" if self._maybe(0.2) else "closed"
            story.append(("reopened" if n % 2 else ending, at))
        return story

    def _incident(self, n: int) -> Incident:
        choice, lead = self.random.choice, self.cast.dora
        reported = self._moment()
        opened = self._after(reported, 3) if self._maybe(0.9) else None
        story = self._story(opened) if opened else []
        last = story[-1] if story else ("reopened", None)
        ended = last[0] != "reopened"
        states = ("triage", "investigating", "referred", "confirming", "actions")
        restriction = choice(("", "", "", "", "", "staff", "head", "named"))
        category = choice([*self._categories(), None])
        classified = bool(opened) and (category is not None or self._maybe(0.4))
        kind = choice(("pupil", "staff", "other"))
        if restriction in ("staff", "head"):
            kind = "staff"
        elif classified and category:
            kind = category.subject
        happened = reported - timedelta(minutes=choice((0, 0, 1, 90, 600, 60 * 24 * 40)))
        incident = Incident.objects.create(
            school=self.school,
            reference=f"S-{n:05}",
            submission=UUID(int=self.random.getrandbits(128), version=4),
            state=last[0] if ended else choice(states) if opened else "reported",
            restriction=restriction,
            description="Scattered.",
            occurred_at=happened,
            noticed_at=happened,
            reported_at=reported,
            reporter=self.cast.tom,
            place=choice(("school", "outside", "online")),
            areas=self.random.sample(
                ("content", "contact", "conduct", "commerce"), choice((0, 1, 1, 2, 4))
            ),
            told_lead=False,
            late=self._maybe(0.3),
            routed_at=reported,
            handler=lead if opened else None,
            opened_at=opened,
            opened_by=lead if opened else None,
            subject_kind=kind,
            severity=choice(("low", "normal", "high", "critical")),
            category=category if classified else None,
            classified_at=opened if classified else None,
            classified_by=lead if classified else None,
            closed_at=last[1] if ended else None,
            closed_by=lead if ended else None,
        )
        kinds = [("reported", reported), *story, ("note", self._after(reported, 90))]
        Event.objects.bulk_create(
            Event(school=self.school, incident=incident, kind=kind, occurred_at=at, at=at)
            for kind, at in kinds
        )
        return incident

    def _categories(self) -> list:
        return [one for version in self.versions for one in version.categories.all()]

    def _involve(self, incident: Incident) -> None:
        people = self.random.sample([*self.pupils, self.cast.tom], self.random.choice((0, 1, 1, 3)))
        rows = [(person, part) for person in people for part in self._parts()]
        Involvement.objects.bulk_create(
            Involvement(
                school=self.school,
                incident=incident,
                person=person,
                described="" if person else "Somebody unknown",
                part=part,
                added_by=self.cast.dora,
                added_at=incident.reported_at,
            )
            for person, part in [*rows, *([(None, "alleged")] if self._maybe(0.2) else [])]
        )
        for person in people:
            for informed in self.random.choice(((), (True,), (False,), (False, True))):
                if person.kind == "pupil":
                    self._contact(incident, person, informed=informed)

    def _parts(self) -> list[str]:
        return self.random.choice((["alleged"], ["alleged"], ["harmed"], ["alleged", "witness"]))

    def _contact(self, incident: Incident, pupil: Person, *, informed: bool) -> None:
        ParentContact.objects.create(
            school=self.school,
            incident=incident,
            pupil=pupil,
            informed=informed,
            informed_at=incident.reported_at if informed else None,
            how="phone" if informed else "",
            excused_reason="" if informed else "It would put the child at risk.",
            recorded_by=self.cast.dora,
            recorded_at=incident.reported_at,
        )

    def _decide(self, incident: Incident) -> None:
        at = incident.opened_at
        for _ in range(self.random.choice((0, 1, 1, 2, 3)) if at else 0):
            at = self._after(at, 12)
            proposed = self._maybe(0.4)
            decision = Decision.objects.create(
                school=self.school,
                incident=incident,
                category=incident.category,
                reason="So decided.",
                departure_reason="It was otherwise." if self._maybe(0.4) else "",
                needs_confirmation=proposed,
                decided_by=self.cast.dora,
                decided_at=at,
            )
            confirmed = not proposed or self._maybe(0.5)
            if proposed and self._maybe(0.7):
                DecisionAnswer.objects.create(
                    school=self.school,
                    decision=decision,
                    confirmed=confirmed,
                    answered_by=self.cast.hana,
                    answered_at=at,
                )
            for _ in range(self.random.choice((0, 1, 2)) if confirmed else 0):
                self._sanction(incident, decision)

    def _sanction(self, incident: Incident, decision: Decision) -> None:
        kinds = [kind for version in self.versions for kind in version.sanction_types.all()]
        Sanction.objects.create(
            school=self.school,
            incident=incident,
            decision=decision,
            person=self.random.choice(self.pupils),
            kind=self.random.choice(kinds),
            start_date=decision.decided_at.date(),
            given_by=self.cast.dora,
            given_at=decision.decided_at,
        )

    def _answer(self, incident: Incident) -> None:
        for _ in range(self.random.choice((0, 0, 1, 2))):
            made, excused = self.random.choice(((True, ""), (False, "Not needed."), (False, "")))
            Referral.objects.create(
                school=self.school,
                incident=incident,
                agency=self.random.choice(self.agencies),
                purpose="Threats were made.",
                asked_at=incident.reported_at,
                made_at=incident.reported_at if made else None,
                made_by=self.cast.dora if made else None,
                excused_reason=excused,
            )
        for _ in range(self.random.choice((0, 1, 1, 2))):
            excused = self._maybe(0.3)
            Feedback.objects.create(
                school=self.school,
                incident=incident,
                text="" if excused else "Thank you.",
                excused_reason="They left the school." if excused else "",
                given_by=self.cast.dora,
                given_at=self._after(incident.opened_at or incident.reported_at, 30),
            )

"""Incidents as they look after years of use, written a school at a time by bulk insert."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Permission

from audit.models import Entry
from incidents.models import (
    Decision,
    Event,
    Feedback,
    Incident,
    IncidentTheme,
    IncidentUserObjectPermission,
    Involvement,
    ParentContact,
    Sanction,
    Task,
)
from people.models import Counter, Person, School
from policies.models import PolicyVersion

# Of 1,000 incidents most are closed; what is open is what a school can have in hand at once.
STATES = (
    *("closed",) * 940,
    *("out_of_scope",) * 20,
    *("actions",) * 14,
    *("investigating",) * 10,
    *("triage",) * 6,
    *("reported",) * 6,
    *("confirming",) * 4,
)
RESTRICTIONS = (*("",) * 95, *("staff",) * 4, "head")
NAMED_ON = 12
RARE_WORD = "hamster"
WORDS = """
message phone lesson game picture group chat tablet laptop video class teacher friend parent lunch
corridor bus evening weekend account password comment unkind joke laughed upset crying angry sorry
showed sent posted shared typed opened closed copied deleted reported noticed asked answered quiet
loud again yesterday morning break table screen browser search filter link site app online school
home pupil two three some other nobody somebody nothing rude name nickname team football science
maths reading drawing music project homework folder document email letter notice badge uniform
""".split()
TEXTS = {
    "routed": "Sent to the lead.",
    "opened": "",
    "classified": "Category and themes chosen by the ladder.",
    "decided": "Decided with a reason.",
    "parents": "Parents told by phone.",
    "closed": "Settled.",
}


@dataclass
class Cases:
    """What writing a school's incidents needs."""

    school: School
    version: PolicyVersion
    staff: dict[str, Person]
    pupils: list[Person]
    random: Random
    now: datetime


def write_cases(cases: Cases, count: int) -> None:
    """Write incidents with their people, themes, chronology, follow-up and trail."""
    made = Incident.objects.bulk_create(_incidents(cases, count), batch_size=1000)
    Counter.objects.bulk_create(_counters(cases, made))
    Involvement.objects.bulk_create(_involvements(cases, made), batch_size=2000)
    IncidentTheme.objects.bulk_create(_themes(cases, made), batch_size=2000)
    Event.objects.bulk_create(_events(cases, made), batch_size=2000)
    IncidentUserObjectPermission.objects.bulk_create(_named(cases, made), batch_size=2000)
    _follow_up(cases, [one for one in made if one.state in ("closed", "actions")])
    Entry.objects.bulk_create(_trail(cases, made), batch_size=2000)


def _incidents(cases: Cases, count: int) -> Iterator[Incident]:
    rows = list(cases.version.infringements.filter(subject="pupil").select_related("category"))
    lead = cases.staff["dsl"]
    numbers: dict[int, int] = {}
    for n in range(count):
        reported = cases.now - timedelta(days=(count - n) * 700 / count, minutes=n)
        state = cases.random.choice(STATES)
        opened = state != "reported"
        row = cases.random.choice(rows) if state not in ("reported", "triage") else None
        ended = state in ("closed", "out_of_scope")
        numbers[reported.year] = numbers.get(reported.year, 0) + 1
        yield Incident(
            school=cases.school,
            reference=f"{reported.year}-{numbers[reported.year]:04d}",
            submission=UUID(int=cases.random.getrandbits(128), version=4),
            state=state,
            restriction=cases.random.choice(RESTRICTIONS),
            description=_sentence(cases, 45),
            occurred_at=reported - timedelta(hours=3),
            noticed_at=reported - timedelta(hours=2),
            reported_at=reported,
            reporter=cases.staff["teacher"],
            place="school",
            areas=["conduct"],
            told_lead=False,
            routed_at=reported,
            subject_kind="pupil",
            handler=lead if opened else None,
            opened_at=reported if opened else None,
            opened_by=lead if opened else None,
            infringement=row,
            category=row.category if row else None,
            classified_at=reported if row else None,
            classified_by=lead if row else None,
            closed_at=reported + timedelta(days=6) if ended else None,
            closed_by=lead if ended else None,
        )


def _sentence(cases: Cases, length: int) -> str:
    words = cases.random.choices(WORDS, k=length)
    if cases.random.random() < 0.02:
        words[length // 2] = RARE_WORD
    return " ".join(words).capitalize() + "."


def _counters(cases: Cases, made: Iterable[Incident]) -> Iterator[Counter]:
    last: dict[int, int] = {}
    for one in made:
        last[one.reported_at.year] = int(one.reference.partition("-")[2])
    for year, number in last.items():
        yield Counter(school=cases.school, series="incident", year=year, last=number)


def _involvements(cases: Cases, made: Iterable[Incident]) -> Iterator[Involvement]:
    for one in made:
        alleged, harmed = cases.random.sample(cases.pupils, 2)
        for part, person in (("alleged", alleged), ("harmed", harmed)):
            yield Involvement(
                school=cases.school,
                incident=one,
                person=person,
                part=part,
                added_by=one.reporter,
                added_at=one.reported_at,
            )


def _themes(cases: Cases, made: Iterable[Incident]) -> Iterator[IncidentTheme]:
    themes = list(cases.version.themes.all())
    for one in made:
        if one.classified_at:
            yield IncidentTheme(
                school=cases.school,
                incident=one,
                theme=cases.random.choice(themes),
                main=True,
                given_at=one.classified_at,
            )


def _events(cases: Cases, made: Iterable[Incident]) -> Iterator[Event]:
    for one in made:
        kinds = list(TEXTS) if one.state == "closed" else ["routed"]
        for n, kind in enumerate(["reported", *kinds, "note"]):
            at = one.reported_at + timedelta(hours=n)
            text = _sentence(cases, 25) if kind == "note" else TEXTS.get(kind, "")
            yield Event(
                school=cases.school,
                incident=one,
                kind=kind,
                text=text,
                occurred_at=at,
                at=at,
                by=one.handler,
            )


def _named(cases: Cases, made: list[Incident]) -> Iterator[IncidentUserObjectPermission]:
    permission = Permission.objects.get(codename="open_named_incident")
    teacher = set(cases.random.sample(range(len(made)), NAMED_ON))
    for n, one in enumerate(made):
        people = [cases.staff["dsl"], *([cases.staff["teacher"]] if n in teacher else [])]
        for person in people:
            yield IncidentUserObjectPermission(
                user=person.user, permission=permission, content_object=one
            )


def _follow_up(cases: Cases, made: list[Incident]) -> None:
    head, lead = cases.staff["head"], cases.staff["dsl"]
    decisions = Decision.objects.bulk_create(
        Decision(
            school=cases.school,
            incident=one,
            category=one.category,
            reason="It fits what happened.",
            needs_confirmation=False,
            decided_by=lead,
            decided_at=one.reported_at,
        )
        for one in made
    )
    kind = cases.version.sanction_types.get(code="interview")
    alleged = {
        row.incident_id: row.person_id
        for row in Involvement.objects.filter(school=cases.school, part="alleged")
        if row.person_id
    }
    common: list[dict[str, Any]] = [
        {"school": cases.school, "incident": decision.incident} for decision in decisions
    ]
    Sanction.objects.bulk_create(
        Sanction(
            **row,
            decision=decision,
            person_id=alleged[decision.incident_id],
            kind=kind,
            start_date=decision.decided_at.date(),
            given_by=lead,
            given_at=decision.decided_at,
        )
        for row, decision in zip(common, decisions, strict=True)
    )
    _answers(common, alleged, owner=lead, other=head)


def _answers(
    common: list[dict[str, Any]],
    alleged: dict[int, int],
    *,
    owner: Person,
    other: Person,
) -> None:
    ParentContact.objects.bulk_create(
        ParentContact(
            **row,
            pupil_id=alleged[row["incident"].pk],
            informed=True,
            informed_at=row["incident"].reported_at,
            how="phone",
            recorded_by=owner,
            recorded_at=row["incident"].reported_at,
        )
        for row in common
    )
    Task.objects.bulk_create(_tasks(common, owner))
    Feedback.objects.bulk_create(
        Feedback(**row, text="Thank you.", given_by=other, given_at=row["incident"].reported_at)
        for row in common
        if row["incident"].state == "closed"
    )


def _tasks(common: list[dict[str, Any]], owner: Person) -> Iterator[Task]:
    for row in common:
        closed = row["incident"].state == "closed"
        at = row["incident"].reported_at
        yield Task(
            **row,
            label="Talk with the class",
            owner=owner,
            due_date=at.date() + timedelta(days=7),
            state="done" if closed else "open",
            added_by=owner,
            added_at=at,
            answered_by=owner if closed else None,
            answered_at=at if closed else None,
        )


def _trail(cases: Cases, made: Iterable[Incident]) -> Iterator[Entry]:
    for one in made:
        yield Entry(
            school_id=cases.school.pk,
            at=one.reported_at,
            actor_id=one.reporter_id,
            actor_name="Teacher",
            verb="report_incident",
            subject_type="incidents.incident",
            subject_id=str(one.pk),
            subject_label=one.reference,
        )

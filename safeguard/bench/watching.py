"""A school whose filter has changed for years and whose monitoring reports every day."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from common.scope import school_scope
from filtering.models import Alert, AlertEvent, AlertSource, ChangeRequest, LogEntry
from filtering.vocabulary import EntryKind
from people.models import Person, School
from safeguard.bench.timing import analyze

# Of 1,000 alerts nearly all are judged; what is open is what a day brings.
STATES = (*("false_alarm",) * 930, *("raised",) * 50, *("opened",) * 8, *("received",) * 12)
SEVERITIES = (*(3,) * 85, *(2,) * 12, *(1,) * 3)
RULES = ("Bullying", "Gambling", "Self-harm", "Games", "Ways round the filter", "Adult content")
KINDS = (EntryKind.ASKED, EntryKind.ASSESSED, EntryKind.APPROVED, EntryKind.MADE, EntryKind.CLOSED)
PROFILES = ("Pupils", "Staff", "Guests")
CHANGES = 500
RARE_TERM = "chinchilla"


def write_watching(school: School, rows: int, now: datetime) -> None:
    """Write so many alerts and lines of the change log to one school, unless it has them."""
    with school_scope(school.pk):
        if Alert.objects.exists():
            return
        random = Random(school.slug)  # noqa: S311  no secrets
        staff = {
            code: Person.objects.get(user__email=f"{code}@{school.slug}.example")
            for code in ("dsl", "head", "tech", "teacher")
        }
        pupils = list(Person.objects.filter(school=school, kind="pupil"))
        source = AlertSource.objects.create(
            school=school, name="Bench", product="generic", saved_by=staff["tech"], saved_at=now
        )
        made = Alert.objects.bulk_create(
            _alerts(source, staff["dsl"], pupils, random, rows, now), batch_size=2000
        )
        AlertEvent.objects.bulk_create(
            (
                AlertEvent(school=school, alert=one, kind="received", at=one.received_at)
                for one in made
            ),
            batch_size=5000,
        )
        changes = ChangeRequest.objects.bulk_create(_changes(school, staff, random, now))
        LogEntry.objects.bulk_create(_entries(changes, staff, rows, now), batch_size=5000)
    analyze("filtering_alert")
    analyze("filtering_logentry")


def _alerts(
    source: AlertSource,
    lead: Person,
    pupils: list[Person],
    random: Random,
    rows: int,
    now: datetime,
) -> Iterator[Alert]:
    for number in range(rows):
        state, pupil = random.choice(STATES), random.choice(pupils)
        happened = now - timedelta(minutes=10 * (rows - number))
        judged = state == "false_alarm"
        yield Alert(
            school=source.school,
            source=source,
            external_id=str(number),
            state=state,
            severity=random.choice(SEVERITIES),
            happened_at=happened,
            received_at=happened,
            due_at=happened + timedelta(hours=1),
            rule=random.choice(RULES),
            term=RARE_TERM if number % 997 == 0 else f"words {random.randint(1, 5000)}",
            device=f"PC-{random.randint(1, 300):03d}",
            user_name=f"user{pupil.pk}",
            person=pupil,
            owner=lead,
            opened_by=lead if state != "received" else None,
            opened_at=happened + timedelta(minutes=20) if state != "received" else None,
            verdict="false" if judged else "",
            triaged_by=lead if judged else None,
            triaged_at=happened + timedelta(minutes=30) if judged else None,
            incident_reference="2025-0001" if state == "raised" else "",
        )


def _changes(
    school: School, staff: dict[str, Person], random: Random, now: datetime
) -> Iterator[ChangeRequest]:
    for number in range(1, CHANGES + 1):
        at = now - timedelta(days=CHANGES - number)
        yield ChangeRequest(
            school=school,
            reference=f"{at.year}-{number:04d}",
            submission=UUID(int=random.getrandbits(128), version=4),
            state="closed",
            direction="allow",
            reason_kind="teaching",
            reason="For a lesson.",
            asked_by=staff["teacher"],
            asked_at=at,
            due_at=at,
            assessed_by=staff["dsl"],
            assessed_at=at,
            decided_by=staff["head"],
            decided_at=at,
            made_by=staff["tech"],
            made_at=at,
            tested_by=staff["dsl"],
            tested_at=at,
            ended_at=at,
        )


def _entries(
    changes: list[ChangeRequest], staff: dict[str, Person], rows: int, now: datetime
) -> Iterator[LogEntry]:
    people = list(staff.values())
    for number in range(rows):
        kind, change = KINDS[number % len(KINDS)], changes[number % len(changes)]
        yield LogEntry(
            school_id=change.school_id,
            kind=kind,
            at=now - timedelta(minutes=10 * (rows - number)),
            by=people[number % len(people)],
            change=change,
            words=f"Filter change {change.reference}: {kind.label.lower()}.",
            text="Written down.",
            target=RARE_TERM if number % 997 == 0 else f"site{number % 700}.example",
            profiles=[PROFILES[number % len(PROFILES)]],
            before="Blocked",
            after="Allowed",
            cause=f"Incident 2025-{number % 400:04d}" if number % 3 == 0 else "",
        )

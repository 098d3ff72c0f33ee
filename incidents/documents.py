"""Incidents and chronologies on paper: what is printed, and what goes into the annexes."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from audit.queries import trail
from common.dates import uk_date, uk_datetime
from common.documents import Annexes, Imprint
from common.exports import csv_sheet
from incidents.models import Decision, Event, Incident, Involvement, ParentContact
from incidents.queries import pupil_chronology
from incidents.queries.record import record_of
from people.models import Person, School
from people.queries import current_enrolments

STORY = ("When it happened", "When it was written", "What", "Words", "By")
CHRONOLOGY = ("Date", "Reference", "Part", "Where", "What", "With whom", "Followed", "Parents")


def incident_pages(
    incident: Incident, person: Person, powers: Collection[str], annexes: Annexes
) -> dict[str, Any]:
    """Return what the print of an incident shows; the incident is read with ``incident_or_404``."""
    record = record_of(incident, person, powers)
    name = f"{incident.reference} chronology.csv"
    return {
        "incident": incident,
        "record": record,
        "facts": _facts(incident),
        "decisions": [(decision, _chosen(decision)) for decision in record.decisions],
        "story": annexes.cut(record.events, name, _story_sheet),
    }


def _facts(incident: Incident) -> list[dict[str, str]]:
    reported = f"{uk_datetime(incident.reported_at)} by {incident.reporter}"
    facts = [
        ("State", incident.get_state_display()),
        ("Restricted", incident.get_restriction_display()),
        ("Happened", uk_datetime(incident.occurred_at)),
        ("Noticed", uk_datetime(incident.noticed_at)),
        ("Reported", f"{reported} (late)" if incident.late else reported),
        ("Why late", incident.late_reason),
        ("Where", _joined(incident.get_place_display(), incident.place_detail)),
        ("What links it to the school", incident.link_to_school),
        ("About", incident.get_subject_kind_display()),
        ("Urgency", incident.get_severity_display()),
        ("Category", str(incident.category or "")),
        ("Infringement", str(incident.infringement or "")),
        ("Themes", "; ".join(incident.theme_labels)),
        ("Flags", "; ".join(_flags(incident))),
        ("Handled by", str(incident.handler or "Nobody yet")),
        ("Their reference", incident.external_reference),
        ("Closed", uk_datetime(incident.closed_at)),
    ]
    return [{"label": label, "value": value} for label, value in facts if value]


def _flags(incident: Incident) -> list[str]:
    flags = {
        "Serious harm": incident.serious_harm,
        "Child protection": incident.child_protection,
        "Something illegal is suspected": incident.illegal_suspected,
        "Indecent images of a child may be involved": not incident.may_hold_files,
    }
    return [words for words, raised in flags.items() if raised]


def _chosen(decision: Decision) -> str:
    """Return the sanctions a decision named, as they stood when it was made."""
    return "; ".join(
        one["label"] + (f" until {uk_date(date.fromisoformat(one['to']))}" if one["to"] else "")
        for one in decision.chosen
    )


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _story_sheet(events: Sequence[Event]) -> bytes:
    return csv_sheet(
        STORY,
        (
            (
                localtime(event.occurred_at).isoformat(sep=" ", timespec="minutes"),
                localtime(event.at).isoformat(sep=" ", timespec="minutes"),
                event.get_kind_display(),
                event.text,
                event.by or "",
            )
            for event in events
        ),
    )


@dataclass(frozen=True)
class Chapter:
    """A pupil's part in one incident, in words that name nobody else."""

    date: str
    reference: str
    part: str
    place: str
    what: str
    others: str
    followed: str
    parents: str

    def cells(self) -> tuple[str, ...]:
        """Return the chapter as the cells of a sheet."""
        return tuple(vars(self).values())


def chronology_pages(
    pupil: Person, person: Person, powers: Collection[str], annexes: Annexes
) -> dict[str, Any]:
    """Return what the print of a pupil's chronology shows: what the reader may see, in order.

    It may be given to a parent, so it names no other person and repeats no free text of a case.
    Six queries whatever its length.
    """
    rows = pupil_chronology(pupil, person, powers).prefetch_related(
        "incident__involvements__person"
    )
    chapters = [_chapter(row) for row in reversed(rows)]
    name = "chronology.csv"
    return {
        "pupil": pupil,
        "place": current_enrolments([pupil]).get(pupil.pk),
        "chapters": annexes.cut(chapters, name, _chronology_sheet),
    }


def _chronology_sheet(chapters: Sequence[Chapter]) -> bytes:
    return csv_sheet(CHRONOLOGY, (chapter.cells() for chapter in chapters))


def _chapter(row: Involvement) -> Chapter:
    incident = row.incident
    return Chapter(
        date=uk_date(incident.occurred_at),
        reference=incident.reference,
        part=row.get_part_display(),
        place=incident.get_place_display(),
        what=_joined(
            f"Category {incident.category.code}" if incident.category else "",
            incident.infringement.label if incident.infringement else "Not classified",
        ),
        others=_others(row),
        followed=_followed(row),
        parents=_parents(row),
    )


def _others(row: Involvement) -> str:
    """Return who else was there, told apart by what they are and never by name."""
    kinds = Counter(
        other.person.kind if other.person else ""
        for other in {other.person_id or -other.pk: other for other in _beside(row)}.values()
    )
    words = []
    for kind, number in kinds.items():
        if kind == Person.Kind.PUPIL:
            words.append("another pupil" if number == 1 else f"{number} other pupils")
        elif kind:
            words.append("an adult of the school" if number == 1 else f"{number} adults")
        else:
            words.append("somebody else" if number == 1 else f"{number} others")
    return ", ".join(words) or "nobody else"


def _beside(row: Involvement) -> list[Involvement]:
    return [other for other in row.incident.involvements.all() if other.person_id != row.person_id]


def _followed(row: Involvement) -> str:
    own = [one for one in row.incident.sanctions.all() if one.person_id == row.person_id]
    words = [
        f"{one.kind.label} from {uk_date(one.start_date)}"
        + (f" to {uk_date(one.end_date)}" if one.end_date else "")
        for one in own
    ]
    return "; ".join([*words, "warned"] if row.warned else words) or "No sanction"


def _parents(row: Involvement) -> str:
    own = [one for one in row.incident.parent_contacts.all() if one.pupil_id == row.person_id]
    return "; ".join(_told(one) for one in own) or "Not recorded"


def _told(contact: ParentContact) -> str:
    if not contact.informed:
        return "Not told"
    return f"Told on {uk_date(contact.informed_at)}"


def imprint_for(
    school: School, title: str, reference: str = "", *, by: Person, at: datetime
) -> Imprint:
    """Return what stands on every page, with the end of the school's trail at that moment.

    Naming the trail's last hash ties the paper to the trail: what was recorded before cannot be
    changed afterwards without the two differing.
    """
    last = trail(school.pk).first()
    return Imprint(
        title=title,
        school=school.name,
        printed_by=str(by),
        printed_at=at,
        reference=reference,
        trail=f"Trail at entry {last.sequence}: {last.hash}" if last else "",
    )

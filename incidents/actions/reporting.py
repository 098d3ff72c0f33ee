"""Report an incident and send it to the right person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate, localtime

from audit.actions import record
from common.errors import Refusal
from common.once import make_once
from common.pages import page_url
from incidents.clocks import is_late, unread_deadline
from incidents.models import Incident, Involvement
from incidents.naming import name_person
from incidents.orphans import no_file_left_behind
from incidents.routing import recipient_from
from incidents.steps import add_event
from incidents.taking_in import take_in
from incidents.vocabulary import EventKind, Part, Restriction, SubjectKind, YesNoUnsure
from people.calendar import SchoolCalendar
from people.mail import notify
from people.models import Person, School
from people.references import next_reference
from roles.models import RoleAssignment
from roles.queries import assignments_on, current_holders

ABOUT = {
    "pupil": (SubjectKind.PUPIL, ""),
    "staff": (SubjectKind.STAFF, Restriction.STAFF),
    "head": (SubjectKind.STAFF, Restriction.HEAD),
    "other": (SubjectKind.OTHER, ""),
}
EMPLOYED = {Person.Kind.STAFF, Person.Kind.VOLUNTEER, Person.Kind.GOVERNOR}


@dataclass(frozen=True)
class Involved:
    """Somebody involved: a person of the school, or a description of somebody unknown."""

    part: str
    person: Person | None = None
    described: str = ""


@dataclass(frozen=True)
class Told:
    """What somebody reports: what happened, when, where, and who was involved.

    ``about`` is pupil, staff, head or other.
    """

    about: str
    description: str
    occurred_at: datetime
    noticed_at: datetime
    place: str
    place_detail: str = ""
    areas: Sequence[str] = ()
    involved: Sequence[Involved] = ()
    done_at_once: str = ""
    told_lead: bool = False
    imagery: str = YesNoUnsure.NO
    links: str = ""
    late_reason: str = ""


@transaction.atomic
@no_file_left_behind()
def report_incident(
    *,
    school: School,
    submission: UUID,
    told: Told,
    files: Sequence[UploadedFile] = (),
    by: Person,
    at: datetime,
) -> Incident:
    """Log an incident, number it and send it to the first recipient (INC-01, INC-03, INC-04).

    Whoever is picked as having done it can only make the restriction stricter (INC-08, INC-09).
    The same ``submission`` sent twice gives the one incident it made. Refuses dates in the future,
    people of another school, and files where indecent images of children may be involved or that
    ``take_in`` refuses.
    """
    if made := _made(submission, by):
        return made
    _check_told(told, school, at)
    incident, new = make_once(
        "one_incident_per_submission",
        lambda: _numbered(school, submission, told, by, at),
        lambda: _made(submission, by),
    )
    if not new:
        return incident
    head = _the_head(school, at) if told.about == "head" else []
    _involve(incident, [*told.involved, *head], by=by, at=at)
    when = told.occurred_at
    add_event(incident, kind=EventKind.REPORTED, by=by, at=at, occurred_at=when)
    for upload in files:
        take_in(incident, upload, source="Sent with the report", by=by, at=at)
    facts = {"late": incident.late, "files": len(files)}
    record("report_incident", incident, by=by, at=at, facts=facts)
    route_incident(incident, position=0, at=at)
    _tell_the_lead(incident, by=by, at=at)
    path = page_url(school, "report_detail", incident.reference)
    notify([by], reason="received", path=path, at=at)
    return incident


def _check_told(told: Told, school: School, at: datetime) -> None:
    if told.occurred_at > at or told.noticed_at > at:
        raise Refusal("The date and time cannot be in the future.")
    if told.noticed_at < told.occurred_at:
        raise Refusal("It cannot have been noticed before it happened.")
    if any(one.person and one.person.school_id != school.pk for one in told.involved):
        raise Refusal("Choose people of your own school.")


def _numbered(school: School, submission: UUID, told: Told, by: Person, at: datetime) -> Incident:
    kind, restriction = restriction_for(school, told.about, told.involved, at=at)
    values = {**vars(told), "areas": list(told.areas)}
    del values["about"], values["involved"]
    return Incident.objects.create(
        school=school,
        reference=next_reference(
            school=school, series="incident", year=localtime(at).year, scattered=True
        ),
        submission=submission,
        restriction=restriction,
        subject_kind=kind,
        reported_at=at,
        reporter=by,
        late=is_late(school, noticed_at=told.noticed_at, reported_at=at),
        routed_at=at,
        **values,
    )


def _involve(incident: Incident, involved: Sequence[Involved], *, by: Person, at: datetime) -> None:
    Involvement.objects.bulk_create(
        Involvement(
            school_id=incident.school_id,
            incident=incident,
            person=one.person,
            described=one.described,
            part=one.part,
            added_by=by,
            added_at=at,
        )
        for one in dict.fromkeys(involved)
    )


def _made(submission: UUID, by: Person) -> Incident | None:
    return Incident.objects.filter(submission=submission, reporter=by).first()


def restriction_for(
    school: School, about: str, involved: Sequence[Involved], *, at: datetime
) -> tuple[str, str]:
    """Return whose conduct it is about and how restricted it has to be.

    The headteacher among those said to have done it, present, absent or acting, makes it the
    chair's; any other member of staff, volunteer or governor makes it the headteacher's, whatever
    the reporter answered.
    """
    kind, restriction = ABOUT[about]
    alleged = [one.person for one in involved if one.part == Part.ALLEGED and one.person]
    heads = {row.person_id for row in _headships(school, at)}
    if any(person.pk in heads for person in alleged):
        return SubjectKind.STAFF, Restriction.HEAD
    if restriction != Restriction.HEAD and any(person.kind in EMPLOYED for person in alleged):
        return SubjectKind.STAFF, Restriction.STAFF
    return kind, restriction


def _headships(school: School, at: datetime) -> QuerySet[RoleAssignment, RoleAssignment]:
    return assignments_on(school, localdate(at)).filter(role__code="head")


def _the_head(school: School, at: datetime) -> list[Involved]:
    """Return the headteacher as said to have done it, so that every check on a subject holds."""
    return [
        Involved(Part.ALLEGED, row.person)
        for row in _headships(school, at)
        if row.standing == "primary"
    ]


def route_incident(incident: Incident, *, position: int, at: datetime) -> None:
    """Send an incident to the next person of its route who is free to take it (INC-04).

    When nobody is left the chronology says so, and the vacancy shows on the roles page.
    """
    person, place = recipient_from(incident, position, on=localdate(at))
    incident.route_position = place
    incident.routed_at = at
    incident.save(update_fields=["route_position", "routed_at"])
    if person is None:
        add_event(
            incident,
            kind=EventKind.ROUTED,
            text="Nobody in the route is free to take this.",
            by=None,
            at=at,
        )
        return
    name_person(incident, person)
    add_event(
        incident,
        kind=EventKind.ROUTED,
        text=f"Sent to {person}.",
        facts={"person": person.pk},
        by=None,
        at=at,
    )
    notify([person], reason="to_open", path=page_url(incident.school, "incident_queue"), at=at)


def _tell_the_lead(incident: Incident, *, by: Person, at: datetime) -> None:
    """Tell the safeguarding lead at once where images of children may be involved (INC-41)."""
    if incident.imagery == YesNoUnsure.NO or incident.restriction:
        return
    leads = [
        person
        for person in current_holders(incident.school, "dsl", on=localdate(at))[:1]
        if person.pk != by.pk
    ]
    notify(leads, reason="lead_alert", path=page_url(incident.school, "incident_queue"), at=at)


@transaction.atomic
def route_unread(*, school: School, at: datetime) -> int:
    """Send every report that lies unopened past its time to the next person too (INC-04).

    Idempotent: each report moves on at most once per deadline; the end of the chain ends it.
    Returns how many moved.
    """
    calendar = SchoolCalendar(school)
    moved = 0
    waiting = Incident.objects.select_for_update(skip_locked=True).filter(
        school=school, state="reported"
    )
    for incident in waiting:
        _, place = recipient_from(incident, incident.route_position + 1, on=localdate(at))
        ended = incident.route_position >= place
        if ended or at < unread_deadline(school, calendar, incident.routed_at):
            continue
        route_incident(incident, position=incident.route_position + 1, at=at)
        record("route_unread", incident, by="route_unread", at=at)
        moved += 1
    return moved

"""Make the documents people asked for, with the rights they have when the work is done."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import Q
from django.utils.text import slugify
from django.utils.timezone import localdate

from common.documents import Annexes, Imprint, pack, render_pdf
from common.errors import Refusal
from incidents.actions.taking_out import print_chronology, print_incident
from incidents.documents import chronology_pages, imprint_for, incident_pages
from incidents.queries.standing import with_standing
from incidents.queries.visible import seen_by
from people.jobs import keep_result, progress
from people.models import Job, Person
from roles.queries import powers_of

PARTS = 3  # read, laid out, written down
LOST_SIGHT = "You may no longer open this, so nothing was made."


def make_incident(*, job: Job, at: datetime) -> None:
    """Make the PDF of the incident a job names and record the print (REP-15).

    Whoever asked is looked at again: a person who lost the power, left, or became the subject of
    the incident since then gets nothing.
    """
    by, powers = _asker_now(job, at, "print_incident")
    incident = with_standing(Q(seen_by(by, powers), pk=job.input["incident"])).first()
    if incident is None:
        raise Refusal(LOST_SIGHT)
    annexes = Annexes()
    pages = incident_pages(incident, by, powers, annexes)
    imprint = imprint_for(
        job.school, f"Incident {incident.reference}", incident.reference, by=by, at=at
    )
    digest = _make(job, "documents/incident.html", pages, imprint, incident.reference, annexes)
    print_incident(incident=incident, medium="pdf", sha256=digest, by=by, at=at)


def make_chronology(*, job: Job, at: datetime) -> None:
    """Make the PDF of a pupil's chronology that a job names and record the print (REP-15).

    It holds what whoever asked may see when it is made, and nothing when they may see no
    chronologies any more.
    """
    by, powers = _asker_now(job, at, "print_incident", "view_pupil_chronology")
    pupil = Person.objects.get(school=job.school, kind=Person.Kind.PUPIL, pk=job.input["pupil"])
    annexes = Annexes()
    pages = chronology_pages(pupil, by, powers, annexes)
    imprint = imprint_for(job.school, f"Chronology of {pupil}", by=by, at=at)
    name = slugify(f"chronology {pupil}")
    digest = _make(job, "documents/chronology.html", pages, imprint, name, annexes)
    print_chronology(pupil=pupil, medium="pdf", sha256=digest, by=by, at=at)


def _asker_now(job: Job, at: datetime, *needed: str) -> tuple[Person, frozenset[str]]:
    by = job.requested_by
    if by is None or by.user is None or not by.user.is_active:
        raise Refusal(LOST_SIGHT)
    powers = powers_of(by, on=localdate(at))
    if not powers.issuperset(needed):
        raise Refusal(LOST_SIGHT)
    return by, powers


def _make(
    job: Job, template: str, pages: dict[str, Any], imprint: Imprint, name: str, annexes: Annexes
) -> str:
    """Lay the document out and keep it as the job's result; returns its SHA-256.

    The caller writes to the trail afterwards: the chain stays locked until the transaction ends,
    and nobody else at the school should wait while pages are laid out.
    """
    progress(job.pk, 1, PARTS)
    name, content = pack(name, render_pdf(template, pages, imprint=imprint), annexes)
    progress(job.pk, 2, PARTS)
    keep_result(job, name=name, content=content)
    progress(job.pk, PARTS, PARTS)
    job.message = "The document is ready."
    return sha256(content).hexdigest()

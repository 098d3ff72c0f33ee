"""Work on a report about filtering until a second person has tested it (FIL-12, workflows c.7)."""

from datetime import datetime

from django.db import transaction

from common.errors import Refusal
from common.pages import page_url
from filtering.conditions.failures import check_another_person, check_exposure, needs_authority
from filtering.models import FailureReport
from filtering.steps.failures import begin, finish
from people.mail import notify
from people.models import Person


@transaction.atomic
def acknowledge_failure(
    *, failure: FailureReport, version: int, note: str = "", by: Person, at: datetime
) -> FailureReport:
    """Take a report on: the clock of FIL-11 stops; refuses one that somebody took on already."""
    failure = begin("acknowledge_failure", failure=failure, version=version, by=by, at=at)
    failure.acknowledged_by, failure.acknowledged_at = by, at
    late = at > failure.due_at
    return finish(
        "acknowledge_failure",
        failure,
        words="taken on, late." if late else "taken on.",
        text=note,
        fields=("acknowledged_by", "acknowledged_at"),
        facts={"late": late},
        by=by,
        at=at,
    )


@transaction.atomic
def contain_failure(
    *, failure: FailureReport, version: int, note: str, by: Person, at: datetime
) -> FailureReport:
    """Say how it was made safe for now: the site blocked, or the service stopped (c.7).

    Refuses without words.
    """
    failure = begin("contain_failure", failure=failure, version=version, by=by, at=at)
    text = _said(note, "Say how it was made safe.")
    return finish("contain_failure", failure, words="made safe for now.", text=text, by=by, at=at)


@transaction.atomic
def note_failure(
    *, failure: FailureReport, version: int, note: str, by: Person, at: datetime
) -> FailureReport:
    """Write a line about the work into the log (FIL-12); refuses an empty one."""
    failure = begin("note_failure", failure=failure, version=version, by=by, at=at)
    text = _said(note, "Write what was done or found.")
    return finish("note_failure", failure, words="worked on.", text=text, by=by, at=at)


@transaction.atomic
def escalate_failure(
    *,
    failure: FailureReport,
    version: int,
    provider: str,
    ticket: str = "",
    authority_told: bool = False,
    note: str = "",
    by: Person,
    at: datetime,
) -> FailureReport:
    """Pass a report to the provider, with its ticket; say whether the authority knows (FIL-13).

    Refuses without the name of whom it was passed to.
    """
    failure = begin("escalate_failure", failure=failure, version=version, by=by, at=at)
    failure.provider = _said(provider, "Say who it was passed on to.")[:120]
    failure.provider_ticket = ticket.strip()[:60]
    failure.escalated_at = at
    failure.authority_told_at = at if authority_told else None
    cause = f"Ticket {failure.provider_ticket}" if failure.provider_ticket else ""
    return finish(
        "escalate_failure",
        failure,
        words="passed to the provider.",
        text=" ".join(part for part in (f"{failure.provider}.", note.strip()) if part),
        cause=cause,
        fields=("provider", "provider_ticket", "escalated_at", "authority_told_at"),
        facts={"ticket": failure.provider_ticket, "authority_told": authority_told},
        by=by,
        at=at,
    )


@transaction.atomic
def fix_failure(
    *,
    failure: FailureReport,
    version: int,
    cause: str,
    authority_told: bool = False,
    by: Person,
    at: datetime,
) -> FailureReport:
    """Say what was wrong and that it is mended; a second person tests it next (FIL-12).

    Refuses without a cause, and what was passed on while the school's rule to tell the authority
    or trust is not met (FIL-13).
    """
    failure = begin("fix_failure", failure=failure, version=version, by=by, at=at)
    failure.cause = _said(cause, "Say what was wrong and how it was mended.")[:1_000]
    if needs_authority(failure):
        if not authority_told:
            raise Refusal(
                "This was passed on, so your local authority or trust has to be told. Tell them, "
                "then say so here."
            )
        failure.authority_told_at = at
    failure.fixed_by, failure.fixed_at = by, at
    return finish(
        "fix_failure",
        failure,
        words="mended, to be tested by a second person.",
        text=failure.cause,
        fields=("cause", "authority_told_at", "fixed_by", "fixed_at"),
        by=by,
        at=at,
    )


@transaction.atomic
def verify_failure(
    *,
    failure: FailureReport,
    version: int,
    note: str = "",
    no_incident_reason: str = "",
    by: Person,
    at: datetime,
) -> FailureReport:
    """Say as a second person that it works again; closes it and tells who reported it (FIL-12).

    Refuses whoever mended it, and where a pupil may have been exposed as long as neither an
    incident was opened nor a reason given why none is needed. Reports that joined close with it.
    """
    failure = begin("verify_failure", failure=failure, version=version, by=by, at=at)
    check_another_person(failure, by)
    check_exposure(failure, no_incident_reason)
    if not failure.incident_reference:
        failure.no_incident_reason = no_incident_reason.strip()[:300]
    failure.verified_by, failure.verified_at, failure.closed_at = by, at, at
    done = finish(
        "verify_failure",
        failure,
        words="tested by a second person, works again. Closed.",
        text=" ".join(part for part in (note.strip(), failure.no_incident_reason) if part),
        fields=("no_incident_reason", "verified_by", "verified_at", "closed_at"),
        facts={"incident": failure.incident_reference},
        by=by,
        at=at,
    )
    _tell_reporters(done, at)
    return done


@transaction.atomic
def return_failure(
    *, failure: FailureReport, version: int, note: str, by: Person, at: datetime
) -> FailureReport:
    """Say as a second person that it is not mended: the work goes on (workflows c.7).

    Refuses whoever said it was mended, and without words.
    """
    failure = begin("return_failure", failure=failure, version=version, by=by, at=at)
    check_another_person(failure, by)
    text = _said(note, "Say what does not work.")
    mender = failure.fixed_by
    done = finish(
        "return_failure",
        failure,
        words="tested by a second person, does not work yet.",
        text=text,
        by=by,
        at=at,
    )
    path = page_url(failure.school, "failure_detail", failure.reference)
    notify([mender] if mender else [], reason="failure_returned", path=path, at=at)
    return done


def _said(text: str, refusal: str) -> str:
    """Return a text without the spaces around it; refuses an empty one in words."""
    if not text.strip():
        raise Refusal(refusal)
    return text.strip()


def _tell_reporters(failure: FailureReport, at: datetime) -> None:
    """Close what joined, and tell everybody who reported it where to read that (FIL-24)."""
    joined = list(failure.joined_by.select_related("reported_by"))
    failure.joined_by.update(state="closed", closed_at=at)
    for one in [failure, *joined]:
        path = page_url(failure.school, "failure_detail", one.reference)
        notify([one.reported_by], reason="failure_closed", path=path, at=at)

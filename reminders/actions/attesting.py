"""Say how a recurring duty was met, with what shows it (ROL-19)."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from audit.actions import record
from common.duties import RecurringDuty
from common.errors import Conflicted, Refusal, StaleRecord, StepRefused
from common.file_checks import check_upload, file_digest
from common.pages import page_url
from people.mail import notify
from people.models import Person
from reminders.models import DutyOccurrence
from reminders.recurring import recurring_duties
from roles.queries import current_holders, person_may, role_codes_of

State = DutyOccurrence.State
RESULTS = (State.MET, State.PARTLY, State.NOT_MET)


@transaction.atomic
def attest_duty(
    *,
    occurrence: DutyOccurrence,
    version: int,
    result: str,
    note: str,
    action: str,
    upload: UploadedFile | None,
    by: Person,
    at: datetime,
) -> DutyOccurrence:
    """Say whether a duty was met, partly met or not met, as one of those who have to do it.

    “Not met” informs the headteacher at once (ROL-19). Refuses anybody without one of the duty's
    roles, a duty that is closed or that a record has to show, “partly” and “not met” without a
    note and an action, and whoever did the duty that somebody else has to have done (ROL-06).
    """
    occurrence = _locked(occurrence, version)
    duty = recurring_duties()[occurrence.duty]
    _check_person(occurrence, duty, by, at)
    if duty.evidence:
        raise Refusal("A record in Safeguard shows when this is done, so nobody has to say so.")
    if result not in RESULTS:
        raise Refusal("Choose whether it was met, partly met or not met.")
    if result != State.MET and not (note.strip() and action.strip()):
        raise Refusal("Say what was found and what will be done about it.")
    occurrence.state, occurrence.note = result, note.strip()
    occurrence.action = "" if result == State.MET else action.strip()
    occurrence.done_by, occurrence.done_at = by, at
    occurrence.version += 1
    _store(occurrence, upload)
    if result == State.NOT_MET:
        heads = current_holders(occurrence.school, "head", on=localdate(at))
        notify(
            [head for head in heads if head != by],
            reason="duty_not_met",
            path=page_url(occurrence.school, "duty_detail", occurrence.pk),
            at=at,
        )
    return occurrence


@transaction.atomic
def hand_on_evidence(*, occurrence: DutyOccurrence, by: Person, at: datetime) -> DutyOccurrence:
    """Give a copy of what shows that a duty was met; the trail notes it (SYS-06).

    Refuses a stored file that is gone or is not, byte for byte, the one that was taken in.
    """
    if file_digest(occurrence.evidence) != occurrence.evidence_sha256:
        raise Refusal(
            f"“{occurrence.evidence_name}” is not in the store as it was taken in. Do not rely on "
            "it, and tell whoever looks after this system."
        )
    facts = {"sha256": occurrence.evidence_sha256}
    record("hand_on_evidence", occurrence, by=by, at=at, facts=facts)
    return occurrence


def _locked(occurrence: DutyOccurrence, version: int) -> DutyOccurrence:
    rows = DutyOccurrence.objects.select_for_update(of=("self",)).select_related("school")
    found = rows.get(pk=occurrence.pk)
    if found.state != State.OPEN:
        raise StepRefused(f"This duty is closed already: {found.get_state_display().lower()}.")
    if found.version != version:
        raise StaleRecord("This duty was changed after you opened it. Look at it again.")
    return found


def _check_person(
    occurrence: DutyOccurrence, duty: RecurringDuty, by: Person, at: datetime
) -> None:
    day = localdate(at)
    holds = set(duty.roles) & role_codes_of(by, on=day)
    if not (holds and person_may(by, "view_own_duties", on=day)):
        raise Refusal("Only somebody in a role that has this duty can say how it was met.")
    if not duty.apart_from:
        return
    others = DutyOccurrence.objects.filter(
        school=occurrence.school_id, duty=duty.apart_from, period=occurrence.period, done_by=by
    )
    if others.exists():
        raise Conflicted("You did the first of these two, so somebody else has to do this one.")


def _store(occurrence: DutyOccurrence, upload: UploadedFile | None) -> None:
    """Save the answer, with its file under a random name; that goes when the row cannot stay."""
    if upload:
        megabytes = occurrence.school.setting("duties_megabytes")
        checked = check_upload(upload, megabytes=megabytes)
        occurrence.evidence_name, occurrence.evidence_kind = checked.name, checked.kind
        occurrence.evidence_sha256 = hashlib.sha256(checked.content).hexdigest()
        occurrence.evidence.save("", ContentFile(checked.content), save=False)
    try:
        occurrence.save()
        facts = {
            "result": occurrence.state,
            "period": occurrence.period,
            "sha256": occurrence.evidence_sha256,
        }
        record(
            "attest_duty",
            occurrence,
            by=occurrence.done_by or "",
            at=occurrence.done_at or occurrence.opened_at,
            facts=facts,
        )
    except BaseException:
        if upload:
            occurrence.evidence.storage.delete(str(occurrence.evidence.name))
        raise

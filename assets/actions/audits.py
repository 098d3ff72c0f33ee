"""An audit of equipment by somebody from outside, from the request to the last action (AST-23)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from assets.conditions.common import check_power, check_version, said
from assets.disposal_files import FIELDS, file_kept
from assets.models import AuditAction, EquipmentAudit
from assets.workflow import AUDIT
from audit.actions import record
from common.errors import Refusal
from common.pages import page_url
from people.actions.to_do import check_to_do, close_to_do
from people.mail import notify
from people.models import Person, School


@dataclass(frozen=True)
class AuditDetails:
    """Who is asked to look, why, at what, and by when."""

    agency: str
    reason: str
    scope: str
    due_date: date


@transaction.atomic
def commission_audit(
    *, school: School, submission: UUID, details: AuditDetails, by: Person, at: datetime
) -> EquipmentAudit:
    """Write down that somebody from outside was asked to look at equipment, and why (AST-23).

    The same ``submission`` sent twice gives the one audit. Refuses no agency, reason or scope, and
    a day that has passed.
    """
    check_power(by, "commission_audit", at)
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    made = EquipmentAudit.objects.filter(submission=submission).first()
    if made:
        return made
    if details.due_date < localdate(at):
        raise Refusal("The day by which the report is here has passed.")
    audit = EquipmentAudit.objects.create(
        school=school,
        submission=submission,
        agency=said(details.agency, "Say who does it.", 120),
        reason=said(details.reason, "Say why it is asked for.", 500),
        scope=said(details.scope, "Say what they look at.", 500),
        due_date=details.due_date,
        asked_by=by,
        asked_at=at,
    )
    facts = {"due": details.due_date.isoformat()}
    record("commission_audit", audit, by=by, at=at, facts=facts)
    return audit


@transaction.atomic
def report_audit(
    *,
    audit: EquipmentAudit,
    version: int,
    result: str,
    result_date: date,
    upload: UploadedFile,
    by: Person,
    at: datetime,
) -> EquipmentAudit:
    """File the report of an audit with its result in words (AST-23).

    Refuses no word on the result, a day to come, and any file that ``check_upload`` refuses.
    """
    audit = _begun("report_audit", audit, version, by, at)
    if result_date > localdate(at):
        raise Refusal("The day of the report has not come yet.")
    audit.result = said(result, "Say what was found.", 1_000)
    audit.result_date = result_date
    audit.file_by, audit.file_at = by, at
    with file_kept(audit, upload):
        facts = {"sha256": audit.sha256}
        return _finished(
            "report_audit", audit, "result", "result_date", *FIELDS, by=by, at=at, facts=facts
        )


@transaction.atomic
def add_audit_action(
    *,
    audit: EquipmentAudit,
    version: int,
    words: str,
    owner: Person,
    due_date: date,
    by: Person,
    at: datetime,
) -> AuditAction:
    """Write down what an audit asks for, of whom of the staff and by when; they are told.

    Refuses empty words, a day that has passed, and an owner who is not of the staff now.
    """
    audit = _begun("add_audit_action", audit, version, by, at)
    left = owner.left_date is not None and owner.left_date < localdate(at)
    if owner.school_id != audit.school_id or owner.kind != Person.Kind.STAFF or left:
        raise Refusal("Choose somebody of the staff who is at the school now.")
    action = AuditAction.objects.create(
        school=audit.school,
        audit=audit,
        words=check_to_do(words=words, due_date=due_date, at=at),
        owner=owner,
        due_date=due_date,
    )
    facts = {"due": due_date.isoformat(), "action": action.pk}
    _finished("add_audit_action", audit, by=by, at=at, facts=facts)
    if owner.pk != by.pk:
        path = page_url(audit.school, "audit_action_finish", action.pk)
        notify([owner], reason="audit_action", path=path, at=at)
    return action


@transaction.atomic
def finish_audit_action(*, action: AuditAction, note: str, by: Person, at: datetime) -> AuditAction:
    """Say what was done about an action, as its owner or as one who follows audits (AST-23).

    Refuses anybody else, an empty note and what is done already.
    """
    rows = AuditAction.objects.select_for_update(of=("self",))
    action = rows.select_related("audit", "school").get(pk=action.pk)
    own = action.owner_id == by.pk
    check_power(by, "finish_audit_action" if own else "commission_audit", at)
    close_to_do(verb="finish_audit_action", row=action, note=note, by=by, at=at)
    return action


@transaction.atomic
def close_audit(*, audit: EquipmentAudit, version: int, by: Person, at: datetime) -> EquipmentAudit:
    """Close an audit whose report is on file; refuses while an action of it is not done."""
    audit = _begun("close_audit", audit, version, by, at)
    still = audit.actions.filter(done_at=None).count()
    if still:
        raise Refusal(f"{still} of its actions {'is' if still == 1 else 'are'} not done yet.")
    audit.closed_by, audit.closed_at = by, at
    return _finished("close_audit", audit, "closed_by", "closed_at", by=by, at=at)


def _begun(
    step: str, audit: EquipmentAudit, version: int, by: Person, at: datetime
) -> EquipmentAudit:
    rows = EquipmentAudit.objects.select_for_update(of=("self",)).select_related("school")
    audit = rows.get(pk=audit.pk)
    check_version(audit.version, version)
    check_power(by, AUDIT.check(step, audit.state).needs, at)
    return audit


def _finished(
    step: str,
    audit: EquipmentAudit,
    *fields: str,
    facts: dict[str, Any] | None = None,
    by: Person,
    at: datetime,
) -> EquipmentAudit:
    audit.state = AUDIT.step(step).target or audit.state
    audit.version += 1
    audit.save(update_fields=["state", "version", *fields])
    record(step, audit, by=by, at=at, facts={"state": audit.state, **(facts or {})})
    return audit

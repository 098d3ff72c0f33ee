"""What of audits and destroyed paper needs a person, and what falls due (AST-23, AST-24)."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Expression, Q, QuerySet
from django.utils.timezone import localdate

from assets.models import AuditAction, EquipmentAudit, PaperDestruction
from assets.queries.audits import audit_actions_for, audits_waiting
from assets.queries.paper import certificates_late, without_certificate
from common.asking import answers, any_of, counts_of
from common.duties import Due, Need, RecurringDuty
from common.pages import page_url
from common.requests import SchoolRequest
from people.calendar import LONDON
from people.models import School
from roles.queries import holders_of_power

REMINDERS = {
    "audit_action": "An action of an audit of equipment",
    "audit_report": "The report of an audit of equipment",
    "paper_certificate": "The certificate of paper that was collected",
}
RECURRING: tuple[RecurringDuty, ...] = ()
ACTION_WORDS = (
    "An audit asked something of you and its day has come. This stops once you say what was done."
)
REPORT_WORDS = (
    "The report of an audit that you follow should be here by now. This stops once it is on file."
)
PAPER_WORDS = (
    "Paper with personal data was collected and its certificate has not come. You look after "
    "disposal. This stops once the certificate is on file."
)
MOST = 6


def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know of audits and destroyed paper."""
    found: dict[str, Expression] = {}
    if request.may("finish_audit_action"):
        found["actions"] = any_of(audit_actions_for(request.person))
    if request.may("commission_audit"):
        found["audits"] = any_of(_audits(request.school, localdate(at)))
    if request.may("prepare_disposal"):
        late = Q(certificate_due_date__lte=localdate(at))
        found["paper"] = counts_of(
            without_certificate(request.school),
            count=Count("pk"),
            late=Count("pk", filter=late),
        )
    return found


def _audits(school: School, on: date) -> QuerySet[EquipmentAudit, EquipmentAudit]:
    """Return the audits to go on with: a late report, or every action done and not closed."""
    still = AuditAction.objects.filter(done_at=None).order_by().values("audit")
    done = Q(state="reported") & ~Q(pk__in=still)
    return audits_waiting(school).filter(Q(state="asked", due_date__lte=on) | done)


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return one's own actions, audits to go on with, and certificates that have not come."""
    told = answers(request, asks, at=at)
    found = []
    if told.get("actions"):
        rows = audit_actions_for(request.person).order_by("due_date", "pk")[:MOST]
        found = [_action(request, one, at) for one in rows]
    if told.get("audits"):
        audits = _audits(request.school, localdate(at)).order_by("due_date", "pk")[:MOST]
        found += [_audit(request, one) for one in audits]
    if (paper := told.get("paper")) and paper["count"]:
        count = paper["count"]
        what = "1 collection of paper" if count == 1 else f"{count} collections of paper"
        url = f"{page_url(request.school, 'destruction_list')}?certificate=waits"
        why = f"{paper['late']} late" if paper["late"] else "The certificate has not come yet"
        found.append(Need(f"{what} without certificate", why, url, "Look at them"))
    return found


def _action(request: SchoolRequest, action: AuditAction, at: datetime) -> Need:
    due = datetime.combine(action.due_date, time(16), LONDON)
    url = page_url(request.school, "audit_action_finish", action.pk)
    why = "An audit of equipment asked for it"
    return Need(action.words, why, url, "Say what was done", due, late=due < at)


def _audit(request: SchoolRequest, audit: EquipmentAudit) -> Need:
    late = audit.state == "asked"
    page = "audit_report" if late else "audit_detail"
    why = "Its report should be here" if late else "What it asked for is done, so it can be closed"
    url = page_url(request.school, page, audit.pk)
    return Need(str(audit), why, url, "File its report" if late else "Go on with it")


def may_be_due(*, on: date) -> list[QuerySet[Any, Any]]:
    """Return the rows, of any school, without which there is nothing to remind of."""
    return [
        AuditAction.objects.filter(done_at=None, due_date__lte=on),
        EquipmentAudit.objects.filter(state="asked", due_date__lte=on),
        PaperDestruction.objects.filter(sha256="", certificate_due_date__lte=on),
    ]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield owners of actions whose day has come, who follows late audits, who chases paper."""
    actions = AuditAction.objects.filter(school=school, done_at=None, due_date__lte=on)
    for one in actions.order_by("pk"):
        yield Due("audit_action", one.owner_id, str(one.pk), ACTION_WORDS)
    for audit in audits_waiting(school).filter(state="asked", due_date__lte=on).order_by("pk"):
        for person in holders_of_power(school, "commission_audit", on=on):
            yield Due("audit_report", person.pk, str(audit.pk), REPORT_WORDS)
    for paper in certificates_late(school, on).order_by("pk"):
        for person in holders_of_power(school, "prepare_disposal", on=on):
            yield Due("paper_certificate", person.pk, str(paper.pk), PAPER_WORDS)

"""Read audits of equipment and what they asked for (AST-23)."""

from collections.abc import Collection

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from assets.models import AuditAction, EquipmentAudit
from people.models import Person, School


def audit_rows(school: School) -> QuerySet[EquipmentAudit, EquipmentAudit]:
    """Return every audit, ready for a list: each knows how many actions it has and are open."""
    rows = EquipmentAudit.objects.filter(school=school).select_related("school")
    return rows.annotate(
        to_do=Count("actions"), still=Count("actions", filter=Q(actions__done_at=None))
    )


def audit_or_404(school: School, pk: int) -> EquipmentAudit:
    """Return one audit of a school with its people."""
    rows = audit_rows(school).select_related("asked_by", "closed_by", "file_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404("no such audit")
    return found


def actions_of(audit: EquipmentAudit) -> list[AuditAction]:
    """Return what an audit asked for, soonest first."""
    return list(audit.actions.select_related("owner", "done_by"))


def audit_actions_for(person: Person) -> QuerySet[AuditAction, AuditAction]:
    """Return what audits ask of a person and is not done."""
    return AuditAction.objects.filter(owner=person, done_at=None).select_related("audit")


def audits_waiting(school: School) -> QuerySet[EquipmentAudit, EquipmentAudit]:
    """Return the audits that are not closed."""
    return EquipmentAudit.objects.filter(school=school).exclude(state="closed")


def audit_action_or_404(person: Person, powers: Collection[str], pk: int) -> AuditAction:
    """Return one action for its owner and for those who follow audits."""
    rows = AuditAction.objects.filter(school=person.school_id, pk=pk)
    if "commission_audit" not in powers:
        rows = rows.filter(owner=person)
    found = rows.select_related("audit__school", "owner").first()
    if found is None:
        raise Http404("no such action")
    return found

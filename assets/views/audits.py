"""Pages of audits of equipment: asked for, reported, followed, closed (AST-23)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions import audits as deeds
from assets.filters.audits import AuditFilter
from assets.forms.audits import AuditActionForm, AuditForm, AuditReportForm, DoneForm
from assets.forms.own_devices import VersionForm
from assets.models import EquipmentAudit
from assets.queries.audits import (
    actions_of,
    audit_action_or_404,
    audit_or_404,
    audit_rows,
)
from assets.showing.audits import audit_facts, audit_steps
from assets.views.deed_page import DeedPage, done, drawn
from assets.views.sheets import sent_file
from assets.views.upload_page import drawn_upload
from common.access import requires
from common.dates import uk_date
from common.pages import page_url
from common.requests import SchoolRequest
from people.queries import people_source

ROWS = 50


@requires("view_audits")
def audit_list(request: SchoolRequest) -> HttpResponse:
    """Show the audits, and how many of their actions are open."""
    found = AuditFilter(request.GET, queryset=audit_rows(request.school), request=request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "sort": sort, "today": timezone.localdate()}
    return render(request, "assets/audit_list.html", context)


@requires("view_audits")
def audit_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show one audit: why, what was found, and its actions."""
    audit = audit_or_404(request.school, pk)
    today = timezone.localdate()
    context = {
        "audit": audit,
        "facts": audit_facts(audit),
        "actions": actions_of(audit),
        "today": today,
        "late": audit.state == "asked" and audit.due_date < today,
        **audit_steps(request, audit),
    }
    return render(request, "assets/audit_detail.html", context)


@requires("commission_audit")
def audit_create(request: SchoolRequest) -> HttpResponse:
    """Write down that somebody from outside was asked to look at equipment."""
    form = AuditForm(request.POST or None)
    if form.is_valid() and done(
        form,
        deeds.commission_audit,
        school=request.school,
        submission=form.cleaned_data["submission"],
        details=form.details,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Written down. File the report once it is here.")
        return redirect("audit_list", request.school.slug)
    back = page_url(request.school, "audit_list")
    lead = "Somebody from outside looks. Nobody is told of it by this."
    page = DeedPage("Ask for an audit", "Write this down", back, "Audits", lead=lead)
    return drawn(request, page, form)


@requires("commission_audit")
def audit_report(request: SchoolRequest, pk: int) -> HttpResponse:
    """File the report of an audit with its result."""
    audit = audit_or_404(request.school, pk)
    form = AuditReportForm(request.POST or None, request.FILES or None, version=audit.version)
    if form.is_valid() and _did(request, audit, form, deeds.report_audit, **form.cleaned_data):
        return _to(request, audit, "The report is on file. Add what has to be done.")
    return drawn_upload(request, _page(audit, "File the report", "File this report"), form)


@requires("view_audits")
def audit_report_copy(request: SchoolRequest, pk: int) -> HttpResponseBase:
    """Give a copy of the report to keep; the trail notes it."""
    audit = audit_or_404(request.school, pk)
    return sent_file(request, audit, power="view_audits", back=("audit_detail", pk))


@requires("commission_audit")
def audit_action_create(request: SchoolRequest, pk: int) -> HttpResponse:
    """Write down what an audit asks for."""
    audit = audit_or_404(request.school, pk)
    source = people_source(
        request.person,
        request.role_codes,
        url=page_url(request.school, "person_find"),
        on=timezone.localdate(),
        kinds=("staff",),
    )
    form = AuditActionForm(request.POST or None, version=audit.version, source=source)
    if form.is_valid() and _did(request, audit, form, deeds.add_audit_action, **form.cleaned_data):
        return _to(request, audit, "Added. Whoever does it is told.")
    return drawn(request, _page(audit, "Add an action", "Add this action"), form)


@requires("finish_audit_action", "commission_audit")
def audit_action_finish(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say what was done about an action of an audit."""
    action = audit_action_or_404(request.person, request.powers, pk)
    form = DoneForm(request.POST or None)
    sees = request.may("view_audits")
    back = ("audit_detail", action.audit_id) if sees else ("home",)
    if form.is_valid() and done(
        form,
        deeds.finish_audit_action,
        action=action,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Thank you. That is written down.")
        return redirect(str(back[0]), request.school.slug, *back[1:])
    page = DeedPage(
        "Say what was done",
        "It is done",
        page_url(request.school, *back),
        str(action.audit) if sees else "Home",
        lead="An audit of the school’s equipment asked for this.",
        facts=[
            {"label": "To be done", "value": action.words},
            {"label": "By", "value": f"{action.owner}, {uk_date(action.due_date)}"},
        ],
    )
    return drawn(request, page, form)


@requires("commission_audit")
def audit_close(request: SchoolRequest, pk: int) -> HttpResponse:
    """Close an audit whose actions are done."""
    audit = audit_or_404(request.school, pk)
    form = VersionForm(request.POST or None, version=audit.version)
    if form.is_valid() and _did(request, audit, form, deeds.close_audit, **form.cleaned_data):
        return _to(request, audit, "Closed. It stays on record.")
    lead = "What it asked for is done. Nothing is changed afterwards."
    return drawn(request, _page(audit, "Close this audit", "Close it", lead=lead), form)


def _did(request: SchoolRequest, audit: EquipmentAudit, form: Any, deed: Any, **told: Any) -> bool:
    return done(
        form, deed, fresh=audit.version, audit=audit, **told, by=request.person, at=timezone.now()
    )


def _page(audit: EquipmentAudit, title: str, button: str, lead: str = "") -> DeedPage:
    back = page_url(audit.school, "audit_detail", audit.pk)
    return DeedPage(title, button, back, str(audit), str(audit), lead)


def _to(request: SchoolRequest, audit: EquipmentAudit, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("audit_detail", request.school.slug, audit.pk)

"""Pages of the register of roles: who holds what, and giving, ending and covering it."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.attempt import attempt
from common.pages import page_url
from common.person_picker import PeopleSource
from common.requests import SchoolRequest
from people.queries import people_source
from roles import queries
from roles.actions import arrange_cover, assign_role, close_role, edit_role, end_role, reopen_role
from roles.catalogue import kinds_for
from roles.filters import HolderFilter, RoleFilter
from roles.forms import EmptyForm, RoleAssignForm, RoleCoverForm, RoleEditForm, RoleEndForm
from roles.models import Role, RoleAssignment

ROLES_PER_PAGE = 50
HOLDERS_PER_PAGE = 25
ENDS_SOON = timedelta(days=60)


@requires("view_roles")
def role_list(request: SchoolRequest) -> HttpResponse:
    """Show who holds which role today, what is vacant and which unions need watching (ROL-02)."""
    today = timezone.localdate()
    register = queries.register_of_roles(request.school, on=today)
    rows = RoleFilter(request.GET, register, request=request)
    page = Paginator(rows.qs, ROLES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": rows,
        "page": page,
        "soon": today + ENDS_SOON,
        "vacancies": queries.vacancies(request.school, on=today),
        "unions": queries.conflicting_unions(request.school, on=today),
    }
    return render(request, "roles/role_list.html", context)


@requires("view_roles")
def role_detail(request: SchoolRequest, code: str) -> HttpResponse:
    """Show one role: what it is responsible for and who holds, will hold and held it (ROL-01)."""
    role, today = _role(request, code), timezone.localdate()
    rows = HolderFilter(request.GET, queries.history_of(role, on=today), request=request)
    page = Paginator(rows.qs, HOLDERS_PER_PAGE).get_page(request.GET.get("page"))
    statements = list(queries.statements_of(role))
    context = {
        "role": role,
        "filter": rows,
        "page": page,
        "soon": today + ENDS_SOON,
        "statements": statements,
        "accepted": queries.acceptances_of(role, [row.person_id for row in page]),
        "steps": _steps(request, role),
    }
    return render(request, "roles/role_detail.html", context)


@requires("assign_roles")
def role_assign(request: SchoolRequest, code: str) -> HttpResponse:
    """Give somebody a role (ROL-02)."""
    role = _role(request, code)
    form = RoleAssignForm(
        request.POST or None,
        role=role,
        source=_source(request, role),
        initial={"start_date": timezone.localdate()},
    )
    if form.is_valid() and attempt(
        form, assign_role, role=role, by=request.person, at=timezone.now(), **form.values()
    ):
        messages.success(request, f"{form.cleaned_data['person']} now holds {role}, as entered.")
        return _back(request, role)
    return render(request, "roles/role_assign.html", {"form": form, "role": role})


@requires("assign_roles")
def role_end(request: SchoolRequest, number: int) -> HttpResponse:
    """End an assignment, or withdraw one that has not begun (ROL-02)."""
    assignment, today = _assignment(request, number), timezone.localdate()
    begun = assignment.start_date <= today
    form = RoleEndForm(request.POST or None, begun=begun)
    if form.is_valid() and attempt(
        form,
        end_role,
        assignment=assignment,
        end_date=form.last_day(today - timedelta(days=1)),
        reason=form.cleaned_data["reason"],
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, f"{assignment.role} ends for {assignment.person}, as entered.")
        return _back(request, assignment.role)
    context = {"form": form, "assignment": assignment, "begun": begun}
    return render(request, "roles/role_end.html", context)


@requires("assign_roles")
def role_cover(request: SchoolRequest, number: int) -> HttpResponse:
    """Let somebody act for a holder who is away (ROL-04)."""
    assignment = _assignment(request, number)
    form = RoleCoverForm(request.POST or None, source=_source(request, assignment.role))
    if form.is_valid() and attempt(
        form,
        arrange_cover,
        assignment=assignment,
        by=request.person,
        at=timezone.now(),
        **form.cleaned_data,
    ):
        messages.success(request, f"{form.cleaned_data['person']} covers for {assignment.person}.")
        return _back(request, assignment.role)
    return render(request, "roles/role_cover.html", {"form": form, "assignment": assignment})


@requires("assign_roles")
def role_edit(request: SchoolRequest, code: str) -> HttpResponse:
    """Call a role what the school calls it (ROL-01)."""
    role = _role(request, code)
    form = RoleEditForm(
        request.POST or None,
        initial={"label": role.label, "aliases": role.aliases, "seen": queries.version_of(role)},
    )
    if form.is_valid() and attempt(
        form, edit_role, role=role, by=request.person, at=timezone.now(), **form.cleaned_data
    ):
        messages.success(request, "The role has its new name.")
        return _back(request, role)
    return render(request, "roles/role_edit.html", {"form": form, "role": role})


@requires("assign_roles")
def role_close(request: SchoolRequest, code: str) -> HttpResponse:
    """Do without a role, or use it again; nothing is deleted (ROL-01)."""
    role = _role(request, code)
    form = EmptyForm(request.POST if request.method == "POST" else None)
    deed = close_role if role.active else reopen_role
    if form.is_valid() and attempt(form, deed, role=role, by=request.person, at=timezone.now()):
        done = "is no longer used" if role.active else "is used again"
        messages.success(request, f"{role} {done} at this school.")
        return _back(request, role)
    return render(request, "roles/role_close.html", {"form": form, "role": role})


def _role(request: SchoolRequest, code: str) -> Role:
    role = queries.role_of(request.school, code)
    if role is None:
        raise Http404("no such role")
    return role


def _assignment(request: SchoolRequest, number: int) -> RoleAssignment:
    assignment = queries.assignment_of(request.school, number)
    if assignment is None:
        raise Http404("no such assignment")
    return assignment


def _source(request: SchoolRequest, role: Role) -> PeopleSource:
    """Return the people who may hold a role."""
    kinds = kinds_for(role.category)
    query = urlencode({"kind": kinds}, doseq=True)
    return people_source(
        request.person,
        request.role_codes,
        url=f"{page_url(request.school, 'person_find')}?{query}",
        on=timezone.localdate(),
        kinds=kinds,
    )


def _back(request: SchoolRequest, role: Role) -> HttpResponse:
    return redirect(page_url(request.school, "role_detail", role.code))


def _steps(request: SchoolRequest, role: Role) -> dict[str, Any]:
    """Return what this person can do to a role next: the likeliest deed and the others."""
    deeds = []
    if request.may("assign_roles"):
        deeds = [("role_assign", "Give this role to somebody")] if role.active else []
        deeds.append(("role_edit", "Change what it is called"))
        if not role.mandatory:
            closing = "Do without this role" if role.active else "Use this role again"
            deeds.append(("role_close", closing))
    if request.may("edit_responsibilities") and role.active:
        deeds.append(("responsibility_add", "Add a responsibility"))
    urls = [
        {"label": label, "url": page_url(request.school, page, role.code)} for page, label in deeds
    ]
    may = f"{page_url(request.school, 'permission_list')}?role={role.code}"
    return {
        "deed": urls[0] if urls else None,
        "deeds": urls[1:],
        "links": [{"label": "What this role may do", "url": may}] if role.signs_in else [],
    }

"""Pages that say who may do what, and let a school depart from the usual rule."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.attempt import attempt
from common.pages import page_url
from common.requests import SchoolRequest
from roles import queries, sheet
from roles.actions import end_override, override_matrix
from roles.filters import PermissionFilterForm
from roles.forms import EmptyForm, PermissionOverrideForm
from roles.models import Role

OVERRIDES_PER_PAGE = 30


@requires("view_roles")
def permission_list(request: SchoolRequest) -> HttpResponse:
    """Show who may do what at this school, from the rows in force (ROL-30)."""
    roles = list(queries.signing_in_roles(request.school))
    form = PermissionFilterForm(request.GET, roles=roles)
    chosen = form.cleaned_data if form.is_valid() else {}
    overrides = queries.overrides_of(request.school)
    role = next((role for role in roles if role.code == chosen.get("role")), None)
    page = Paginator(overrides, OVERRIDES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "role": role,
        "sheet": sheet.sheet_of(request.school, roles, words=chosen.get("q", ""), role=role),
        "page": page,
    }
    return render(request, "roles/permission_list.html", context)


@requires("override_matrix")
def permission_override(request: SchoolRequest, power: str, code: str) -> HttpResponse:
    """Depart from the usual rule in one cell, with a reason; its history stands below (ROL-30)."""
    role, cell = _cell(request, power, code)
    form = PermissionOverrideForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        override_matrix,
        role=role,
        power=power,
        granted=not cell.granted,
        reason=form.cleaned_data["reason"],
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, f"The rule for {role} has changed at this school.")
        return _back(request, role)
    history = queries.overrides_of(request.school).filter(role=role, power=power)
    page = Paginator(history, OVERRIDES_PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "role": role, "cell": cell, "page": page}
    return render(request, "roles/permission_override.html", context)


@requires("override_matrix")
def permission_restore(request: SchoolRequest, number: int) -> HttpResponse:
    """Return one cell to the usual rule (ROL-30)."""
    override = queries.overrides_of(request.school).filter(pk=number).first()
    if override is None:
        raise Http404("no such override")
    form = EmptyForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(
        form, end_override, override=override, by=request.person, at=timezone.now()
    ):
        messages.success(request, f"The usual rule counts again for {override.role}.")
        return _back(request, override.role)
    cell = sheet.cell_of(override.role, override.power)
    return render(
        request, "roles/permission_restore.html", {"form": form, "override": override, "cell": cell}
    )


def _cell(request: SchoolRequest, power: str, code: str) -> tuple[Role, sheet.Cell]:
    role = queries.signing_in_roles(request.school).filter(code=code).first()
    cell = sheet.cell_of(role, power) if role else None
    if role is None or cell is None:
        raise Http404("no such rule")
    return role, cell


def _back(request: SchoolRequest, role: Role) -> HttpResponse:
    return redirect(f"{page_url(request.school, 'permission_list')}?role={role.code}")

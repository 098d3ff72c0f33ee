"""Pages of what a role is responsible for: accept it as a holder, word it as a leader."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import open_to_signed_in, requires
from common.attempt import attempt
from common.pages import page_url
from common.requests import SchoolRequest
from roles import queries
from roles.actions import (
    accept_responsibilities,
    add_responsibility,
    end_responsibility,
    revise_responsibility,
)
from roles.forms import EmptyForm, ResponsibilityAcceptForm, ResponsibilityForm
from roles.models import Responsibility


@open_to_signed_in
def responsibility_list(request: SchoolRequest) -> HttpResponse:
    """Show a person's own responsibilities, and let them accept what they have not yet (ROL-03)."""
    today = timezone.localdate()
    statements = list(queries.statements_of_person(request.person, on=today))
    waiting = [row for row in statements if row.accepted_at is None]
    form = ResponsibilityAcceptForm(
        request.POST if request.method == "POST" else None,
        choices=[(row.pk, row.statement) for row in waiting],
    )
    if form.is_valid() and attempt(
        form,
        accept_responsibilities,
        ids=form.cleaned_data["statements"],
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Thank you. What you accepted is recorded.")
        return redirect(page_url(request.school, "responsibility_list"))
    context = {
        "form": form,
        "waiting": waiting,
        "accepted": [row for row in statements if row.accepted_at],
        "due": min((queries.accept_by(request.school, row) for row in waiting), default=None),
        "today": today,
    }
    return render(request, "roles/responsibility_list.html", context)


@requires("edit_responsibilities")
def responsibility_add(request: SchoolRequest, code: str) -> HttpResponse:
    """Add a statement to a role (ROL-03)."""
    role = queries.role_of(request.school, code)
    if role is None:
        raise Http404("no such role")
    form = ResponsibilityForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        add_responsibility,
        role=role,
        by=request.person,
        at=timezone.now(),
        **form.cleaned_data,
    ):
        messages.success(
            request, "The responsibility was added. Its holders are asked to accept it."
        )
        return redirect(page_url(request.school, "role_detail", role.code))
    return render(request, "roles/responsibility_add.html", {"form": form, "role": role})


@requires("edit_responsibilities")
def responsibility_revise(request: SchoolRequest, number: int) -> HttpResponse:
    """Word a statement anew; every holder accepts it again (ROL-03)."""
    row = _statement(request, number)
    fields = ("statement", "source", "evidence", "frequency")
    form = ResponsibilityForm(
        request.POST or None, initial={name: getattr(row, name) for name in fields}
    )
    if form.is_valid() and attempt(
        form,
        revise_responsibility,
        responsibility=row,
        by=request.person,
        at=timezone.now(),
        **form.cleaned_data,
    ):
        messages.success(request, "The new words count from today. Its holders are asked again.")
        return redirect(page_url(request.school, "role_detail", row.role.code))
    return render(request, "roles/responsibility_revise.html", {"form": form, "row": row})


@requires("edit_responsibilities")
def responsibility_end(request: SchoolRequest, number: int) -> HttpResponse:
    """Take a statement away from a role; it stays on record (ROL-03)."""
    row = _statement(request, number)
    form = EmptyForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(
        form, end_responsibility, responsibility=row, by=request.person, at=timezone.now()
    ):
        messages.success(request, f"{row.role} no longer has this responsibility.")
        return redirect(page_url(request.school, "role_detail", row.role.code))
    return render(request, "roles/responsibility_end.html", {"form": form, "row": row})


def _statement(request: SchoolRequest, number: int) -> Responsibility:
    row = queries.statement_of(request.school, number)
    if row is None:
        raise Http404("no such statement")
    return row

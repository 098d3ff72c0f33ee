"""Profiles: for whom, what they block and allow and why, and their baseline (FIL-02, FIL-23)."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.attempt import attempt
from common.requests import SchoolRequest
from filtering.actions.profiles import (
    ProfileDetails,
    confirm_profile,
    end_profile,
    enter_baseline,
    enter_profile,
    replace_profile,
)
from filtering.categories import categories_of
from filtering.filters.provision import RuleFilter
from filtering.forms.provision import BaselineForm, EndForm, MarkForm, ProfileForm
from filtering.models import Profile
from filtering.queries.provision import (
    baseline_mark,
    baseline_of,
    changed_categories,
    latest_services,
    profile_or_404,
    services_in_force,
)
from filtering.queries.register import addresses_at, categories_at
from filtering.views.provision import as_at, staff_picker

ROWS = 50
INSTANT = timedelta(microseconds=1)


@requires("view_provision")
def profile_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show what a profile blocks and allows, why, since when and by which change, as at a day."""
    profile = profile_or_404(request.school, pk)
    form, day, asked_at = as_at(request)
    at = _moment(profile, request, asked_at)
    found = RuleFilter(request.GET, queryset=addresses_at(profile, at), request=request)
    context = {
        "profile": profile,
        "form": form,
        "day": day,
        "past": day != timezone.localdate(),
        "in_force": profile.from_at <= at and (not profile.ended_at or at < profile.ended_at),
        "categories": categories_at(profile, at),
        "filter": found,
        "page": Paginator(found.qs, ROWS).get_page(request.GET.get("page")),
        "later": getattr(profile, "replaced_by", None),
        "entered": bool(baseline_of(profile)),
    }
    return render(request, "filtering/profile_detail.html", context)


def _moment(profile: Profile, request: SchoolRequest, asked_at: datetime) -> datetime:
    """Return the moment to show: the day asked for, else now, or a profile's last moment."""
    if profile.ended_at and "on" not in request.GET and "on_day" not in request.GET:
        return profile.ended_at - INSTANT
    return asked_at


def _form(request: SchoolRequest, profile: Profile | None = None) -> ProfileForm:
    initial = {}
    if profile:
        named = ("name", "whom", "network", "owner")
        newest = latest_services(request.school)
        initial = {name: getattr(profile, name) for name in named}
        initial["service"] = str(newest[profile.service_id].pk)
    return ProfileForm(
        request.POST or None,
        school=request.school,
        services=services_in_force(request.school, timezone.now()),
        source=staff_picker(request),
        initial=initial,
    )


@requires("edit_provision")
def profile_create(request: SchoolRequest) -> HttpResponse:
    """Enter a group of users that is filtered in its own way."""
    form = _form(request)
    if form.is_valid() and attempt(
        form,
        enter_profile,
        school=request.school,
        details=ProfileDetails(**form.cleaned_data),
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Entered. Say next what it blocks and allows.")
        return redirect("provision_detail", request.school.slug)
    return render(request, "filtering/profile_create.html", {"form": form})


@requires("edit_provision")
def profile_edit(request: SchoolRequest, pk: int) -> HttpResponse:
    """Describe a profile anew; its rules go on."""
    profile = profile_or_404(request.school, pk)
    form = _form(request, profile)
    if form.is_valid() and attempt(
        form,
        replace_profile,
        profile=profile,
        details=ProfileDetails(**form.cleaned_data),
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "The profile is described anew.")
        return redirect("provision_detail", request.school.slug)
    return render(request, "filtering/profile_edit.html", {"form": form, "profile": profile})


@requires("edit_provision")
def profile_end(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say that nobody is filtered by a profile any more."""
    profile = profile_or_404(request.school, pk)
    form = EndForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        end_profile,
        profile=profile,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, f"“{profile}” is no longer in use.")
        return redirect("provision_detail", request.school.slug)
    return render(request, "filtering/profile_end.html", {"form": form, "profile": profile})


@requires("edit_provision")
def baseline_edit(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say what a profile does with each category and why, until the baseline is confirmed."""
    profile = profile_or_404(request.school, pk)
    by_change = changed_categories(profile)
    categories = categories_of(request.school).values()
    form = BaselineForm(
        request.POST or None,
        categories=[one for one in categories if not one.locked and one.code not in by_change],
        held=baseline_of(profile),
    )
    if form.is_valid() and attempt(
        form,
        enter_baseline,
        profile=profile,
        entries=form.entries,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "The baseline is kept. The headteacher confirms it next.")
        return redirect("profile_detail", request.school.slug, profile.pk)
    context = {
        "form": form,
        "profile": profile,
        "locked": [one for one in categories if one.locked],
        "by_change": list(by_change.values()),
    }
    return render(request, "filtering/baseline_edit.html", context)


@requires("confirm_provision")
def profile_confirm(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show a baseline whole, and confirm exactly that."""
    profile = profile_or_404(request.school, pk)
    form = MarkForm(request.POST or None, initial={"mark": baseline_mark(profile)})
    if form.is_valid() and attempt(
        form,
        confirm_profile,
        profile=profile,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Confirmed. From now on it takes an approved change.")
        return redirect("profile_detail", request.school.slug, profile.pk)
    if form.is_bound:  # what is shown below is what can be confirmed next
        form.data = request.POST.copy()
        form.data["mark"] = baseline_mark(profile)
    context = {
        "form": form,
        "profile": profile,
        "categories": categories_at(profile, timezone.now()),
    }
    return render(request, "filtering/profile_confirm.html", context)

"""The school's settings and its calendar."""

from collections.abc import Callable

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.errors import Refusal
from common.requests import SchoolRequest
from common.settings_catalogue import catalogue
from people.actions.schools import add_closure, add_year, correct_closure, correct_term
from people.actions.settings import change_setting
from people.calendar import SchoolCalendar
from people.forms.settings import ClosureForm, SettingForm, YearForm, in_words
from people.models import Closure, Term
from people.queries import calendar_of, period_of, setting_history, settings_in_force


@requires("view_settings", "edit_settings")
def setting_list(request: SchoolRequest) -> HttpResponse:
    """Show every setting with its value, since when and by whom, by area (SYS-01)."""
    rows = settings_in_force(request.school)
    areas: dict[str, list] = {}
    for setting in catalogue().values():
        value = request.school.setting(setting.name)
        areas.setdefault(setting.area, []).append(
            (setting, in_words(setting, value), rows.get(setting.name))
        )
    return render(request, "people/setting_list.html", {"areas": areas})


@requires("edit_settings")
def setting_edit(request: SchoolRequest, name: str) -> HttpResponse:
    """Change one setting; the values it had before stay on record below."""
    setting = catalogue().get(name)
    if setting is None:
        raise Http404("no such setting")
    sent = request.POST if request.method == "POST" else None
    form = SettingForm(sent, setting=setting, school=request.school)
    if form.is_valid():
        try:
            change_setting(
                school=request.school,
                name=name,
                value=form.cleaned_data["value"],
                reason=form.cleaned_data["reason"],
                seen=form.now,
                by=request.person,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"“{setting.label}” is changed.")
            return redirect("setting_list", request.school.slug)
    history = [(row, in_words(setting, row.value)) for row in setting_history(request.school, name)]
    return render(
        request,
        "people/setting_edit.html",
        {
            "form": form,
            "setting": setting,
            "history": history,
            "default": in_words(setting, setting.default),
        },
    )


@requires("view_settings", "edit_calendar")
def calendar_detail(request: SchoolRequest) -> HttpResponse:
    """Show years, terms and closures; warn from June on when next year is missing (SYS-05)."""
    years, closures = calendar_of(request.school)
    missing = SchoolCalendar(request.school).years_missing(timezone.localdate())
    context = {
        "years": years,
        "closures": closures,
        "missing": [f"{year}/{(year + 1) % 100:02d}" for year in missing],
    }
    return render(request, "people/calendar_detail.html", context)


@requires("edit_calendar")
def year_add(request: SchoolRequest) -> HttpResponse:
    """Enter an academic year with its terms."""
    form = YearForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            add_year(
                school=request.school,
                name=form.cleaned_data["name"],
                terms=form.terms,
                by=request.person,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The year is entered.")
            return redirect("calendar_detail", request.school.slug)
    title = "Add a school year"
    return render(request, "people/calendar_form.html", {"form": form, "title": title})


@requires("edit_calendar")
def closure_add(request: SchoolRequest) -> HttpResponse:
    """Enter days on which the school is shut."""
    form = ClosureForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            add_closure(
                school=request.school, **form.cleaned_data, by=request.person, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The closure is entered.")
            return redirect("calendar_detail", request.school.slug)
    title = "Add a closure"
    return render(request, "people/calendar_form.html", {"form": form, "title": title})


@requires("edit_calendar")
def closure_edit(request: SchoolRequest, pk: int) -> HttpResponse:
    """Put a closure right that was entered wrongly."""
    return _correct(request, Closure, pk, correct_closure, "Correct a closure")


@requires("edit_calendar")
def term_edit(request: SchoolRequest, pk: int) -> HttpResponse:
    """Put a term right that was entered wrongly."""
    return _correct(request, Term, pk, correct_term, "Correct a term")


def _correct(
    request: SchoolRequest,
    model: type[Term] | type[Closure],
    pk: int,
    deed: Callable[..., None],
    title: str,
) -> HttpResponse:
    period = period_of(model, request.school, pk)
    if period is None:
        raise Http404("no such days")
    form = ClosureForm(
        request.POST if request.method == "POST" else None, initial=model_to_dict(period)
    )
    if form.is_valid():
        days = {model.__name__.lower(): period, **form.cleaned_data}
        try:
            deed(**days, by=request.person, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{form.cleaned_data['name']} is put right.")
            return redirect("calendar_detail", request.school.slug)
    return render(request, "people/calendar_form.html", {"form": form, "title": title})

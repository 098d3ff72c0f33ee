"""Weekly monitoring reports: list, look, note, find, sign, take note, print (FIL-19, FIL-20)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from common.access import requires
from common.charts import BarChart, bar_chart
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.actions.monitoring import (
    add_finding,
    note_monitoring,
    see_monitoring,
    sign_monitoring,
)
from filtering.actions.taking_out_oversight import print_monitoring
from filtering.filters.oversight import MonitoringFilter
from filtering.forms.monitoring import FindingForm, MonitoringNoteForm, MonitoringSignForm
from filtering.models import MonitoringReport
from filtering.queries.measures import week_of
from filtering.queries.oversight import report_or_404, reports_of, reports_unseen
from filtering.showing.monitoring import figures_of, followed_by, next_for, numbers_of, story_of
from filtering.views.oversight_step import imprint, send, step_page

ROWS = 50


@requires("view_monitoring_reports")
def monitoring_list(request: SchoolRequest) -> HttpResponse:
    """Show the weekly reports, and to the headteacher those of which to take note."""
    found = MonitoringFilter(request.GET, queryset=reports_of(request.school), request=request)
    rows, sort = found.sorted()
    unseen = reports_unseen(request.school) if request.may("see_monitoring") else ()
    context = {
        "filter": found,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "sort": sort,
        "now": timezone.now(),
        "unseen": list(unseen),
    }
    return render(request, "filtering/monitoring_list.html", context)


@requires("view_monitoring_reports")
def monitoring_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show a week: its figures, counted afresh until it is signed, findings and sign-off."""
    report = report_or_404(request.school, pk)
    now = timezone.now()
    context = {
        "report": report,
        **_week(report, now),
        "story": story_of(report),
        "followed": followed_by(request, report),
        **next_for(request, report),
        "late": report.signed_at is None and report.due_at < now,
    }
    return render(request, "filtering/monitoring_detail.html", context)


@requires("view_monitoring_reports")
def monitoring_print(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show a week for printing; the trail notes it."""
    report, now = report_or_404(request.school, pk), timezone.now()
    print_monitoring(report=report, by=request.person, at=now)
    printed = imprint(request, "Monitoring report", now)
    context = {"report": report, **_week(report, now), "imprint": printed}
    return render(request, "filtering/monitoring_print.html", context)


@requires("note_monitoring")
def monitoring_note(request: SchoolRequest, pk: int) -> HttpResponse:
    """Write what a look through the logs showed, as IT."""
    report = report_or_404(request.school, pk)
    form = MonitoringNoteForm(
        request.POST or None, version=report.version, initial={"text": report.technical_note}
    )
    return _deed(
        request,
        report,
        form,
        note_monitoring,
        title="What the logs showed",
        button="Save this note",
        done="Written down. The safeguarding lead signs the week off.",
    )


@requires("note_monitoring", "sign_monitoring")
def monitoring_finding(request: SchoolRequest, pk: int) -> HttpResponse:
    """Write down something found in the logs."""
    report = report_or_404(request.school, pk)
    form = FindingForm(request.POST or None, version=report.version)
    return _deed(
        request,
        report,
        form,
        add_finding,
        title="Add a finding",
        button="Add this finding",
        done="Written down. An incident can be raised from it.",
    )


@requires("sign_monitoring")
def monitoring_sign(request: SchoolRequest, pk: int) -> HttpResponse:
    """Sign a week off beside its figures, findings and the note of IT."""
    report = report_or_404(request.school, pk)
    form = MonitoringSignForm(
        request.POST or None, version=report.version, looked=report.noted_at is not None
    )
    return _deed(
        request,
        report,
        form,
        sign_monitoring,
        title="Sign off the week",
        button="Sign off this week",
        done="Signed off. The figures stay as they are now.",
        template="filtering/monitoring_sign.html",
        **_week(report, timezone.now()),
    )


@requires("see_monitoring")
@require_POST
def monitoring_see(request: SchoolRequest) -> HttpResponse:
    """Take note of every signed report that was shown, at one press."""
    shown = [int(one) for one in request.POST.getlist("report") if one.isdecimal()]
    try:
        seen = see_monitoring(
            school=request.school, reports=shown, by=request.person, at=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        count = len(seen)
        word = "1 report" if count == 1 else f"{count} reports"
        messages.success(request, f"You have taken note of {word}.")
    return redirect("monitoring_list", request.school.slug)


def _week(report: MonitoringReport, now: Any) -> dict[str, Any]:
    figures = figures_of(report, at=now)
    return {
        "week": week_of(report.week_start),
        "figures": figures,
        "numbers": numbers_of(figures),
        "severity": _chart("severity", "Alerts by urgency", "Urgency", figures["severity"]),
        "rules": _chart("rules", "Alerts by rule", "Rule", figures["rules"]),
    }


def _chart(key: str, title: str, heading: str, rows: list[list[Any]]) -> BarChart | None:
    pairs = [(str(label) or "No rule named", int(value)) for label, value in rows]
    return bar_chart(key, title, heading, pairs) if any(value for _, value in pairs) else None


def _deed(
    request: SchoolRequest,
    report: MonitoringReport,
    form: Any,
    deed: Any,
    *,
    done: str,
    **context: Any,
) -> HttpResponse:
    back = page_url(request.school, "monitoring_detail", report.pk)
    if report.signed_at and request.method != "POST":
        messages.info(request, "This week is signed off. What it says stays as it is.")
        return redirect(back)
    if form.is_valid() and send(
        form,
        deed,
        fresh=report.version,
        report=report,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, done)
        return redirect(back)
    names = {"back_label": str(report), "caption": str(report)}
    return step_page(request, form, report=report, back=back, **names, **context)

"""Reports: start one, write it, send it on, issue it, read it (REP-01, REP-02, REP-05)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.attempt import attempt
from common.errors import Refusal, StaleRecord
from common.requests import SchoolRequest
from people.jobs import start_job
from reports.actions import reports as deeds
from reports.audiences import Audience
from reports.filters.reports import ReportFilter
from reports.forms.reports import (
    CommentForm,
    IssueForm,
    ReportStepForm,
    ReturnForm,
    ReviseForm,
    SendForm,
    StartForm,
    SubmitForm,
    proposed_term,
)
from reports.models import GovernorReport
from reports.periods import periods_to_report, term_to_report, terms_of
from reports.queries.reports import has_read, report_or_404, report_rows
from reports.showing.report import page_of
from reports.tasks import make_report_pdf
from reports.workflow import HEAD_REPORT, REPORT

ROWS = 25


@requires("view_reports")
def governor_report_list(request: SchoolRequest) -> HttpResponse:
    """Show the reports: issued ones, and those in hand to whoever works on them."""
    rows = report_rows(request.person, request.powers)
    found = ReportFilter(request.GET, queryset=rows, request=request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "sort": sort}
    return render(request, "reports/governor_report_list.html", context)


@requires("write_report")
def governor_report_create(request: SchoolRequest) -> HttpResponse:
    """Choose for whom and the term or the days, and start the report on them.

    The lead's report to the headteacher is offered on the half that ends or is over (REP-01).
    """
    now = timezone.now()
    day = timezone.localdate(now)
    running = term_to_report(request.school, on=day)
    terms = periods_to_report(request.school, on=day)
    proposed = proposed_term(terms_of(request.school), running, day)
    form = StartForm(request.POST or None, school=request.school, terms=terms, proposed=proposed)
    if form.is_valid():
        try:
            report = deeds.start_report(
                school=request.school,
                **{name: form.cleaned_data[name] for name in ("period", "audience", "recipient")},
                by=request.person,
                at=now,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The report is started. Its figures are counted live.")
            return redirect("governor_report_detail", request.school.slug, report.pk)
    return render(request, "reports/governor_report_create.html", {"form": form, "terms": terms})


@requires("view_reports")
def governor_report_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show a report: frozen once issued, counted now before; small numbers only to leaders.

    Leaders may look at it as governors see it. The first opening of an issued report is noted.
    """
    report = report_or_404(request.person, request.powers, pk)
    if report.state == "issued" and not has_read(report, request.person):
        deeds.read_report(report=report, by=request.person, at=timezone.now())
    context = page_of(request, report)
    return render(request, "reports/governor_report_detail.html", context)


@requires("write_report")
def governor_report_comment(request: SchoolRequest, pk: int) -> HttpResponse:
    """Write the lead's words, and the headteacher's own."""

    def form(data: Any, report: GovernorReport) -> CommentForm:
        return CommentForm(data, report=report, is_head=request.may("issue_report"))

    return _step(request, pk, form, deeds.comment_report, "Your words are saved.")


@requires("write_report")
def governor_report_submit(request: SchoolRequest, pk: int) -> HttpResponse:
    """Send a report to the headteacher."""
    done = "The report is with the headteacher."
    return _step(request, pk, _plain(SubmitForm), deeds.submit_report, done)


@requires("write_report")
def governor_report_send(request: SchoolRequest, pk: int) -> HttpResponse:
    """Give the lead's report to the headteacher."""
    done = "The report is with the headteacher. You see here when it is opened."
    return _step(request, pk, _plain(SendForm), deeds.send_report, done)


@requires("issue_report")
def governor_report_return(request: SchoolRequest, pk: int) -> HttpResponse:
    """Send a report back to whoever wrote it."""
    return _step(request, pk, _plain(ReturnForm), deeds.return_report, "The report is sent back.")


@requires("issue_report")
def governor_report_issue(request: SchoolRequest, pk: int) -> HttpResponse:
    """Issue a report to the governors; its PDF is made in the background at once."""

    def issue(**values: Any) -> None:
        report = deeds.issue_report(**values)
        start_pdf(request, report)

    report = report_or_404(request.person, request.powers, pk)
    told = " and the governors are told" if report.audience == Audience.GOVERNORS else ""
    done = f"The report is issued{told}. Its PDF is being made."
    return _step(request, pk, _plain(IssueForm), issue, done)


@requires("write_report")
def governor_report_revise(request: SchoolRequest, pk: int) -> HttpResponse:
    """Start a new edition of an issued report, saying why."""
    report = report_or_404(request.person, request.powers, pk)
    form = ReviseForm(request.POST or None)
    made: list[GovernorReport] = []

    def revise(**values: Any) -> None:
        made.append(deeds.revise_report(**values))

    values = {"report": report, "by": request.person, "at": timezone.now()}
    if form.is_valid() and attempt(form, revise, **values, **form.cleaned_data):
        messages.success(request, "A new edition is started. The old one stays as it is.")
        return redirect("governor_report_detail", request.school.slug, made[0].pk)
    context = {"report": report, "form": form, "label": "Make a new edition"}
    return render(request, "reports/governor_report_step.html", context)


def start_pdf(request: SchoolRequest, report: GovernorReport) -> Any:
    """Have the PDF of a report made in the background and return the job."""
    return start_job(
        school=request.school,
        kind="report_pdf",
        label=f"PDF of the report on {report.label}",
        task=make_report_pdf,
        input={"report": report.pk},
        by=request.person,
        at=timezone.now(),
        power="export_report",
        back=("governor_report_detail", report.pk),
    )


MakeForm = Callable[[Any, GovernorReport], ReportStepForm]


def _plain(form_class: type[ReportStepForm]) -> MakeForm:
    return lambda data, report: form_class(data, report=report)


def _step(
    request: SchoolRequest, pk: int, make_form: MakeForm, act: Callable[..., Any], done: str
) -> HttpResponse:
    """Draw the form of the page's step, or do it; a refusal keeps what was typed and says why.

    After a stale refusal the form carries the version now in force.
    """
    report = report_or_404(request.person, request.powers, pk)
    form = make_form(request.POST or None, report)
    if form.is_valid():
        try:
            act(report=report, **form.cleaned_data, by=request.person, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, StaleRecord):
                form.data = request.POST.copy()
                form.data["version"] = str(report.version)
        else:
            messages.success(request, done)
            return redirect("governor_report_detail", request.school.slug, report.pk)
    page = request.resolver_match.url_name if request.resolver_match else ""
    steps = (*REPORT.steps, *HEAD_REPORT.steps)
    step = next(step for step in steps if step.page == page)
    context = {"report": report, "form": form, "step": step, "label": step.label}
    return render(request, "reports/governor_report_step.html", context)

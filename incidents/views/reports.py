"""Report an incident, and follow what became of it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest
from incidents.actions import Told, report_incident
from incidents.forms.reporting import InvolvedFormSet, ReportForm
from incidents.queries import report_or_404, reports_of
from incidents.views.deeds import picker

COPIED = (
    "about",
    "description",
    "occurred_at",
    "place",
    "place_detail",
    "areas",
    "done_at_once",
    "told_lead",
    "imagery",
    "links",
    "late_reason",
)


@requires("report_incident")
def report_create(request: SchoolRequest) -> HttpResponse:
    """Report an incident; any signed-in adult, on a phone, without a script (INC-03)."""

    def report(sent: dict[str, Any]) -> str:
        incident = report_incident(school=request.school, **sent)
        return page_url(request.school, "report_detail", incident.reference)

    return report_page(request, report)


def report_page(
    request: SchoolRequest,
    deed: Callable[[dict[str, Any]], str],
    *,
    initial: dict[str, Any] | None = None,
    involved: Sequence[dict[str, Any]] = (),
    **context: Any,
) -> HttpResponse:
    """Draw the form of a report, filled in with what is known, or do the deed with what it says.

    ``deed`` takes what ``report_incident`` takes and returns where to go then.
    """
    posted = request.POST if request.method == "POST" else None
    files = request.FILES if posted is not None else None
    megabytes = request.school.setting("evidence_megabytes")
    form = ReportForm(posted, files, megabytes=megabytes, initial=initial)
    people = InvolvedFormSet(
        _with_another(posted),
        prefix="people",
        form_kwargs={"source": picker(request)},
        initial=list(involved) if posted is None else None,
    )
    if posted is not None and "add_person" not in posted:
        if form.is_valid() & people.is_valid():
            try:
                return redirect(deed(_sent(request, form.cleaned_data, people)))
            except Refusal as refusal:
                form.add_error(None, str(refusal))
    elif posted is not None:
        form.is_valid()
        form.errors.clear()
        people.is_valid()
    return render(
        request,
        "incidents/report_create.html",
        {"form": form, "people": people, "sent": posted is not None, **context},
    )


def _with_another(posted: Any) -> Any:
    """Return what was posted with one more row of people when that was asked for."""
    if posted is None or "add_person" not in posted:
        return posted
    posted = posted.copy()
    rows = posted.get("people-TOTAL_FORMS", "0")
    posted["people-TOTAL_FORMS"] = str(min(int(rows) + 1, 20) if rows.isdecimal() else 1)
    return posted


def _sent(request: SchoolRequest, data: dict[str, Any], people: Any) -> dict[str, Any]:
    told = Told(
        **{name: data[name] for name in COPIED},
        noticed_at=data["noticed_at"] or data["occurred_at"],
        involved=[row.involved for row in people if row.involved],
    )
    return {
        "submission": data["submission"],
        "told": told,
        "files": data["files"],
        "by": request.person,
        "at": timezone.now(),
    }


@requires("follow_report")
def report_detail(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show a reporter their own words, the state and the feedback; never the case (INC-03)."""
    return render(
        request,
        "incidents/report_detail.html",
        {"report": report_or_404(request.person, reference)},
    )


@requires("follow_report")
def report_list(request: SchoolRequest) -> HttpResponse:
    """Show a person what they reported."""
    page = Paginator(reports_of(request.person), 20).get_page(request.GET.get("page"))
    url = page_url(request.school, "report_create")
    return render(request, "incidents/report_list.html", {"page": page, "create_url": url})

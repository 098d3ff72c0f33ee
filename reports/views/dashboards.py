"""A page of figures for each role: for governors without a name, for others to act on (REP-14)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.access import requires
from common.requests import SchoolRequest
from reports.queries.dashboards import oversight_of
from reports.showing.boards import BOARDS, figures_of, pictures_of
from reports.showing.compliance import compliance_of
from reports.showing.governors import governor_figures


@requires("view_governor_dashboard")
def dashboard_governors(request: SchoolRequest) -> HttpResponse:
    """Show governors numbers, how they change, the change log and coverage; never a name (REP-17).

    Small numbers are withheld here whoever looks, so that governors and leaders talk of the same.
    """
    now = timezone.now()
    figures, review = oversight_of(request, at=now)
    told = governor_figures(request.school, at=now)
    context = {"told": told, "figures": figures, "review": review}
    return render(request, "reports/dashboard_governors.html", context)


@requires("view_head_dashboard")
def dashboard_head(request: SchoolRequest) -> HttpResponse:
    """Show the headteacher what waits for a decision, what is late, and how the term goes."""
    return _board(request, "head")


@requires("view_lead_dashboard")
def dashboard_lead(request: SchoolRequest) -> HttpResponse:
    """Show the safeguarding lead cases, alerts and duties."""
    return _board(request, "lead")


@requires("view_technical_dashboard")
def dashboard_technical(request: SchoolRequest) -> HttpResponse:
    """Show technical staff what filter and monitoring need (REP-12)."""
    return _board(request, "technical")


@requires("view_office_dashboard")
def dashboard_office(request: SchoolRequest) -> HttpResponse:
    """Show the office who has not signed, what came back on paper, and what is due."""
    return _board(request, "office")


@requires("view_compliance")
def compliance_detail(request: SchoolRequest) -> HttpResponse:
    """Show on one page which duty of the calendar is met, late or missing, and what else is.

    Nobody's name stands on it, so governors see the same page as leaders (REP-07, REP-14).
    """
    return render(request, "reports/compliance_detail.html", compliance_of(request))


def _board(request: SchoolRequest, name: str) -> HttpResponse:
    board, now = BOARDS[name], timezone.now()
    context = {
        "board": board,
        "groups": figures_of(board, request, at=now),
        "pictures": pictures_of(board, request, at=now),
    }
    return render(request, "reports/dashboard_board.html", context)

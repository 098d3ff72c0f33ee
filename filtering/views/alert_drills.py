"""Drills of the chain: what came of each, and starting one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.attempt import attempt
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.actions.alert_drills import start_drill
from filtering.models import Alert
from filtering.queries.alerts import drills
from filtering.vocabulary import AlertEventKind

ROWS = 30
POWER = "run_fire_drill"


@requires(POWER)
def drill_list(request: SchoolRequest) -> HttpResponse:
    """Show each drill: who was told when, who opened it, and whether that was in time."""
    rows = drills(request.person, request.powers)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    outcomes = [_outcome(drill) for drill in page]
    context = {"page": page, "rows": outcomes, "minutes": request.school.setting("urgent_minutes")}
    return render(request, "filtering/drill_list.html", context)


@requires(POWER)
def drill_start(request: SchoolRequest) -> HttpResponse:
    """Say what a drill does; on sending, start one."""
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(
        form, start_drill, school=request.school, by=request.person, at=timezone.now()
    ):
        messages.success(request, "The drill is under way. The first person is told now.")
        return redirect(page_url(request.school, "drill_list"))
    return render(request, "filtering/drill_start.html", {"form": form})


def _outcome(drill: Alert) -> dict[str, Any]:
    """Return what a row of the list shows of a drill."""
    told = [event for event in drill.history if event.kind == AlertEventKind.ROUTED]  # type: ignore[attr-defined]
    opened = drill.opened_at
    return {
        "drill": drill,
        "told": told,
        "minutes": opened and round((opened - drill.received_at).total_seconds() / 60),
        "in_time": bool(opened and opened <= drill.due_at),
    }

"""The termly sample of false alarms: what is drawn, drawing it, and the second look."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from common.access import requires
from common.attempt import attempt
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.actions.alert_samples import check_sample, draw_sample
from filtering.actions.alerts import read_alert
from filtering.forms.alert_samples import SampleForm
from filtering.queries.alert_samples import (
    period_of_sample,
    sample_or_404,
    samples_visible_to,
    to_draw_from,
)

ROWS = 50
POWER = "sample_alerts"


@requires(POWER)
def sample_list(request: SchoolRequest) -> HttpResponse:
    """Show this term's sample and earlier ones, and whether one can be drawn now."""
    period, name = period_of_sample(request.school, timezone.localdate())
    rows = samples_visible_to(request.person, request.powers)
    context = {
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "term": name,
        "drawn": rows.filter(term=name).exists(),
        "waiting": to_draw_from(request.person, request.powers, period).count(),
        "size": request.school.setting("alert_sample"),
    }
    return render(request, "filtering/sample_list.html", context)


@requires(POWER)
@require_POST
def sample_draw(request: SchoolRequest) -> HttpResponse:
    """Draw this term's sample by lot."""
    try:
        count = draw_sample(school=request.school, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        words = "1 false alarm is" if count == 1 else f"{count} false alarms are"
        messages.success(request, f"{words} drawn for a second look.")
    return redirect(page_url(request.school, "sample_list"))


@requires(POWER)
def sample_check(request: SchoolRequest, pk: int) -> HttpResponse:
    """Look a second time at a false alarm; whoever judged it cannot."""
    sample = sample_or_404(request.person, request.powers, pk)
    read_alert(alert=sample.alert, by=request.person, at=timezone.now())
    form = SampleForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        check_sample,
        sample=sample,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Your second look is written down.")
        return redirect(page_url(request.school, "sample_list"))
    context = {"form": form, "sample": sample, "alert": sample.alert}
    return render(request, "filtering/sample_check.html", context)

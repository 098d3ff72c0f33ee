"""Losses of equipment: reported by anybody of the staff, judged, found; and upkeep as a list."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions.losses import JUDGES, report_loss, settle_loss
from assets.filters.lifecycle import LossFilter, UpkeepFilter
from assets.forms.lifecycle import LossByTagForm, LossForm, SettleForm
from assets.models import Asset, Loss
from assets.queries.inventory import asset_by_tag, asset_or_404
from assets.queries.lifecycle import loss_or_404, loss_rows, upkeep_rows
from assets.views.deed_page import DeedPage, done, drawn
from common.access import requires
from common.dates import uk_datetime
from common.pages import page_url
from common.requests import SchoolRequest
from common.trail_links import what_followed

ROWS = 50
WARNING = (
    "If personal data may be on it, whether this is a data breach has to be judged within 72 hours "
    "of now. Do not wait until you have looked everywhere."
)


@requires("report_loss")
def loss_create(request: SchoolRequest) -> HttpResponse:
    """Report a device as lost or stolen by the number on its label; any member of staff may."""
    form = LossByTagForm(request.POST or None)
    if form.is_valid():
        asset = asset_by_tag(request.school, form.cleaned_data.pop("tag"))
        if asset is None:
            form.add_error("tag", "There is no device with this number. Look at the label again.")
        elif answer := _reported(request, form, asset):
            return answer
    return _loss_page(request, form, page_url(request.school, "home"), "Home")


@requires("report_loss")
def asset_lost(request: SchoolRequest, pk: int) -> HttpResponse:
    """Report this device as lost or stolen (workflows c.12)."""
    asset = asset_or_404(request.school, pk)
    form = LossForm(request.POST or None)
    if form.is_valid() and (answer := _reported(request, form, asset)):
        return answer
    seen = request.may("view_assets")
    back = (
        page_url(request.school, "asset_detail", pk) if seen else page_url(request.school, "home")
    )
    facts = [{"label": "Device", "value": f"{asset.name} ({asset.tag})"}]
    return _loss_page(request, form, back, asset.tag if seen else "Home", facts)


@requires("view_assets")
def loss_list(request: SchoolRequest) -> HttpResponse:
    """Show what was lost or stolen, and what still has to be judged."""
    found = LossFilter(request.GET, queryset=loss_rows(request.school), request=request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "assets/loss_list.html", {"filter": found, "page": page, "sort": sort})


@requires("view_assets", "report_loss")
def loss_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show one loss: what happened, what is on it, and what came of it."""
    loss = loss_or_404(request.person, request.powers, pk)
    unjudged = not (loss.incident_reference or loss.no_incident_reason)
    context = {
        "loss": loss,
        "facts": _facts(loss),
        "to_judge": unjudged and loss.asset.keeps_data,
        "judges": unjudged and bool(request.role_codes.intersection(JUDGES)),
        "followed": what_followed(request, loss),
    }
    return render(request, "assets/loss_detail.html", context)


@requires("report_loss")
def loss_settle(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say why a loss needs no incident, as one of those who judge it."""
    loss = loss_or_404(request.person, request.powers, pk)
    form = SettleForm(request.POST or None)
    if form.is_valid() and done(
        form, settle_loss, loss=loss, **form.cleaned_data, by=request.person, at=timezone.now()
    ):
        messages.success(request, "Your reason is written down.")
        return redirect("loss_detail", request.school.slug, loss.pk)
    back = page_url(request.school, "loss_detail", loss.pk)
    page = DeedPage(
        "No incident is needed",
        "Write down this reason",
        back,
        str(loss.asset),
        warning=WARNING,
        facts=_facts(loss),
    )
    return drawn(request, page, form)


@requires("view_assets")
def upkeep_list(request: SchoolRequest) -> HttpResponse:
    """Show repairs and checks, and which checks are due (AST-19)."""
    found = UpkeepFilter(request.GET, queryset=upkeep_rows(request.school), request=request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "sort": sort, "today": timezone.localdate()}
    return render(request, "assets/upkeep_list.html", context)


def _reported(request: SchoolRequest, form: LossForm, asset: Asset) -> HttpResponse | None:
    """Report the loss and lead to its page, or return None with the refusal in the form."""
    made: list[Loss] = []

    def deed(**values: Any) -> None:
        made.append(report_loss(**values))

    if not done(form, deed, asset=asset, **form.cleaned_data, by=request.person, at=timezone.now()):
        return None
    messages.success(request, "Reported. The people who look after this can see it.")
    return redirect("loss_detail", request.school.slug, made[0].pk)


def _loss_page(
    request: SchoolRequest,
    form: LossForm,
    back: str,
    label: str,
    facts: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    page = DeedPage(
        "Report lost or stolen equipment",
        "Report it now",
        back,
        label,
        warning=WARNING,
        facts=facts or [],
    )
    return drawn(request, page, form)


def _facts(loss: Loss) -> list[dict[str, Any]]:
    rows = {
        "Device": f"{loss.asset.name} ({loss.asset.tag})",
        "Encryption": loss.asset.get_encryption_display(),
        "How": loss.get_kind_display(),
        "Noticed": uk_datetime(loss.noticed_at),
        "Reported": f"{uk_datetime(loss.reported_at)} by {loss.reported_by}",
        "Last seen": loss.last_seen,
        "What happened": loss.what,
        "Data that may be on it": loss.data or "Nobody said",
        "Crime number": loss.police_reference,
        "No incident, because": loss.no_incident_reason,
        "Found": loss.found_at and f"{uk_datetime(loss.found_at)}: {loss.found_note}",
    }
    return [{"label": label, "value": value} for label, value in rows.items() if value]

"""Labels with codes for the devices of a list (AST-01)."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from assets.actions.labels import MOST_LABELS, ON_A_SHEET, print_labels
from assets.forms.labels import LabelForm
from assets.views.deed_page import DeedPage, drawn
from assets.views.inventory import found_assets
from common.access import requires
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest


@requires("edit_assets", "take_stock")
def label_sheet(request: SchoolRequest) -> HttpResponse:
    """Have labels made for the devices of the register as the address filters it."""
    rows, _ = found_assets(request).sorted()
    if request.GET.get("asset", "").isdigit():
        rows = rows.filter(pk=request.GET["asset"])
    keys = list(rows.values_list("pk", flat=True)[: MOST_LABELS + 1])
    form = LabelForm(request.POST or None)
    if form.is_valid():
        try:
            job = print_labels(
                school=request.school,
                keys=keys,
                **form.cleaned_data,
                by=request.person,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("job_detail", request.school.slug, job.pk)
    many = len(keys) > MOST_LABELS
    count = f"More than {MOST_LABELS}: narrow the list first" if many else str(len(keys))
    page = DeedPage(
        title="Print labels",
        button="Make the labels",
        back=f"{page_url(request.school, 'asset_list')}?{request.GET.urlencode()}",
        back_label="Equipment",
        lead="Each has the tag and a code that a phone’s camera opens.",
        facts=[
            {"label": "Labels", "value": count},
            {"label": "Paper", "value": f"A4 with {ON_A_SHEET} labels of 70 × 37 mm, 3 by 8"},
        ],
    )
    return drawn(request, page, form)

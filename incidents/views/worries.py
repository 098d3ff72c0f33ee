"""Tell the school about a worry: the report of pupils and parents (INC-03)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.errors import Refusal
from common.requests import SchoolRequest
from incidents.actions import Told, report_incident
from incidents.forms.worries import WorryForm
from incidents.vocabulary import Place


@requires("report_worry")
def worry_create(request: SchoolRequest) -> HttpResponse:
    """Take a worry in and send it to the safeguarding lead; whoever it is about never sees it."""
    form = WorryForm(request.POST or None)
    if form.is_valid():
        now, told = timezone.now(), dict(form.cleaned_data)
        try:
            incident = report_incident(
                school=request.school,
                submission=told.pop("submission"),
                told=Told(**told, occurred_at=now, noticed_at=now, place=Place.ONLINE),
                by=request.person,
                at=now,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("report_detail", request.school.slug, incident.reference)
    return render(request, "incidents/worry_create.html", {"form": form})

"""What somebody has to do because of an agreement or a consent (CON-09, AGR-05, AGR-29)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from agreements.actions.following import finish_follow_up
from agreements.filters_consents import FollowUpFilter
from agreements.forms.consents import FollowUpForm
from agreements.queries.follow_ups import POWERS, follow_ups_for
from common.access import requires
from common.attempt import attempt
from common.requests import SchoolRequest

ROWS = 30


@requires(*POWERS)
def follow_up_list(request: SchoolRequest) -> HttpResponse:
    """Show what follows from agreements and consents, as far as the person may do it."""
    rows = follow_ups_for(request.person, request.powers).order_by("due_date", "pk")
    found = FollowUpFilter(request.GET, queryset=rows, request=request)
    page = Paginator(found.qs, ROWS).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "today": timezone.localdate()}
    return render(request, "agreements/follow_up_list.html", context)


@requires(*POWERS)
def follow_up_finish(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say what was done. One about oneself, or that needs another power, is not there."""
    follow_up = follow_ups_for(request.person, request.powers).filter(pk=pk).first()
    if follow_up is None:
        raise Http404("nothing of this person's to do")
    form = FollowUpForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        finish_follow_up,
        follow_up=follow_up,
        note=form.cleaned_data["note"],
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Written down.")
        return redirect("follow_up_list", request.school.slug)
    context = {"form": form, "follow_up": follow_up}
    return render(request, "agreements/follow_up_finish.html", context)

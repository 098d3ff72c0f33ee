"""Reception from the office's side: the places, their posters, who has signed (AGR-17)."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from agreements.actions.kiosks import close_kiosk, open_kiosk
from agreements.filters_ways import VisitFilter
from agreements.forms.ways import KioskForm
from agreements.models import Kiosk
from agreements.queries.kiosks import kiosk_by_number, kiosks_of, texts_at_kiosk, visits_of
from common.access import requires
from common.attempt import attempt
from common.codes import growing_qr
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest

ROWS = 30


@requires("run_kiosk")
def kiosk_list(request: SchoolRequest) -> HttpResponse:
    """Show where visitors sign, who has signed, and whose time is running out."""
    found = VisitFilter(request.GET, queryset=visits_of(request.school), request=request)
    return render(
        request,
        "agreements/kiosk_list.html",
        {
            "filter": found,
            "page": Paginator(found.qs, ROWS).get_page(request.GET.get("page")),
            "kiosks": list(kiosks_of(request.school)),
            "ready": bool(texts_at_kiosk(request.school)),
            "today": timezone.localdate(),
        },
    )


@requires("run_kiosk")
def kiosk_open(request: SchoolRequest) -> HttpResponse:
    """Name a place and open it; then its poster can be printed."""
    form = KioskForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        open_kiosk,
        school=request.school,
        label=form.cleaned_data["label"],
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "The place is open. Print its poster and put it up.")
        return redirect("kiosk_list", request.school.slug)
    return render(request, "agreements/kiosk_open.html", {"form": form})


@requires("run_kiosk")
def kiosk_poster(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show the poster of a place, to be printed."""
    kiosk = _kiosk(request, pk)
    address = f"{settings.SITE_URL}{page_url(request.school, 'visit_sign', kiosk.code)}"
    context = {"kiosk": kiosk, "address": address, "qr": growing_qr(address)}
    return render(request, "agreements/kiosk_poster.html", context)


@requires("run_kiosk")
def kiosk_close(request: SchoolRequest, pk: int) -> HttpResponse:
    """Ask once more, then close a place."""
    kiosk = _kiosk(request, pk)
    if request.method == "POST":
        try:
            close_kiosk(kiosk=kiosk, by=request.person, at=timezone.now())
            messages.success(request, f"“{kiosk.label}” is closed. Take its poster down.")
        except Refusal as refusal:
            messages.info(request, str(refusal))
        return redirect("kiosk_list", request.school.slug)
    return render(request, "agreements/kiosk_close.html", {"kiosk": kiosk})


def _kiosk(request: SchoolRequest, pk: int) -> Kiosk:
    kiosk = kiosk_by_number(request.school, pk)
    if kiosk is None:
        raise Http404("no such place")
    return kiosk

"""Reception from the visitor's side: open to everybody who stands before the poster (AGR-17)."""

from datetime import datetime
from functools import partial

from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache

from agreements.actions.kiosks import CLOSED, sign_visit
from agreements.forms.ways import VisitForm
from agreements.models import Kiosk, Signature
from agreements.queries.kiosks import kiosk_with_code, last_day, texts_at_kiosk, visit_by_number
from agreements.shown import Shown, read_ticket, shown_to, ticket_for
from agreements.vocabulary import LANGUAGES
from common import context
from common.access import open_to_everyone
from common.errors import Refusal, StaleRecord
from common.rate_limits import check_rate
from common.requests import SchoolRequest

SALT = "agreements.visit"
SHOWN_SECONDS = 300  # how long the page with what was signed can be opened again
MOST_WRONG_CODES = 30
MOST_VISITS = 60
SECONDS = 600


@open_to_everyone
@never_cache
def visit_sign(request: SchoolRequest, kiosk_code: str) -> HttpResponse:
    """Read what visitors agree to, and sign for the visit; needs nothing but the poster's code."""
    try:
        kiosk = _kiosk(request, kiosk_code)
        texts = texts_at_kiosk(request.school)
        if kiosk.closed_at or not texts:
            words = CLOSED if kiosk.closed_at else "There is nothing to sign here now."
            return render(request, "agreements/visit_closed.html", {"words": words}, status=410)
        asked = request.GET.get("as", "")
        audience = asked if asked in texts else next(iter(texts))
        shown = shown_to(texts[audience], request.GET.get("language", "en"))
        return _page(
            request, kiosk, audience, shown, others=[who for who in texts if who != audience]
        )
    except _TooOften as refusal:
        return render(request, "agreements/visit_closed.html", {"words": str(refusal)}, status=429)


@open_to_everyone
@never_cache
def visit_detail(request: SchoolRequest, kiosk_code: str, token: str) -> HttpResponse:
    """Show somebody what they have just signed, until when, and the next visitor's button."""
    kiosk = kiosk_with_code(request.school, kiosk_code)
    if kiosk is None:
        raise Http404("no such place")
    try:
        number, place = signing.loads(token, salt=SALT, max_age=SHOWN_SECONDS)
    except signing.SignatureExpired:
        return redirect("visit_sign", request.school.slug, kiosk_code)
    except signing.BadSignature:
        raise Http404("not a page of ours") from None
    signature = visit_by_number(request.school, number) if place == kiosk.pk else None
    if signature is None:
        raise Http404("nothing signed here")
    return render(request, "agreements/visit_detail.html", {"kiosk": kiosk, "signature": signature})


class _TooOften(Refusal):
    """Too many tries came from one address."""


def _page(
    request: SchoolRequest, kiosk: Kiosk, audience: str, shown: Shown, *, others: list[str]
) -> HttpResponse:
    now = timezone.now()
    today = localdate(now)
    build = partial(
        VisitForm,
        statement=shown.text.statement,
        today=today,
        last=last_day(request.school, today),
    )
    form = build(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            signature = _sign(request, kiosk, audience, form, at=now)
        except StaleRecord as refusal:
            form.add_error(None, str(refusal))
            form.data = request.POST.copy()
            form.data["ticket"] = ""
        except _TooOften:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            token = signing.dumps([signature.pk, kiosk.pk], salt=SALT)
            return redirect("visit_detail", request.school.slug, kiosk.code, token)
    languages = [text.language for text in shown.version.texts.all()]
    return render(
        request,
        "agreements/visit_sign.html",
        {
            "form": form,
            "kiosk": kiosk,
            "audience": audience,
            "others": others,
            "shown": shown,
            "languages": [(code, LANGUAGES[code]) for code in languages if len(languages) > 1],
            "ticket": form.data.get("ticket") or ticket_for([], shown, at=now),
        },
    )


def _sign(
    request: SchoolRequest, kiosk: Kiosk, audience: str, form: VisitForm, *, at: datetime
) -> Signature:
    data = form.cleaned_data
    _count("visit", MOST_VISITS)
    return sign_visit(
        kiosk=kiosk,
        audience=audience,
        opened=read_ticket(data["ticket"]),
        typed_name=data["typed_name"],
        organisation=data["organisation"],
        visiting=data["visiting"],
        valid_until=data["valid_until"],
        user_agent=request.headers.get("User-Agent", ""),
        at=at,
    )


def _kiosk(request: SchoolRequest, code: str) -> Kiosk:
    kiosk = kiosk_with_code(request.school, code)
    if kiosk is None:
        _count("visit-code", MOST_WRONG_CODES)
        raise Http404("no such place")
    return kiosk


def _count(deed: str, most: int) -> None:
    try:
        check_rate(f"{deed}:{context.client_ip.get()}", most, SECONDS)
    except Refusal as refusal:
        raise _TooOften(str(refusal)) from None

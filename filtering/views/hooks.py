"""The address to which monitoring products send their alerts (docs/webhook.md)."""

from datetime import datetime

from django.core.exceptions import RequestDataTooBig
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from common.access import open_to_everyone
from common.context import client_ip
from common.errors import Conflicted, Refusal
from common.rate_limits import check_rate
from common.requests import SchoolRequest
from filtering.actions.alert_hooks import receive_delivery
from filtering.intake.hook_keys import is_signed
from filtering.models import AlertSource
from filtering.queries.alert_sources import sources_of

MOST_BYTES = 1024 * 1024
MOST_A_MINUTE = 120
LONGEST_DELIVERY = 64
UNSIGNED = "This delivery is not signed with the key of this webhook, or its time is not now."


class _TooMuch(Refusal):
    """More was sent than is read."""


class _NotSigned(Refusal):
    """The signature is not that of an open webhook."""


STATUS: dict[type[Refusal], int] = {_TooMuch: 413, _NotSigned: 401, Conflicted: 409}


@open_to_everyone
@csrf_exempt
@require_POST
def hook_receive(request: SchoolRequest, pk: int) -> JsonResponse:
    """Take in a signed delivery of alerts; nobody is signed in, the signature stands for the key.

    Refuses too many tries, too much, what is not signed, and what is not the documented JSON. An
    unknown or shut webhook answers like a wrong signature.
    """
    now = timezone.now()
    try:
        check_rate(f"hook:{request.school.pk}:{pk}:{client_ip.get()}", MOST_A_MINUTE, 60)
    except Refusal as refusal:
        return JsonResponse({"error": str(refusal)}, status=429)
    try:
        body = _body(request)
        source = _signed_source(request, pk, body, at=now)
        delivery = _delivery(request)
        answer = receive_delivery(source=source, delivery=delivery, body=body, at=now)
    except Refusal as refusal:
        response = JsonResponse({"error": str(refusal)}, status=STATUS.get(type(refusal), 400))
        if isinstance(refusal, _NotSigned):
            response["WWW-Authenticate"] = "X-Safeguard-Signature"
        return response
    nothing = not answer["accepted"] and not answer["known"]
    return JsonResponse(answer, status=400 if nothing else 200)


def _body(request: SchoolRequest) -> bytes:
    """Return what was sent; refuses more than is read, by its stated length first."""
    length = request.headers.get("Content-Length", "0")
    try:
        if int(length) <= MOST_BYTES and len(request.body) <= MOST_BYTES:
            return request.body
    except (ValueError, RequestDataTooBig):
        pass
    raise _TooMuch("This delivery is larger than 1 MB. Send fewer alerts at a time.")


def _signed_source(request: SchoolRequest, pk: int, body: bytes, *, at: datetime) -> AlertSource:
    source = sources_of(request.school).filter(pk=pk).first()
    signed = is_signed(
        source,
        timestamp=request.headers.get("X-Safeguard-Timestamp", ""),
        signature=request.headers.get("X-Safeguard-Signature", ""),
        body=body,
        at=at,
    )
    if source is None or not signed:
        raise _NotSigned(UNSIGNED)
    return source


def _delivery(request: SchoolRequest) -> str:
    delivery = request.headers.get("X-Safeguard-Delivery", "")
    if not 0 < len(delivery) <= LONGEST_DELIVERY or not delivery.isascii():
        raise Refusal("X-Safeguard-Delivery has to name this delivery, in 1 to 64 letters.")
    return delivery

"""The client's own address, when proxies of ours stand before the web server."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ClientAddressMiddleware:
    """Put the address that our outermost proxy saw into ``REMOTE_ADDR``.

    ``TRUSTED_PROXIES`` says how many proxies of ours add to ``X-Forwarded-For``. With 0 the header
    is never believed, since anybody may write one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        proxies = settings.TRUSTED_PROXIES
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
        if proxies and len(hops) >= proxies and hops[-proxies]:
            request.META["REMOTE_ADDR"] = hops[-proxies]
        return self.get_response(request)

"""Give each request an id and remember where it came from, for the trail and the log."""

import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from common import context


class RequestContextMiddleware:
    """Set the request id and client address for the time of one request.

    The address is the socket's own: behind a proxy, gunicorn's ``forwarded_allow_ips`` decides
    whether a forwarded address is believed, never the request itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = uuid.uuid4().hex  # type: ignore[attr-defined]
        id_token = context.request_id.set(request.id)  # type: ignore[attr-defined]
        ip_token = context.client_ip.set(request.META.get("REMOTE_ADDR") or None)
        structlog.contextvars.bind_contextvars(request_id=request.id)  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
        finally:
            context.request_id.reset(id_token)
            context.client_ip.reset(ip_token)
            structlog.contextvars.clear_contextvars()
        response["X-Request-ID"] = request.id  # type: ignore[attr-defined]
        return response

"""The client's address behind proxies of ours."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from safeguard.middleware import ClientAddressMiddleware


@pytest.mark.parametrize(
    ("proxies", "address"),
    [(0, "127.0.0.1"), (1, "198.51.100.7"), (2, "203.0.113.9"), (3, "127.0.0.1")],
)
def test_forwarded_address_is_believed_from_our_own_proxies_alone(
    settings, proxies: int, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.7"})

    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.META["REMOTE_ADDR"])

    assert ClientAddressMiddleware(answer)(request).content.decode() == address

"""The product's pages for the sweep, which asks thousands of times.

Refusals are not drawn, and views write down what they ask about their visitors.
"""

from copy import copy

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver

from safeguard import urls
from tests.house_rules.asking import listening


def _listening(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    again = copy(pattern)
    if isinstance(again, URLResolver):
        again.__dict__["url_patterns"] = [_listening(inner) for inner in pattern.url_patterns]
    else:
        again.callback = listening(pattern.callback)
    return again


urlpatterns = [_listening(pattern) for pattern in urls.urlpatterns]


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer without a page."""
    return HttpResponse(status=403)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer without a page."""
    return HttpResponse(status=404)

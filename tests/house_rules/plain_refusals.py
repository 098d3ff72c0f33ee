"""The product's pages with refusals that are not drawn: the sweep asks thousands of times."""

from django.http import HttpRequest, HttpResponse

from safeguard.urls import urlpatterns

__all__ = ["urlpatterns"]


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer without a page."""
    return HttpResponse(status=403)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer without a page."""
    return HttpResponse(status=404)

"""Pages of agreements: registers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

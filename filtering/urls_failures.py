"""Pages of reports about filtering."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

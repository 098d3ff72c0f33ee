"""Pages of alerts, their sources, imports, drills and samples."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Pages of loans, upkeep, evidence and losses."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

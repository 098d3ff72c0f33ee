"""Pages of the report to governors."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

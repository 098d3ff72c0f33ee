"""Pages of weekly reports, checks, reviews and measures."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

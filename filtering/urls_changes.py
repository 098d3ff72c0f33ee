"""Pages of requests, decisions, making, testing, ending."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

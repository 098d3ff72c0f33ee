"""Pages of governors' reviews."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Pages of items taken from pupils and searches."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

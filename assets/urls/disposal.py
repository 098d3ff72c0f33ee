"""Pages of disposals and their companies."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

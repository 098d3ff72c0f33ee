"""Pages of agreements: texts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Pages of people's own devices and recording with them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

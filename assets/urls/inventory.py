"""Pages of the register, software, labels and stock-takes."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Pages of products, profiles, rules, confirmations and the change log."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

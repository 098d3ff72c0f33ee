"""Pages of the trail; the school's segment of the path is put before them."""

from django.urls import path

from audit import views

urlpatterns = [
    path("trail/", views.trail_list, name="trail_list"),
    path("trail/export", views.trail_export, name="trail_export"),
    path("trail/verifier", views.trail_verifier, name="trail_verifier"),
    path("trail/check", views.trail_check, name="trail_check"),
]

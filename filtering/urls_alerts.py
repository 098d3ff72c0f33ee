"""Pages of alerts, their sources, imports, drills and samples."""

from django.urls import URLPattern, path

from filtering.views import alert_deeds as deeds
from filtering.views import alerts

ONE = "filtering/alerts/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("filtering/alerts/", alerts.alert_list, name="alert_list"),
    path("filtering/alerts/new/", alerts.alert_create, name="alert_create"),
    path("filtering/alerts/export/", alerts.alert_export, name="alert_export"),
    path("filtering/alerts/false-alarms/", deeds.alert_batch, name="alert_batch"),
    path(ONE, alerts.alert_detail, name="alert_detail"),
    path(f"{ONE}open/", deeds.alert_open, name="alert_open"),
    path(f"{ONE}judge/", deeds.alert_triage, name="alert_triage"),
    path(f"{ONE}user/", deeds.alert_identify, name="alert_identify"),
    path(f"{ONE}action/", deeds.alert_action, name="alert_action"),
]

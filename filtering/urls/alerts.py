"""Pages of alerts, their sources, imports, drills and samples."""

from django.urls import URLPattern, path

from filtering.views import alert_deeds as deeds
from filtering.views import alert_drills as drills
from filtering.views import alert_imports as imports
from filtering.views import alert_samples as samples
from filtering.views import alert_sources as sources
from filtering.views import alerts, hooks

ONE = "filtering/alerts/<int:pk>/"
SOURCE = "filtering/alert-sources/<int:pk>/"
FILES = "filtering/alerts/files/"
SAMPLE = "filtering/alert-sample/"

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
    path(FILES, imports.alert_import_create, name="alert_import_create"),
    path(f"{FILES}<int:pk>/", imports.alert_import_detail, name="alert_import_detail"),
    path(f"{FILES}example/<slug:name>/", imports.alert_example, name="alert_example"),
    path("filtering/alert-sources/", sources.source_list, name="source_list"),
    path("filtering/alert-sources/new/", sources.source_create, name="source_create"),
    path(SOURCE, sources.source_edit, name="source_edit"),
    path(f"{SOURCE}close/", sources.source_close, name="source_close"),
    path(f"{SOURCE}webhook/", sources.source_hook, name="source_hook"),
    path("filtering/hook/<int:pk>/", hooks.hook_receive, name="hook_receive"),
    path("filtering/drills/", drills.drill_list, name="drill_list"),
    path("filtering/drills/new/", drills.drill_start, name="drill_start"),
    path(SAMPLE, samples.sample_list, name="sample_list"),
    path(f"{SAMPLE}draw/", samples.sample_draw, name="sample_draw"),
    path(f"{SAMPLE}<int:pk>/", samples.sample_check, name="sample_check"),
]

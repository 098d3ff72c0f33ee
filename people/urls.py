"""Pages over people; the school's segment of the path is put before them."""

from django.urls import path

from people.views import finding, imports, jobs, register, settings

urlpatterns = [
    path("people/", register.person_list, name="person_list"),
    path("people/<int:pk>/", register.person_detail, name="person_detail"),
    path("people/find", finding.person_find, name="person_find"),
    path("people/imports/", imports.import_list, name="import_list"),
    path("people/imports/new", imports.import_upload, name="import_upload"),
    path("people/imports/<int:pk>/columns", imports.import_mapping, name="import_mapping"),
    path("people/imports/<int:pk>/preview", imports.import_preview, name="import_preview"),
    path("people/imports/<int:pk>/apply", imports.import_apply, name="import_apply"),
    path("people/imports/<int:pk>/cancel", imports.import_cancel, name="import_cancel"),
    path("jobs/<int:pk>/", jobs.job_detail, name="job_detail"),
    path("jobs/<int:pk>/result", jobs.job_result, name="job_result"),
    path("settings/", settings.setting_list, name="setting_list"),
    path("settings/<slug:name>/", settings.setting_edit, name="setting_edit"),
    path("calendar/", settings.calendar_detail, name="calendar_detail"),
    path("calendar/years/new", settings.year_add, name="year_add"),
    path("calendar/closures/new", settings.closure_add, name="closure_add"),
    path("calendar/closures/<int:pk>/edit", settings.closure_edit, name="closure_edit"),
    path("calendar/terms/<int:pk>/edit", settings.term_edit, name="term_edit"),
]

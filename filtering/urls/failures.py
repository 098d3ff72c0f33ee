"""Pages of reports about filtering."""

from django.urls import URLPattern, path

from filtering.views import failure_steps as steps
from filtering.views import failures

ONE = "filtering/reports/<slug:reference>/"

urlpatterns: list[URLPattern] = [
    path("filtering/reports/", failures.failure_list, name="failure_list"),
    path("filtering/reports/new/", failures.failure_create, name="failure_create"),
    path("filtering/reports/export/", failures.failure_export, name="failure_export"),
    path(ONE, failures.failure_detail, name="failure_detail"),
    path(
        f"{ONE}take-on/",
        steps.failure_acknowledge,
        name="failure_acknowledge",
    ),
    path(
        f"{ONE}make-safe/",
        steps.failure_contain,
        name="failure_contain",
    ),
    path(f"{ONE}note/", steps.failure_note, name="failure_note"),
    path(
        f"{ONE}pass-on/",
        steps.failure_escalate,
        name="failure_escalate",
    ),
    path(f"{ONE}mend/", steps.failure_fix, name="failure_fix"),
    path(f"{ONE}test/", steps.failure_verify, name="failure_verify"),
]

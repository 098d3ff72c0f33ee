"""Pages of requests, decisions, making, testing, ending."""

from django.urls import path

from filtering.views import change_deeds as deeds
from filtering.views import changes, exceptions

ONE = "filter-changes/<str:reference>/"

urlpatterns = [
    path("filter-changes/", changes.change_list, name="change_list"),
    path("filter-changes/new/", changes.change_create, name="change_create"),
    path("filter-changes/block/", changes.block_create, name="block_create"),
    path("filter-changes/export/", changes.change_export, name="change_export"),
    path("filter-changes/exceptions/", exceptions.exception_list, name="exception_list"),
    path("filter-changes/exceptions/new/", exceptions.exception_grant, name="exception_grant"),
    path("filter-changes/exceptions/<int:pk>/end/", exceptions.exception_end, name="exception_end"),
    path(ONE, changes.change_detail, name="change_detail"),
    path(f"{ONE}edit/", deeds.change_edit, name="change_edit"),
    path(f"{ONE}withdraw/", deeds.change_withdraw, name="change_withdraw"),
    path(f"{ONE}assess/", deeds.change_assess, name="change_assess"),
    path(f"{ONE}decide/", deeds.change_decide, name="change_decide"),
    path(f"{ONE}make/", deeds.change_make, name="change_make"),
    path(f"{ONE}test/", deeds.change_test, name="change_test"),
    path(f"{ONE}end/", deeds.change_revoke, name="change_revoke"),
    path(f"{ONE}more-time/", deeds.change_extend, name="change_extend"),
    path(f"{ONE}put-back/", deeds.change_put_back, name="change_put_back"),
    path(f"{ONE}check/", deeds.change_check, name="change_check"),
]

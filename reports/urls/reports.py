"""Pages of the report to governors."""

from django.urls import URLPattern, path

from reports.views import reports, taking_out

ONE = "governors/reports/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("governors/reports/", reports.governor_report_list, name="governor_report_list"),
    path("governors/reports/new/", reports.governor_report_create, name="governor_report_create"),
    path(ONE, reports.governor_report_detail, name="governor_report_detail"),
    path(f"{ONE}words/", reports.governor_report_comment, name="governor_report_comment"),
    path(f"{ONE}submit/", reports.governor_report_submit, name="governor_report_submit"),
    path(f"{ONE}send/", reports.governor_report_send, name="governor_report_send"),
    path(f"{ONE}return/", reports.governor_report_return, name="governor_report_return"),
    path(f"{ONE}issue/", reports.governor_report_issue, name="governor_report_issue"),
    path(f"{ONE}new-edition/", reports.governor_report_revise, name="governor_report_revise"),
    path(f"{ONE}verify/", taking_out.governor_report_verify, name="governor_report_verify"),
    path(f"{ONE}print/", taking_out.governor_report_print, name="governor_report_print"),
    path(f"{ONE}pdf/", taking_out.governor_report_pdf, name="governor_report_pdf"),
    path(f"{ONE}tables/", taking_out.governor_report_export, name="governor_report_export"),
]

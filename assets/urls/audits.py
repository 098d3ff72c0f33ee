"""Pages of audits from outside and of paper that was destroyed."""

from django.urls import URLPattern, path

from assets.views import audits, paper

AUDITS = "equipment/audits/"
AUDIT = f"{AUDITS}<int:pk>/"
PAPER = "paper-destroyed/"
ONE = f"{PAPER}<int:pk>/certificate/"

urlpatterns: list[URLPattern] = [
    path(AUDITS, audits.audit_list, name="audit_list"),
    path(f"{AUDITS}new/", audits.audit_create, name="audit_create"),
    path(AUDIT, audits.audit_detail, name="audit_detail"),
    path(f"{AUDIT}report/", audits.audit_report, name="audit_report"),
    path(f"{AUDIT}report/copy/", audits.audit_report_copy, name="audit_report_copy"),
    path(f"{AUDIT}action/", audits.audit_action_create, name="audit_action_create"),
    path(f"{AUDIT}close/", audits.audit_close, name="audit_close"),
    path(f"{AUDITS}actions/<int:pk>/done/", audits.audit_action_finish, name="audit_action_finish"),
    path(PAPER, paper.destruction_list, name="destruction_list"),
    path(f"{PAPER}export/", paper.destruction_export, name="destruction_export"),
    path(f"{PAPER}new/", paper.destruction_create, name="destruction_create"),
    path(ONE, paper.destruction_certificate, name="destruction_certificate"),
    path(f"{ONE}copy/", paper.destruction_certificate_copy, name="destruction_certificate_copy"),
]

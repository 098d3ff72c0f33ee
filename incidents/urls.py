"""Pages of incidents; the school's segment of the path is put before them."""

from django.urls import path

from incidents.views import cases, evidence, lists, origins, printing, reports, steps, worries

CASE = "incidents/<slug:reference>/"

urlpatterns = [
    path("report/", reports.report_create, name="report_create"),
    path("worry/", worries.worry_create, name="worry_create"),
    path("reports/", reports.report_list, name="report_list"),
    path("reports/<slug:reference>/", reports.report_detail, name="report_detail"),
    path("queue/", lists.incident_queue, name="incident_queue"),
    path("chronology/<int:pk>/", lists.chronology_detail, name="chronology_detail"),
    path("tasks/<int:pk>/", steps.task_answer, name="task_answer"),
    path("chronology/<int:pk>/print/", printing.chronology_print, name="chronology_print"),
    path("incidents/", lists.incident_list, name="incident_list"),
    path("incidents/export/", printing.incident_export, name="incident_export"),
    path("incidents/from-alert/<int:pk>/", origins.incident_from_alert, name="incident_from_alert"),
    path(
        "incidents/from-report/<slug:reference>/",
        origins.incident_from_failure,
        name="incident_from_failure",
    ),
    path(
        "incidents/from-finding/<int:pk>/",
        origins.incident_from_finding,
        name="incident_from_finding",
    ),
    path(CASE, cases.incident_detail, name="incident_detail"),
    path(f"{CASE}print/", printing.incident_print, name="incident_print"),
    path(f"{CASE}files/attach/", evidence.evidence_attach, name="evidence_attach"),
    path(f"{CASE}files/<int:pk>/", evidence.evidence_download, name="evidence_download"),
    path(f"{CASE}open/", steps.incident_open, name="incident_open"),
    path(f"{CASE}classify/", cases.incident_classify, name="incident_classify"),
    path(f"{CASE}decide/", cases.incident_decide, name="incident_decide"),
    path(f"{CASE}confirm/", cases.incident_confirm, name="incident_confirm"),
    path(f"{CASE}parents/", cases.incident_parents, name="incident_parents"),
    path(f"{CASE}refer/", cases.incident_refer, name="incident_refer"),
    path(f"{CASE}referrals/<int:pk>/", steps.referral_answer, name="referral_answer"),
    path(f"{CASE}close/", cases.incident_close, name="incident_close"),
    path(f"{CASE}reopen/", steps.incident_reopen, name="incident_reopen"),
    path(f"{CASE}resume/", steps.incident_resume, name="incident_resume"),
    path(f"{CASE}illegal/", steps.incident_suspect, name="incident_suspect"),
    path(f"{CASE}out-of-scope/", steps.incident_out_of_scope, name="incident_out_of_scope"),
    path(f"{CASE}escalate/", steps.incident_escalate, name="incident_escalate"),
    path(f"{CASE}hand-over/", steps.incident_hand_over, name="incident_hand_over"),
    path(f"{CASE}share/", steps.incident_share, name="incident_share"),
    path(f"{CASE}note/", steps.incident_note, name="incident_note"),
    path(f"{CASE}notes/<int:pk>/", steps.note_amend, name="note_amend"),
    path(f"{CASE}link/", steps.incident_link, name="incident_link"),
    path(f"{CASE}involve/", steps.incident_involve, name="incident_involve"),
    path(f"{CASE}task/", steps.incident_task, name="incident_task"),
    path(f"{CASE}feedback/", steps.incident_feedback, name="incident_feedback"),
    path(f"{CASE}filter-change/", origins.incident_change, name="incident_change"),
    path(f"{CASE}filter-block/", origins.incident_block, name="incident_block"),
    path(f"{CASE}unblock-end/", origins.incident_unblock_end, name="incident_unblock_end"),
]

"""Pages of meetings on online safety."""

from django.urls import URLPattern, path

from reports.views import meetings

ALL = "governors/meetings/"
ONE = f"{ALL}<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(ALL, meetings.meeting_list, name="meeting_list"),
    path(f"{ALL}export/", meetings.meeting_export, name="meeting_export"),
    path(f"{ALL}new/", meetings.meeting_create, name="meeting_create"),
    path(ONE, meetings.meeting_detail, name="meeting_detail"),
    path(f"{ONE}record/", meetings.meeting_hold, name="meeting_hold"),
    path(f"{ONE}cancel/", meetings.meeting_cancel, name="meeting_cancel"),
    path(f"{ONE}add/", meetings.meeting_action_add, name="meeting_action_add"),
]

"""Pages of the ways to a signature: in class, at reception, on paper."""

from django.urls import path

from agreements.views import kiosks, papers, sittings, visits

SITTING = "class-agreements/<int:pk>/"

urlpatterns = [
    path("class-agreements/", sittings.sitting_list, name="sitting_list"),
    path("class-agreements/open/<int:pk>/", sittings.sitting_create, name="sitting_create"),
    path(SITTING, sittings.sitting_detail, name="sitting_detail"),
    path(f"{SITTING}sign/<int:pupil>/", sittings.sitting_sign, name="sitting_sign"),
    path(f"{SITTING}close/", sittings.sitting_close, name="sitting_close"),
    path("reception/", kiosks.kiosk_list, name="kiosk_list"),
    path("reception/open/", kiosks.kiosk_open, name="kiosk_open"),
    path("reception/<int:pk>/poster/", kiosks.kiosk_poster, name="kiosk_poster"),
    path("reception/<int:pk>/close/", kiosks.kiosk_close, name="kiosk_close"),
    path("visit/<slug:kiosk_code>/", visits.visit_sign, name="visit_sign"),
    path("visit/<slug:kiosk_code>/signed/<str:token>/", visits.visit_detail, name="visit_detail"),
    path("papers/", papers.paper_list, name="paper_list"),
    path("papers/sheets/", papers.sheet_list, name="sheet_list"),
    path("papers/sheets/print/", papers.sheet_print, name="sheet_print"),
    path("papers/sheets/<int:pk>/", papers.paper_print, name="paper_print"),
    path("papers/take/<int:pk>/", papers.paper_take, name="paper_take"),
    path("papers/<int:pk>/check/", papers.paper_check, name="paper_check"),
    path("papers/<int:pk>/download/", papers.paper_download, name="paper_download"),
]

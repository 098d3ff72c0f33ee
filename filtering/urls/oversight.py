"""Pages of weekly reports, checks, reviews and measures."""

from django.urls import URLPattern, path

from filtering.views import checks, measures, monitoring, review_signing, reviews

WEEK = "filtering/monitoring/<int:pk>/"
REVIEW = "filtering/reviews/<slug:reference>/"

urlpatterns: list[URLPattern] = [
    path("filtering/monitoring/", monitoring.monitoring_list, name="monitoring_list"),
    path("filtering/monitoring/see/", monitoring.monitoring_see, name="monitoring_see"),
    path(WEEK, monitoring.monitoring_detail, name="monitoring_detail"),
    path(f"{WEEK}note/", monitoring.monitoring_note, name="monitoring_note"),
    path(f"{WEEK}finding/", monitoring.monitoring_finding, name="monitoring_finding"),
    path(f"{WEEK}sign/", monitoring.monitoring_sign, name="monitoring_sign"),
    path(f"{WEEK}print/", monitoring.monitoring_print, name="monitoring_print"),
    path("filtering/checks/", checks.check_grid, name="check_grid"),
    path("filtering/checks/all/", checks.check_list, name="check_list"),
    path("filtering/checks/all/export/", checks.check_export, name="check_export"),
    path("filtering/checks/new/", checks.check_create, name="check_create"),
    path("filtering/checks/<int:pk>/", checks.check_detail, name="check_detail"),
    path("filtering/checks/places/new/", checks.check_point_create, name="check_point_create"),
    path("filtering/checks/places/<int:pk>/end/", checks.check_point_end, name="check_point_end"),
    path("filtering/reviews/", reviews.review_list, name="review_list"),
    path("filtering/reviews/new/", reviews.review_create, name="review_create"),
    path(
        "filtering/review-actions/<int:pk>/done/",
        reviews.review_action_finish,
        name="review_action_finish",
    ),
    path(REVIEW, reviews.review_detail, name="review_detail"),
    path(f"{REVIEW}write/", reviews.review_write, name="review_write"),
    path(f"{REVIEW}people/new/", reviews.review_participant, name="review_participant"),
    path(f"{REVIEW}people/<int:pk>/drop/", reviews.participant_drop, name="participant_drop"),
    path(f"{REVIEW}actions/new/", reviews.review_action, name="review_action"),
    path(
        f"{REVIEW}actions/<int:pk>/drop/",
        reviews.review_action_drop,
        name="review_action_drop",
    ),
    path(f"{REVIEW}offer/", review_signing.review_offer, name="review_offer"),
    path(f"{REVIEW}take-back/", review_signing.review_take_back, name="review_take_back"),
    path(f"{REVIEW}sign/", review_signing.review_sign, name="review_sign"),
    path(f"{REVIEW}print/", reviews.review_print, name="review_print"),
    path("filtering/measures/", measures.measures_detail, name="measures_detail"),
    path("filtering/measures/export/", measures.measures_export, name="measures_export"),
]

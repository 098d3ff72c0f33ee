"""Pages of governors' reviews, their questions and actions."""

from django.urls import URLPattern, path

from reports.views import governor_questions, review_to_do, reviews

ALL = "governors/reviews/"
ONE = f"{ALL}<str:reference>/"
QUESTIONS = "governors/questions/"
ACTIONS = "governors/actions/"

urlpatterns: list[URLPattern] = [
    path(ALL, reviews.governor_review_list, name="governor_review_list"),
    path(f"{ALL}export/", reviews.governor_review_export, name="governor_review_export"),
    path(ONE, reviews.governor_review_detail, name="governor_review_detail"),
    path(f"{ONE}print/", reviews.governor_review_print, name="governor_review_print"),
    path(f"{ONE}papers/", reviews.governor_review_prepare, name="governor_review_prepare"),
    path(f"{ONE}meeting/", reviews.governor_review_hold, name="governor_review_hold"),
    path(f"{ONE}sign/", reviews.governor_review_sign, name="governor_review_sign"),
    path(f"{ONE}ask/", governor_questions.governor_question_ask, name="governor_question_ask"),
    path(f"{ONE}add/", review_to_do.governor_action_add, name="governor_action_add"),
    path(QUESTIONS, governor_questions.governor_question_list, name="governor_question_list"),
    path(
        f"{QUESTIONS}export/",
        governor_questions.governor_question_export,
        name="governor_question_export",
    ),
    path(
        f"{QUESTIONS}<int:pk>/",
        governor_questions.governor_question_answer,
        name="governor_question_answer",
    ),
    path(
        "governors/reports/<int:pk>/ask/",
        governor_questions.governor_report_ask,
        name="governor_report_ask",
    ),
    path(ACTIONS, review_to_do.governor_action_list, name="governor_action_list"),
    path(
        f"{ACTIONS}export/",
        review_to_do.governor_action_export,
        name="governor_action_export",
    ),
    path(
        f"{ACTIONS}<int:pk>/",
        review_to_do.governor_action_finish,
        name="governor_action_finish",
    ),
]

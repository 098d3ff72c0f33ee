"""Pages of agreements: consents."""

from django.urls import URLPattern, path

from agreements.views import consent_register, consents, follow_ups, purposes

urlpatterns: list[URLPattern] = [
    path("my/consents/<int:pk>/", consents.consent_edit, name="consent_edit"),
    path("consents/", consent_register.consent_list, name="consent_list"),
    path("consents/export/", consent_register.consent_export, name="consent_export"),
    path("consents/coverage/", consent_register.consent_coverage, name="consent_coverage"),
    path("consents/questions/", purposes.purpose_list, name="purpose_list"),
    path("consents/questions/add/", purposes.purpose_create, name="purpose_create"),
    path("consents/questions/<int:pk>/", purposes.purpose_edit, name="purpose_edit"),
    path("consents/questions/<int:pk>/close/", purposes.purpose_close, name="purpose_close"),
    path("consents/<int:pk>/", consent_register.consent_detail, name="consent_detail"),
    path("consents/<int:pk>/record/", consent_register.consent_record, name="consent_record"),
    path(
        "consents/<int:pk>/one-use/",
        consent_register.consent_individual,
        name="consent_individual",
    ),
    path("photo-list/", consent_register.photo_list, name="photo_list"),
    path("follow-ups/", follow_ups.follow_up_list, name="follow_up_list"),
    path("follow-ups/<int:pk>/", follow_ups.follow_up_finish, name="follow_up_finish"),
]

"""Pages of who has signed and who has not, and of what the school does about it."""

from django.urls import path

from agreements.views import deeds, registers

urlpatterns = [
    path("coverage/", registers.coverage_detail, name="coverage_detail"),
    path("coverage/issue/", registers.agreements_issue, name="agreements_issue"),
    path("signing/", registers.obligation_list, name="obligation_list"),
    path("signing/export/", registers.obligation_export, name="obligation_export"),
    path("signing/<int:pk>/", registers.obligation_detail, name="obligation_detail"),
    path("signing/<int:pk>/link/", registers.link_make, name="link_make"),
    path("signing/<int:pk>/exempt/", deeds.obligation_exempt, name="obligation_exempt"),
    path("signing/<int:pk>/again/", deeds.obligation_ask_again, name="obligation_ask_again"),
    path("signatures/", registers.signature_list, name="signature_list"),
    path("signatures/<slug:reference>/", registers.signature_detail, name="signature_detail"),
    path("questions/", deeds.question_list, name="question_list"),
    path("questions/<int:pk>/", deeds.question_answer, name="question_answer"),
    path("countersigning/", deeds.countersign_list, name="countersign_list"),
    path(
        "countersigning/<slug:reference>/",
        deeds.agreement_countersign,
        name="agreement_countersign",
    ),
    path("access/", deeds.access_list, name="access_list"),
    path("access/override/", deeds.access_override, name="access_override"),
]

"""Pages of agreements: texts."""

from django.urls import URLPattern, path

from agreements.views import importing, texts, versions, writing

ONE = "agreements/<slug:agreement>/"
VERSION = f"{ONE}<int:number>/"

urlpatterns: list[URLPattern] = [
    path("agreements/", texts.agreement_list, name="agreement_list"),
    path("agreements/new/", texts.agreement_create, name="agreement_create"),
    path("agreements/new/ready-made/", texts.agreement_start, name="agreement_start"),
    path("agreements/new/files/", importing.agreement_import, name="agreement_import"),
    path(f"{ONE}close/", texts.agreement_close, name="agreement_close"),
    path(f"{ONE}sheet/", texts.agreement_print, name="agreement_print"),
    path(VERSION, versions.version_detail, name="version_detail"),
    path(f"{VERSION}revise/", versions.version_create, name="version_create"),
    path(f"{VERSION}send/", versions.version_ask, name="version_ask"),
    path(f"{VERSION}approve/", versions.version_approve, name="version_approve"),
    path(f"{VERSION}publish/", versions.version_publish, name="version_publish"),
    path(f"{VERSION}text/", writing.text_edit, name="text_edit"),
    path(f"{VERSION}translate/", writing.text_translate, name="text_translate"),
]

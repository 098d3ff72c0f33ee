"""Pages of declarations of personal use, checks on the spot and mobile devices."""

from django.urls import URLPattern, path

from assets.views import declarations, device_checks

ASSET = "equipment/<int:pk>/"
USE = "equipment/personal-use/"
MOBILE = "equipment/mobile/"
CERTIFICATE = "equipment/upkeep/<int:pk>/certificate/"

urlpatterns: list[URLPattern] = [
    path(USE, declarations.declaration_list, name="declaration_list"),
    path(f"{USE}export/", declarations.declaration_export, name="declaration_export"),
    path(f"{USE}payroll/", declarations.declaration_pass, name="declaration_pass"),
    path(f"{USE}declare/", declarations.declaration_create, name="declaration_create"),
    path(MOBILE, device_checks.device_check_list, name="device_check_list"),
    path(f"{MOBILE}export/", device_checks.device_check_export, name="device_check_export"),
    path(f"{ASSET}protection/", device_checks.device_check_create, name="device_check_create"),
    path(f"{ASSET}check/", device_checks.asset_check, name="asset_check"),
    path(CERTIFICATE, device_checks.upkeep_certificate, name="upkeep_certificate"),
    path(
        f"{CERTIFICATE}copy/", device_checks.upkeep_certificate_copy, name="upkeep_certificate_copy"
    ),
    path("equipment/loans/<int:pk>/protected/", device_checks.loan_protect, name="loan_protect"),
]

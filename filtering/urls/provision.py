"""Pages of products, profiles, rules, confirmations and the change log."""

from django.urls import URLPattern, path

from filtering.views import attestations, log, profiles, provision

REGISTER = "filtering/register/"
SERVICE = f"{REGISTER}products/<int:pk>/"
PROFILE = f"{REGISTER}profiles/<int:pk>/"
CONFIRMED = "filtering/confirmations/"

urlpatterns: list[URLPattern] = [
    path(REGISTER, provision.provision_detail, name="provision_detail"),
    path(f"{REGISTER}export/", provision.provision_export, name="provision_export"),
    path(f"{REGISTER}products/new/", provision.service_create, name="service_create"),
    path(f"{SERVICE}edit/", provision.service_edit, name="service_edit"),
    path(f"{SERVICE}end/", provision.service_end, name="service_end"),
    path(f"{REGISTER}profiles/new/", profiles.profile_create, name="profile_create"),
    path(PROFILE, profiles.profile_detail, name="profile_detail"),
    path(f"{PROFILE}edit/", profiles.profile_edit, name="profile_edit"),
    path(f"{PROFILE}end/", profiles.profile_end, name="profile_end"),
    path(f"{PROFILE}baseline/", profiles.baseline_edit, name="baseline_edit"),
    path(f"{PROFILE}confirm/", profiles.profile_confirm, name="profile_confirm"),
    path(CONFIRMED, attestations.attestation_list, name="attestation_list"),
    path(
        f"{CONFIRMED}new/<slug:code>/",
        attestations.attestation_create,
        name="attestation_create",
    ),
    path(
        f"{CONFIRMED}<int:pk>/evidence/",
        attestations.attestation_evidence,
        name="attestation_evidence",
    ),
    path("filtering/log/", log.log_list, name="log_list"),
    path("filtering/log/export/", log.log_export, name="log_export"),
]

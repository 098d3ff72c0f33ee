"""Pages of filtering and monitoring; each area lists its own."""

from filtering import urls_alerts, urls_changes, urls_failures, urls_oversight, urls_provision

urlpatterns = [
    *urls_changes.urlpatterns,
    *urls_failures.urlpatterns,
    *urls_provision.urlpatterns,
    *urls_alerts.urlpatterns,
    *urls_oversight.urlpatterns,
]

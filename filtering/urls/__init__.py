"""Pages of filtering and monitoring; each area lists its own."""

from filtering.urls import alerts, changes, failures, oversight, provision

urlpatterns = [
    *changes.urlpatterns,
    *failures.urlpatterns,
    *provision.urlpatterns,
    *alerts.urlpatterns,
    *oversight.urlpatterns,
]

"""Pages of reports, reviews and dashboards; each area lists its own."""

from reports.urls import dashboards, reports, reviews

urlpatterns = [
    *reports.urlpatterns,
    *reviews.urlpatterns,
    *dashboards.urlpatterns,
]

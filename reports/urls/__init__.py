"""Pages of reports, reviews and dashboards; each area lists its own."""

from reports.urls import dashboards, meetings, reports, reviews

urlpatterns = [
    *reports.urlpatterns,
    *reviews.urlpatterns,
    *meetings.urlpatterns,
    *dashboards.urlpatterns,
]

"""Pages of reports, reviews and dashboards; each area lists its own."""

from reports import urls_dashboards, urls_reports, urls_reviews

urlpatterns = [
    *urls_reports.urlpatterns,
    *urls_reviews.urlpatterns,
    *urls_dashboards.urlpatterns,
]

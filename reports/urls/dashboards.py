"""Pages of dashboards."""

from django.urls import URLPattern, path

from reports.views import dashboards

urlpatterns: list[URLPattern] = [
    path("figures/governors/", dashboards.dashboard_governors, name="dashboard_governors"),
    path("figures/compliance/", dashboards.compliance_detail, name="compliance_detail"),
    path("figures/head/", dashboards.dashboard_head, name="dashboard_head"),
    path("figures/lead/", dashboards.dashboard_lead, name="dashboard_lead"),
    path("figures/technical/", dashboards.dashboard_technical, name="dashboard_technical"),
    path("figures/office/", dashboards.dashboard_office, name="dashboard_office"),
]

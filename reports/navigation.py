"""Menu entries of reports and governors' reviews."""

from common.navigation import Item

GROUP = "Governors"

NAVIGATION = [
    Item("Headteacher’s figures", "dashboard_head", "chart-column", 4, ("view_head_dashboard",)),
    Item("Lead’s figures", "dashboard_lead", "chart-column", 5, ("view_lead_dashboard",)),
    Item(
        "Technician’s figures",
        "dashboard_technical",
        "chart-column",
        6,
        ("view_technical_dashboard",),
    ),
    Item("Office figures", "dashboard_office", "chart-column", 7, ("view_office_dashboard",)),
    Item(
        "Governors’ figures",
        "dashboard_governors",
        "chart-column",
        39,
        ("view_governor_dashboard",),
        group=GROUP,
    ),
    Item("Reports", "governor_report_list", "chart-column", 40, ("view_reports",), group=GROUP),
    Item(
        "Reviews",
        "governor_review_list",
        "calendar",
        41,
        ("view_governor_reviews",),
        group=GROUP,
    ),
]

"""Menu entries of reports and governors' reviews."""

from common.navigation import Item

GROUP = "Governors"

NAVIGATION = [
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

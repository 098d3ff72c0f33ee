"""Menu entries of reports and governors' reviews."""

from common.navigation import Item

FIGURES = "Figures"
GROUP = "Governors"


def _board(label: str, name: str, order: int) -> Item:
    page, power = f"dashboard_{name}", (f"view_{name}_dashboard",)
    return Item(label, page, "chart-column", order, power, group=FIGURES)


NAVIGATION = [
    Item(
        "Compliance",
        "compliance_detail",
        "shield-check",
        15,
        ("view_compliance",),
        group=FIGURES,
    ),
    _board("Headteacher’s", "head", 16),
    _board("Safeguarding lead’s", "lead", 17),
    _board("Technician’s", "technical", 18),
    _board("Office’s", "office", 19),
    Item(
        "Governors’ figures",
        "dashboard_governors",
        "chart-column",
        43,
        ("view_governor_dashboard",),
        group=GROUP,
    ),
    Item("Meetings", "meeting_list", "users", 44, ("view_meetings",), group=GROUP),
    Item("Reports", "governor_report_list", "file-text", 44, ("view_reports",), group=GROUP),
    Item(
        "Reviews",
        "governor_review_list",
        "calendar",
        44,
        ("view_governor_reviews",),
        group=GROUP,
    ),
]

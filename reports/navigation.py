"""Menu entries of reports and governors' reviews."""

from common.navigation import Item

FIGURES = "Figures"
GROUP = "Governors"


def _board(label: str, name: str) -> Item:
    page, power = f"dashboard_{name}", (f"view_{name}_dashboard",)
    return Item(label, page, "chart-column", 19, power, group=FIGURES)


NAVIGATION = [
    Item(
        "Compliance",
        "compliance_detail",
        "shield-check",
        19,
        ("view_compliance",),
        group=FIGURES,
    ),
    _board("Headteacher’s", "head"),
    _board("Safeguarding lead’s", "lead"),
    _board("Technician’s", "technical"),
    _board("Office’s", "office"),
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

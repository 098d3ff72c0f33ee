"""Menu entries of reports and governors' reviews."""

from common.navigation import Item

GROUP = "Governors"

NAVIGATION = [
    Item("Reports", "governor_report_list", "chart-column", 40, ("view_reports",), group=GROUP),
]

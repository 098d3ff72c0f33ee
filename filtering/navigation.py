"""Menu entries of filtering and monitoring."""

from common.navigation import Item

FILTERING = "Filtering"
MONITORING = "Monitoring"
SEES_ALERTS = ("view_alerts", "view_staff_alerts", "view_head_alerts")
READS_LOG = ("view_change_log", "view_plain_log")

NAVIGATION = [
    Item("Report a website", "failure_create", "globe", 14, ("report_failure",)),
    Item("Changes", "change_list", "filter", 32, ("ask_for_change",), group=FILTERING),
    Item("Reports", "failure_list", "flag", 33, ("view_failures",), group=FILTERING),
    Item("What is blocked", "provision_detail", "lock", 34, ("view_provision",), group=FILTERING),
    Item(
        "Confirmations",
        "attestation_list",
        "circle-check",
        35,
        ("view_provision",),
        group=FILTERING,
    ),
    Item("Change log", "log_list", "history", 36, READS_LOG, group=FILTERING),
    Item("Alerts", "alert_list", "bell", 37, SEES_ALERTS, group=MONITORING),
    Item("Alert sources", "source_list", "inbox", 38, ("edit_alert_sources",), group=MONITORING),
    Item(
        "Weekly reports",
        "monitoring_list",
        "file-text",
        39,
        ("view_monitoring_reports",),
        group=MONITORING,
    ),
    Item("Filter checks", "check_grid", "list-checks", 40, ("view_checks",), group=MONITORING),
    Item("Reviews", "review_list", "scroll-text", 41, ("view_reviews",), group=MONITORING),
    Item("Figures", "measures_detail", "chart-column", 42, ("view_measures",), group=MONITORING),
]

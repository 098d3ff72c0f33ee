"""Menu entries of incidents."""

from common.navigation import Item

SEES = ("view_all_incidents", "view_assigned_incidents")

NAVIGATION = [
    Item("Report an incident", "report_create", "plus", 10, ("report_incident",)),
    Item("Tell us about a worry", "worry_create", "message-circle", 11, ("report_worry",)),
    Item("Queue", "incident_queue", "inbox", 20, SEES, group="Incidents"),
    Item("Incidents", "incident_list", "clipboard-list", 30, SEES, search=True, group="Incidents"),
    Item("My reports", "report_list", "send", 12, ("follow_report",)),
]

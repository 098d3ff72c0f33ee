"""What the verbs about reports and reviews mean on the trail."""

WORDS: dict[str, str] = {
    "start_report": "started a report to governors",
    "revise_report": "started a new edition of a report to governors",
    "comment_report": "wrote in a report to governors",
    "submit_report": "sent a report to governors to the headteacher",
    "return_report": "sent a report to governors back",
    "issue_report": "issued a report to the governors",
    "read_report": "opened a report to governors for the first time",
    "print_report": "had the PDF of a report to governors made",
    "take_report": "took the PDF of a report to governors out",
    "export_report": "took the tables of a report to governors out",
}

"""What the verbs about reminders mean on the trail."""

WORDS = {
    "attest_duty": "said how a duty was met",
    "export_duties": "took the list of duties out as a file",
    "hand_on_evidence": "took a copy of what shows that a duty was met",
    "make_feed": "made a calendar address of their own",
    "open_occurrences": "opened and closed recurring duties",
    "revoke_feed": "ended their calendar address",
    "sweep_school": "reminded people of what is due",
}

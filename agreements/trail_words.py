"""What the verbs about agreements and consents mean on the trail."""

WORDS = {
    "open_sitting": "opened an agreement with a class",
    "mark_present": "wrote down who was there when a class read an agreement",
    "close_sitting": "closed an agreement with a class",
    "open_kiosk": "opened a place where visitors sign",
    "close_kiosk": "closed a place where visitors sign",
    "take_paper": "took signed paper in",
    "check_paper": "compared signed paper",
    "hand_on_paper": "took a copy of signed paper out",
    "print_sheets": "printed sheets to sign",
    "add_purpose": "added a question about consent",
    "edit_purpose": "changed the words of a question about consent",
    "close_purpose": "closed a question about consent",
    "reopen_purpose": "opened a question about consent again",
    "give_consents": "answered questions about consent",
    "record_consent": "wrote down answers about consent",
    "give_individual_consent": "answered for one picture or device",
    "export_consents": "took the register of consents out",
    "finish_follow_up": "did what followed from an agreement or a consent",
}

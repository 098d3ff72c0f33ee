"""What the verbs about agreements and consents mean on the trail."""

WORDS = {
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

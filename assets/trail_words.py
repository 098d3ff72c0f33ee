"""What the verbs about equipment and devices mean on the trail."""

WORDS: dict[str, str] = {
    # the register, software and stock-takes
    # loans, upkeep, evidence and losses
    # disposals and their companies
    # people's own devices and recording
    "note_own_device": "noted a device of their own",
    "ask_for_device": "asked for a pupil’s own device",
    "allow_own_device": "allowed a pupil’s own device",
    "refuse_own_device": "refused a pupil’s own device",
    "end_own_device": "took an own device off the list",
    "export_own_devices": "took the list of own devices out as a file",
    "grant_exemption": "let a pupil keep a device",
    "end_exemption": "ended a pupil’s exemption",
    "ask_recording": "asked to record with their own device",
    "decide_recording": "allowed recording on an own device",
    "refuse_recording": "refused recording on an own device",
    "withdraw_recording": "withdrew a permission to record",
    "note_recording": "wrote how a permission to record is used",
    "end_recording": "ended a permission to record",
    "use_recording": "said that they recorded on an own device",
    "confirm_deletion": "said that pictures are off their own device",
    # items taken and searches
    "take_item": "took an item from a pupil",
    "tell_parent": "wrote down that a parent was told of an item taken",
    "move_confiscated": "wrote down who holds an item taken",
    "pass_to_lead": "passed an item taken to the safeguarding lead",
    "hand_to_police": "handed an item taken to the police",
    "return_confiscated": "gave an item taken back",
    "clear_confiscated": "cleared an item taken to be given back",
    "keep_for_good": "wrote down that an item taken is not given back",
    "link_item": "raised an incident from an item taken",
    "print_confiscation": "printed the receipt of an item taken",
    "export_confiscations": "took the items taken out as a file",
    "record_search": "recorded a search",
    "tell_searched": "wrote down that parents were told of a search",
    "note_search": "added to the record of a search",
    "link_search": "raised an incident from a search",
    "read_search": "read the record of a search",
    "print_search": "printed the record of a search",
    "export_searches": "took the records of searches out as a file",
}

"""What the verbs about people, settings and the calendar mean on the trail."""

WORDS = {
    "sign_in": "signed in",
    "sign_out": "signed out",
    "refuse_sign_in": "refused a sign-in",
    "start_job": "asked for background work",
    "take_result": "downloaded a file that was made",
    "open_import": "uploaded a file of people",
    "choose_columns": "said what the columns of a file mean",
    "apply_import": "brought people in",
    "cancel_import": "cancelled an import",
    "end_places": "ended places and carer links of people who have left",
    "change_setting": "changed a setting",
    "add_year": "entered a school year",
    "add_closure": "entered a closure",
    "correct_closure": "put a closure right",
    "correct_term": "put a term right",
}

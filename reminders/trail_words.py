"""What the verbs about reminders mean on the trail."""

WORDS = {
    "sweep_school": "reminded people of what is due",
}

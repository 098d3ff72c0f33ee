"""What the verbs of the trail itself mean."""

WORDS = {
    "export_trail": "took the trail out",
    "check_trail": "checked the trail",
    "enter_every_school": "entered every school for maintenance",
}

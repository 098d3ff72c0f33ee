"""Powers over the trail."""

POWERS = {
    "view_trail": "See who did and read what",
    "export_trail": "Take the trail out to check it elsewhere",
}

"""What holds for phones at this school, in one place for everybody (MOB-01, MOB-12, MOB-14)."""

from django.http import HttpResponse
from django.shortcuts import render

from common.access import open_to_signed_in
from common.requests import SchoolRequest
from common.settings_catalogue import catalogue
from people.models import School

WHOSE = (
    ("Staff", "staff_phone_rule"),
    ("Pupils", "pupil_phone_rule"),
    ("Visitors and parents", "visitor_phone_rule"),
    ("Never in the hand", "phone_free_places"),
    ("Smartwatches", "smartwatches"),
    ("Handed in", "hand_in"),
    ("Recording", "personal_recording"),
    ("Wi-Fi", "own_wifi"),
    ("What else holds", "phone_notes"),
)
FOR_STAFF = (("A private call you expect", "private_call_rule"),)


@open_to_signed_in
def phone_rule_detail(request: SchoolRequest) -> HttpResponse:
    """Show what holds for phones, and where to ask or say something (MOB-01, MOB-14, MOB-17)."""
    asked = WHOSE + (FOR_STAFF if request.may("ask_phone_use") else ())
    rows = [{"label": label, "value": _words(request.school, name)} for label, name in asked]
    rows = [row for row in rows if row["value"]]
    return render(request, "assets/phone_rule_detail.html", {"rows": rows})


def _words(school: School, name: str) -> str:
    """Return a setting as people read it."""
    value = school.setting(name)
    return dict(catalogue()[name].choices).get(value, value)

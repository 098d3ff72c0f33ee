"""``manage.py routes --json`` tells tools every page and who may open it."""

import json
from io import StringIO

from django.core.management import call_command


def listed() -> dict[str, dict]:
    output = StringIO()
    call_command("routes", "--json", stdout=output)
    return {route["name"]: route for route in json.loads(output.getvalue())}


def test_routes_tell_how_open_a_page_of_the_site_is() -> None:
    routes = listed()

    assert routes["healthz"] == {
        "name": "healthz",
        "path": "/healthz",
        "power": "open",
        "powers": [],
        "school_scoped": False,
    }
    assert routes["account_login"]["path"] == "/accounts/login/"
    assert routes["start"]["power"] == "signed-in"


def test_routes_tell_the_power_of_a_school_page() -> None:
    route = listed()["report_create"]

    assert route["power"] == "report_incident"
    assert route["school_scoped"] is True
    assert route["path"].startswith("/<slug:school>/")


def test_routes_write_every_path_alike() -> None:
    path = listed()["account_reset_password_from_key"]["path"]

    assert path == "/accounts/password/reset/key/<uidb36>-<key>/"


def test_every_page_declares_who_may_open_it() -> None:
    assert [route["name"] for route in listed().values() if route["power"] == "undeclared"] == []

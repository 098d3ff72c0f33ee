"""Log lines are JSON and hold no personal data."""

import json
import logging
import logging.config

import pytest
from django.test import RequestFactory

from safeguard import logs


@pytest.fixture
def handler() -> logging.Handler:
    """The handler of the settings' own configuration, left out of the loggers."""
    configurator = logging.config.DictConfigurator(logs.configure("INFO"))
    configurator.config["formatters"]["json"] = configurator.configure_formatter(
        configurator.config["formatters"]["json"]
    )
    configurator.config["filters"]["not_health"] = configurator.configure_filter(
        configurator.config["filters"]["not_health"]
    )
    return configurator.configure_handler(configurator.config["handlers"]["stderr"])


def line_of(handler: logging.Handler, message: str, **extra: object) -> dict[str, object]:
    record = logging.LogRecord("test", logging.ERROR, __file__, 1, message, (), None)
    record.__dict__.update(extra)
    return json.loads(handler.format(record))


def test_line_is_json_with_level_logger_and_time(handler: logging.Handler) -> None:
    line = line_of(handler, "stopped")

    assert {name: line[name] for name in ("event", "level", "logger")} == {
        "event": "stopped",
        "level": "error",
        "logger": "test",
    }
    assert str(line["timestamp"]).endswith("Z")


def test_addresses_and_query_strings_are_left_out(handler: logging.Handler) -> None:
    request = RequestFactory().get("/dee-meadow/incidents/", {"q": "Amara"})

    line = line_of(
        handler, "Not Found: /dee-meadow/incidents/?q=Amara for amara@x.example", request=request
    )

    assert line["event"] == "Not Found: /dee-meadow/incidents/ for [e-mail]"
    assert "request" not in line


def test_values_in_database_errors_are_left_out(handler: logging.Handler) -> None:
    line = line_of(
        handler,
        'duplicate key value violates unique constraint "one_user_per_address"\n'
        "DETAIL:  Key (lower(name))=(amara) already exists.",
    )

    assert line["event"] == (
        'duplicate key value violates unique constraint "one_user_per_address"\nDETAIL: [left out]'
    )


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ("/oak-hill/sign/open/WzFd:ax0-W_v/", "/oak-hill/sign/open/[left out]/"),
        ("/oak-hill/sign/open/WzFd:ax0?x=1", "/oak-hill/sign/open/[left out]"),
        ("/oak-hill/visit/a2b/signed/WzFd:ax0/", "/oak-hill/visit/a2b/signed/[left out]/"),
    ],
)
@pytest.mark.parametrize("words", ["Not Found: ", "Error handling request "])
def test_addresses_that_open_something_are_left_out(
    handler: logging.Handler, path: str, left: str, words: str
) -> None:
    assert line_of(handler, words + path)["event"] == words + left


@pytest.mark.parametrize(("path", "kept"), [("/healthz", False), ("/x/", True)])
def test_a_sick_health_page_is_not_logged_at_each_asking(
    handler: logging.Handler, path: str, kept: bool
) -> None:
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "x", (), None)
    record.request = RequestFactory().get(path)

    assert bool(handler.filter(record)) is kept

"""Logs as JSON lines on standard error, without personal data."""

import logging
import re
from typing import Any

import structlog

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# PostgreSQL names the offending values in these lines: "Key (email)=(…) already exists".
DATABASE_DETAIL = re.compile(r"(?m)^(DETAIL|CONTEXT|HINT|QUERY):.*$")
QUERY_STRING = re.compile(r"\?\S+")
# Addresses that open something to whoever holds them: personal links and visitors' receipts.
SECRET_PATH = re.compile(r"(/sign/open/|/visit/[^/\s]+/signed/)[^/\s\"'?]+")


def drop_personal_data(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Take e-mail addresses, database details and secret addresses out of every text of a line."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _clean(value)
    return event


def _clean(text: str) -> str:
    text = DATABASE_DETAIL.sub(r"\1: [left out]", text)
    text = SECRET_PATH.sub(r"\1[left out]", text)
    return EMAIL.sub("[e-mail]", text)


def drop_request(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Leave out the request object that Django passes along: it holds what a person typed."""
    event.pop("request", None)
    if isinstance(event.get("event"), str):
        event["event"] = QUERY_STRING.sub("", event["event"])
    return event


def is_not_about_health(record: logging.LogRecord) -> bool:
    """Leave out Django's line for each 503 of /healthz: it is asked every few seconds."""
    return getattr(getattr(record, "request", None), "path", "") != "/healthz"


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure(level: str) -> dict[str, Any]:
    """Set up structlog and return Django's LOGGING, so that both write the same lines."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    drop_request,
                    drop_personal_data,
                    structlog.processors.JSONRenderer(),
                ],
            }
        },
        "filters": {
            "not_health": {
                "()": "django.utils.log.CallbackFilter",
                "callback": is_not_about_health,
            }
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json",
                "filters": ["not_health"],
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["stderr"], "level": level, "propagate": False},
            "fontTools": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
        },
    }

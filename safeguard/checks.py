"""System checks on the deployment that Django does not make itself."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def check_demo_is_refused(**_: Any) -> list[CheckMessage]:
    """Refuse a deployment that would accept the demo schools and their known password."""
    if settings.DEMO_ALLOWED:
        return [
            Error(
                "The demo schools and their known password are allowed.",
                hint="Set SAFEGUARD_ENV=production.",
                id="safeguard.E001",
            )
        ]
    return []

#!/usr/bin/env python
"""Run a management command, on embedded PostgreSQL and Valkey where no others are named."""

import os
import signal
import sys
from types import FrameType

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from safeguard.embedded import services


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeguard.settings")
    signal.signal(signal.SIGTERM, leave)
    with services():
        try:
            execute_from_command_line(sys.argv)
        except ImproperlyConfigured as error:
            sys.exit(f"{error}")


def leave(number: int, _: FrameType | None) -> None:
    """End on SIGTERM as on any other way out: the last user of the servers stops them."""
    sys.exit(128 + number)


if __name__ == "__main__":
    main()

#!/usr/bin/env python
"""Run a management command, on embedded PostgreSQL and Valkey where no others are named."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from safeguard.embedded import services


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeguard.settings")
    with services():
        try:
            execute_from_command_line(sys.argv)
        except ImproperlyConfigured as error:
            sys.exit(f"{error}")


if __name__ == "__main__":
    main()

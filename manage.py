#!/usr/bin/env python
"""Run a management command, on embedded PostgreSQL and Valkey where no others are named."""

import os
import sys

from django.core.management import execute_from_command_line

from safeguard.embedded import services


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeguard.settings")
    with services():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

"""``manage.py serve``: prepare the database, then run web, worker and beat until Ctrl-C."""

import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from people.models import School, User
from safeguard.embedded import own_addresses
from safeguard.tasks import HEARTBEAT_KEY

SHOWN_FIRST = ("dsl", "head", "teacher", "tech", "os_gov", "chair", "parent", "pupil")


class Command(BaseCommand):
    """Start everything. Refuses when the port is taken or the styles are not built."""

    help = "Migrate, load the demo schools into an empty database, and run web, worker and beat."

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = os.environ.get("HOST", "127.0.0.1"), settings.PORT
        _check_port(host, port)
        _check_styles()
        call_command("migrate", verbosity=0)
        if settings.DEMO_ALLOWED and not School.objects.exists():
            self.stdout.write("Loading the demo schools.")
            call_command("load_demo")
        cache.delete(HEARTBEAT_KEY)
        self._announce(port)
        connections.close_all()
        self.stdout.flush()
        environment = {
            name: value for name, value in os.environ.items() if name not in own_addresses()
        }
        environment |= {"SAFEGUARD_VAR": str(settings.VAR_DIR), "PORT": str(port)}
        os.chdir(settings.BASE_DIR)
        os.execve(  # noqa: S606  ourselves, without Django in memory
            sys.executable, [sys.executable, "-m", "safeguard.supervisor"], environment
        )

    def _announce(self, port: int) -> None:
        self.stdout.write(f"\nSafeguard is starting at http://localhost:{port}/  (Ctrl-C stops it)")
        if settings.DEMO_ALLOWED:
            for line in _demo_sign_ins():
                self.stdout.write(line)
        self.stdout.write("")


def _check_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is taken. Choose another: PORT={port + 123} make run"
            ) from error


def _check_styles() -> None:
    if (settings.BASE_DIR / "package.json").exists() and not settings.STYLES_DIR.is_dir():
        raise CommandError("The styles are not built. Run: make setup")


def _demo_sign_ins() -> list[str]:
    """Return a line for each demo school with the addresses to sign in with."""
    by_school: dict[str, list[str]] = {}
    users = User.objects.filter(email__endswith=".example", is_active=True).order_by("email")
    for email in users.values_list("email", flat=True):
        name, _, school = email.partition("@")
        if name in SHOWN_FIRST:
            by_school.setdefault(school, []).append(name)
    if not by_school:
        return []
    lines = [f"Demo sign-ins, password {settings.DEMO_PASSWORD}:"]
    for school, names in sorted(by_school.items()):
        names.sort(key=SHOWN_FIRST.index)
        lines.append(f"  {' '.join(names)}  @{school}")
    return lines

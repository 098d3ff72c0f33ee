"""``manage.py shots``: a picture of every page as every role that may open it."""

import shutil
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from people.models import School, User
from roles.catalogue import SIGN_IN_ROLES
from safeguard.camera import NOBODY, Camera, SignIn, web_server
from safeguard.management.commands.routes import routes

WIDTHS = (1280, 375)
SHOWN_FIRST = "dee-meadow"


class Command(BaseCommand):
    """Take the pictures. Refuses when there are no demo sign-ins or no browser."""

    help = "Take a picture of every page as every role that may open it into var/shots/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", action="append", help="only this role; may be repeated")
        parser.add_argument("--page", action="append", help="only this page; may be repeated")
        parser.add_argument("--school", help=f"first look in this school ({SHOWN_FIRST})")
        parser.add_argument("--width", type=_width, action="append", help="only this width")

    def handle(self, *args: Any, **options: Any) -> None:
        sign_ins = _sign_ins(options["school"] or SHOWN_FIRST, options["role"])
        if not sign_ins:
            raise CommandError("There is nobody to sign in as. Run: make demo")
        connections.close_all()
        folder = settings.VAR_DIR / "shots"
        widths = options["width"] or WIDTHS
        if not (options["role"] or options["page"] or options["width"]):
            shutil.rmtree(folder, ignore_errors=True)
        pages = {route["name"]: route["school_scoped"] for route in routes()}
        with web_server() as address:
            camera = Camera(address, folder, widths, pages, only=options["page"] or [])
            try:
                camera.take_all(sign_ins, say=self.stdout.write)
            except FileNotFoundError as error:
                raise CommandError(str(error)) from error
        self._report(camera, folder)

    def _report(self, camera: Camera, folder: Path) -> None:
        self.stdout.write(f"{camera.taken} pictures in {folder}")
        if camera.unseen:
            names = ", ".join(sorted(camera.unseen))
            self.stdout.write(f"No link in the demo schools leads to: {names}")
        if camera.failed:
            self.stdout.write("\nWrong:")
            self.stdout.write("\n".join(camera.failed))
            raise CommandError(f"{len(camera.failed)} things are wrong.")


def _width(text: str) -> int:
    if not text.isdecimal() or not 200 <= int(text) <= 4000:
        raise ArgumentTypeError("a width is a number between 200 and 4000")
    return int(text)


def _sign_ins(first: str, roles: list[str] | None) -> list[SignIn]:
    """Return one demo sign-in for each role, of the first school that has one; then nobody."""
    users = User.objects.filter(email__endswith=".example", is_active=True)
    emails = set(users.values_list("email", flat=True))
    slugs = sorted(School.objects.values_list("slug", flat=True), key=lambda s: (s != first, s))
    found = []
    for role in SIGN_IN_ROLES:
        for slug in slugs:
            if f"{role}@{slug}.example" in emails:
                found.append(SignIn(role, slug, f"{role}@{slug}.example"))
                break
    if found:
        found.append(SignIn(NOBODY, "", ""))
    return [one for one in found if not roles or one.role in roles]

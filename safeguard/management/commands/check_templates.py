"""``manage.py check_templates``: every template of ours loads."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateSyntaxError
from django.template.loader import get_template


class Command(BaseCommand):
    """Compile every template. Refuses with the list of those that do not compile."""

    help = "Compile every template under templates/."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.BASE_DIR / "templates"
        wrong = []
        for path in sorted(folder.rglob("*.*")):
            name = str(path.relative_to(folder))
            try:
                get_template(name)
            except TemplateSyntaxError as error:
                wrong.append(f"{name}: {error}")
        if wrong:
            raise CommandError("\n".join(wrong))

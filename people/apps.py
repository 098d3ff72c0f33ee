"""App configuration."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        """Write sign-ins into the trail from the first one on."""
        from people import sign_ins

        sign_ins.connect()

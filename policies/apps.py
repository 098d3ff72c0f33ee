"""Django's registration of the policies app."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """The app that holds what the school's policy says, as rows other apps can follow."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "policies"
    verbose_name = "Policies"

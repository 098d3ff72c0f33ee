"""Every text and file on a record is declared: about a person, with why it is kept, or not."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from common.discovery import discover

FREE = (models.CharField, models.TextField, models.FileField, models.JSONField)
# No text, and still about nobody but one person.
TELLING = {"birth_date"}


def free_texts(label: str) -> set[str]:
    """Return the fields of an app into which anything can be written, or that tell of a person."""
    return {
        f"{model._meta.model_name}.{field.name}"
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.local_fields
        if (isinstance(field, FREE) and not field.choices) or field.name in TELLING
    }


@pytest.mark.parametrize("label", settings.OWN_APPS)
def test_every_text_is_declared_once(label):
    module = dict(discover("personal_data")).get(label)
    personal = set(getattr(module, "PERSONAL", {}))
    impersonal = set(getattr(module, "IMPERSONAL", ()))

    assert personal & impersonal == set()
    assert personal | impersonal == free_texts(label)


def test_every_personal_text_says_why_it_is_kept():
    reasons = [why for _, module in discover("personal_data") for why in module.PERSONAL.values()]

    assert len(reasons) > 50
    assert [why for why in reasons if len(why) < 3 or why.endswith(".")] == []

"""Do what a form asks for, and show a refusal in the form with what was typed kept."""

from collections.abc import Callable
from typing import Any

from django.forms import Form

from common.errors import Refusal


def attempt(form: Form, deed: Callable[..., Any], **values: Any) -> bool:
    """Return whether the deed was done; a refusal becomes an error of the form."""
    try:
        deed(**values)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True

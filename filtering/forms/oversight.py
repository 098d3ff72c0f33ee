"""What the forms of reports, checks and reviews share."""

from typing import Any

from django import forms


class SeenForm(forms.Form):
    """A deed on a record: carries the version its page was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

"""Forms of sources of alerts: the product, what it calls things, and an export of it."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from common.forms import CleanCharField, Radios
from filtering.intake.products import FIELDS, words_of_severity
from filtering.models import AlertSource, Service
from filtering.queries.alert_sources import version_of
from filtering.vocabulary import Product, Severity

YES_NO = (("yes", "The day: 31/12/2026"), ("no", "The month: 12/31/2026"))


class SourceForm(forms.Form):
    """A new source."""

    name = CleanCharField(label="What do you call it?", max_length=80)
    product = forms.ChoiceField(
        label="Which product is it?",
        choices=Product.choices,
        widget=Radios(hints={Product.GENERIC: "You say what each column means"}),
    )


class MappingForm(forms.Form):
    """What a product calls our fields and its priorities."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)
    name = CleanCharField(label="What do you call it?", max_length=80)
    service = forms.ModelChoiceField(
        label="Which product of the register is it?",
        queryset=Service.objects.none(),
        required=False,
        empty_label="None of them",
    )
    day_first = forms.ChoiceField(
        label="What comes first in its dates?", choices=YES_NO, widget=Radios()
    )

    def __init__(
        self, data: Any, *, source: AlertSource, services: QuerySet[Service, Service]
    ) -> None:
        initial: dict[str, Any] = {
            "seen": version_of(source),
            "name": source.name,
            "service": source.service_id,
            "day_first": "yes" if source.day_first else "no",
        }
        super().__init__(data, initial=initial)
        self.fields["service"].queryset = services  # type: ignore[attr-defined]
        for field in FIELDS:
            self.fields[f"column_{field.name}"] = CleanCharField(
                label=field.label,
                help_text=field.hint,
                max_length=80,
                required=field.name == "happened_at",
                initial=source.columns.get(field.name, ""),
            )
        for severity in Severity:
            self.fields[f"words_{severity.value}"] = CleanCharField(
                label=f"{severity.label}: the product’s words, with commas between",
                max_length=200,
                required=False,
                initial=words_of_severity(source.severities, severity),
            )

    @property
    def columns(self) -> list[forms.BoundField]:
        """Return the boxes for the columns."""
        return [self[name] for name in self.fields if name.startswith("column_")]

    @property
    def words(self) -> list[forms.BoundField]:
        """Return the boxes for the words of the priorities."""
        return [self[name] for name in self.fields if name.startswith("words_")]

    def clean(self) -> dict[str, Any]:
        """Refuse a word that would mean two priorities."""
        cleaned = super().clean() or {}
        self.meanings: dict[str, int] = {}
        for severity in Severity:
            for word in str(cleaned.get(f"words_{severity.value}") or "").split(","):
                key = word.strip().casefold()
                if self.meanings.get(key, severity.value) != severity.value:
                    text = f"“{word.strip()}” cannot mean two priorities."
                    self.add_error(f"words_{severity.value}", text)
                elif key:
                    self.meanings[key] = severity.value
        return cleaned

    def told(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = self.cleaned_data
        return {
            "seen": given["seen"],
            "name": given["name"],
            "service": given["service"],
            "day_first": given["day_first"] == "yes",
            "columns": {field.name: given[f"column_{field.name}"] for field in FIELDS},
            "severities": self.meanings,
        }


class ExportForm(forms.Form):
    """An export of a monitoring product, and which source it is from."""

    source = forms.ModelChoiceField(
        label="Where is it from?", queryset=AlertSource.objects.none(), empty_label=None
    )
    file = forms.FileField(
        label="Export of the product (CSV)",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
        error_messages={
            "required": "Choose the file.",
            "empty": "This file is empty.",
            "max_length": "The name of this file is too long. Give it a shorter one.",
        },
    )

    def __init__(self, *args: Any, sources: QuerySet[AlertSource, AlertSource]) -> None:
        super().__init__(*args)
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]

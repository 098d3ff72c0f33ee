"""What monitoring products call their columns and priorities, to begin a mapping with (FIL-14).

Their own documentation describes the columns; a school changes what its product calls otherwise.
The examples beside them are made up.
"""

from dataclasses import dataclass
from pathlib import Path

from filtering.vocabulary import Product, Severity

EXAMPLES = Path(__file__).resolve().parents[1] / "data" / "examples"


@dataclass(frozen=True)
class AlertField:
    """One thing we keep of an alert: its name, what the mapping page calls it, how long it is."""

    name: str
    label: str
    longest: int
    hint: str = ""


FIELDS = (
    AlertField("external_id", "Number of the alert", 120, "By it an alert is known again"),
    AlertField("happened_at", "Date and time", 40),
    AlertField("severity", "Priority", 40),
    AlertField("rule", "Rule or theme", 120),
    AlertField("term", "What was searched for or written", 300),
    AlertField("address", "Web address or program", 500),
    AlertField("device", "Device", 120),
    AlertField("device_ip", "IP address of the device", 45),
    AlertField("user_name", "User name", 120),
    AlertField(
        "graphic",
        "Picture or screenshot",
        120,
        "Only that there was one is kept, never the picture or its name",
    ),
)
NAMES = tuple(field.name for field in FIELDS)

COLUMNS: dict[str, dict[str, str]] = {
    Product.SENSO: {
        "external_id": "Violation ID",
        "happened_at": "Date/Time",
        "severity": "Severity",
        "rule": "Keyword Library",
        "term": "Phrase",
        "address": "Application/URL",
        "device": "Computer Name",
        "device_ip": "IP Address",
        "user_name": "Username",
        "graphic": "Screenshot",
    },
    Product.SMOOTHWALL: {
        "external_id": "Alert ID",
        "happened_at": "Timestamp",
        "severity": "Level",
        "rule": "Theme",
        "term": "Text",
        "address": "URL",
        "device": "Device",
        "device_ip": "Client IP",
        "user_name": "User",
        "graphic": "Image",
    },
    Product.SECURUS: {
        "external_id": "Capture ID",
        "happened_at": "Capture Date",
        "severity": "Priority",
        "rule": "Library",
        "term": "Trigger Word",
        "address": "Window Title",
        "device": "Machine",
        "device_ip": "Machine IP",
        "user_name": "User Name",
        "graphic": "Capture Image",
    },
    Product.GENERIC: {field.name: field.label for field in FIELDS},
}
SEVERITIES: dict[str, dict[str, int]] = {
    Product.SENSO: {"critical": 1, "high": 1, "medium": 2, "low": 3},
    Product.SMOOTHWALL: {"5": 1, "4": 1, "3": 2, "2": 3, "1": 3},
    Product.SECURUS: {"red": 1, "urgent": 1, "amber": 2, "green": 3},
    Product.GENERIC: {"1": 1, "2": 2, "3": 3, "urgent": 1, "high": 2, "routine": 3},
}


def example_of(product: str) -> Path:
    """Return the file with the made-up example of a product's export."""
    return EXAMPLES / f"{Product(product).value}.csv"


def words_of_severity(severities: dict[str, int], severity: Severity) -> str:
    """Return the product's words for one of our priorities, with commas between."""
    return ", ".join(word for word, meant in severities.items() if meant == severity)

"""The ladders the product brings along, as YAML files in ``policies/data`` (INC-14, INC-48)."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from common.errors import Refusal
from policies.document import (
    Change,
    PolicyDocument,
    change_document,
    plain,
    read_document,
)
from policies.document_check import check_document
from policies.document_rows import SECTIONS

_DATA = Path(__file__).parent / "data"


def library_names() -> list[str]:
    """Return the names of the ladders a school may start from."""
    return sorted(path.stem for path in _DATA.glob("*.yaml"))


@cache
def read_library(name: str) -> PolicyDocument:
    """Return a ladder by its name; refuses a name that no file has."""
    if name not in library_names():
        raise Refusal(f"There is no ladder called “{name}” to start from.")
    data = yaml.safe_load((_DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    document = _extended(data) if "extends" in data else read_document(data)
    check_document(document)
    return document


def as_yaml(document: PolicyDocument) -> str:
    """Return the document as a policy file, which ``read_document`` reads back unchanged."""
    return yaml.safe_dump(plain(document), sort_keys=False, allow_unicode=True, width=1000)


def _extended(data: dict[str, Any]) -> PolicyDocument:
    """Return the file's base with its parts replaced, rows changed, removed and added."""
    base = plain(read_library(data["extends"]))
    replaced = base | data.get("replace", {}) | {"title": data["title"]}
    changes = [
        Change(section, str(identity), values)
        for section in SECTIONS
        for identity, values in data.get("change", {}).get(section, {}).items()
    ]
    changes += [
        Change(section, str(identity), remove=True)
        for section in SECTIONS
        for identity in data.get("remove", {}).get(section, [])
    ]
    changes += [
        Change(section, values=values)
        for section in SECTIONS
        for values in data.get("add", {}).get(section, [])
    ]
    return change_document(read_document(replaced), changes)

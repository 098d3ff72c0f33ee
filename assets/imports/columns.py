"""What a column of a file of equipment may mean, and how its cells are read."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from assets.vocabulary import AssetKind, Encryption
from people.imports import cells
from people.imports.cells import BadCell, Cleaner
from people.imports.columns import Field

FAR = timedelta(days=20 * 366)
DEAREST = Decimal(9_999_999)
_MONEY = re.compile(r"£?\s*(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?")
_KINDS = {
    AssetKind.LAPTOP: "notebook|macbook|chromebook",
    AssetKind.DESKTOP: "desktop|pc|computer|workstation|imac|all in one",
    AssetKind.TABLET: "ipad",
    AssetKind.PHONE: "mobile|mobile phone|smartphone",
    AssetKind.STORAGE: "storage|nas|san|hard drive|external drive",
    AssetKind.REMOVABLE: "memory stick|usb stick|usb drive|portable drive",
    AssetKind.CAMERA: "digital camera|webcam",
    AssetKind.NETWORK: "network|switch|router|access point|firewall|wireless access point",
    AssetKind.PRINTER: "printer|copier|photocopier|mfd",
    AssetKind.DISPLAY: "display|screen|monitor|projector|whiteboard|interactive whiteboard|tv",
    AssetKind.CCTV: "cctv|cctv camera|cctv recorder",
    AssetKind.OTHER: "other",
}
_ENCRYPTIONS = {
    Encryption.YES: "yes|y|true|bitlocker|filevault|on",
    Encryption.NO: "no|n|false|none|off",
    Encryption.NOT_NEEDED: "not needed|n/a|not applicable",
    Encryption.UNKNOWN: "not known|unknown|?",
}


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9?]", "", text.casefold())


def one_of(choices: Iterable[tuple[str, str]], more: dict[Any, str], what: str) -> Cleaner:
    """Return a cleaner for a word of a list, its label or another name; refuses any other."""
    known = {_plain(word): str(code) for code, words in more.items() for word in words.split("|")}
    known |= {_plain(word): str(code) for code, label in choices for word in (code, label)}

    def clean(cell: str, today: date) -> str:
        value = cells.text(60)(cell, today)
        if not value:
            return ""
        if _plain(value) not in known:
            raise BadCell(f"is not {what} the register knows")
        return known[_plain(value)]

    return clean


def money(cell: str, today: date) -> Decimal | None:
    """Return pounds and pence, or nothing for an empty cell; refuses anything else."""
    value = cells.text(20)(cell, today)
    if not value:
        return None
    if not _MONEY.fullmatch(value):
        raise BadCell("is not an amount: write it like 499.90")
    amount = Decimal(re.sub(r"[£,\s]", "", value))
    if amount > DEAREST:
        raise BadCell("is too much to be right")
    return amount


def later_day(cell: str, today: date) -> date | None:
    """Return a date that may lie years ahead, or nothing for an empty cell."""
    return cells.day(cell, today + FAR)


FIELDS = (
    Field(
        "tag",
        "Tag",
        cells.text(30),
        "asset tag|asset number|asset no|asset id|label|inventory number|number|id",
        required=True,
    ),
    Field(
        "kind",
        "Kind",
        one_of(AssetKind.choices, _KINDS, "a kind of equipment"),
        "type|asset type|device type|category|equipment type",
    ),
    Field("make", "Make", cells.text(60), "manufacturer|brand|vendor"),
    Field("model", "Model", cells.text(80), "model name|device model|product"),
    Field("serial", "Serial number", cells.text(80), "serial|serial no|service tag|s/n"),
    Field("room_name", "Room", cells.text(60), "location|place|site|where"),
    Field(
        "holder_email",
        "Holder e-mail",
        cells.email,
        "assigned to email|user email|holder email|owner email|assigned email|email",
    ),
    Field("used_for", "Used for", cells.text(120), "use|purpose|function"),
    Field("bought_date", "Bought", cells.day, "purchase date|date purchased|date bought|acquired"),
    Field("cost", "Cost", money, "price|value|purchase cost|purchase price|cost gbp"),
    Field("supplier", "Supplier", cells.text(80), "bought from|purchased from|reseller"),
    Field(
        "warranty_until",
        "Warranty until",
        later_day,
        "warranty|warranty end|warranty expiry|warranty expires|warranty end date",
    ),
    Field("review_date", "Next review", later_day, "review date|review due|replacement date"),
    Field("operating_system", "Operating system", cells.text(60), "os|os version|platform"),
    Field(
        "support_until",
        "Support until",
        later_day,
        "end of support|os end of support|security updates until|end of life|eol|aue date",
    ),
    Field(
        "encryption",
        "Encryption",
        one_of(Encryption.choices, _ENCRYPTIONS, "an answer about encryption"),
        "encrypted|disk encryption|encryption status",
    ),
    Field("antivirus", "Antivirus", cells.text(60), "anti-virus|antivirus product|av|protection"),
    Field(
        "keeps_data",
        "Keeps data",
        cells.yes_no,
        "data bearing|holds data|personal data|stores data|data",
    ),
    Field("hazardous", "Hazardous", cells.yes_no, "hazardous waste"),
    Field("note", "Note", cells.text(500), "notes|comments|comment|description"),
)

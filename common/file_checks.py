"""What may be attached: by content, size and name (SYS-06)."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

import filetype
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile

from common.errors import Refusal

# The kind found in the bytes, and the endings a file of that kind may carry.
BY_CONTENT = {
    "application/pdf": {".pdf"},
    "image/png": {".png"},
    "image/jpeg": {".jpg", ".jpeg"},
    "image/gif": {".gif"},
    "image/webp": {".webp"},
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": {".docx"},
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {".xlsx"},
}
# Kinds without a mark of their own: plain text, told by ending and content together.
AS_TEXT = {".txt": "text/plain", ".csv": "text/csv"}
ALLOWED_WORDS = "PDF, PNG, JPEG, GIF, WebP, Word (.docx), Excel (.xlsx), text (.txt) and CSV"
LONGEST_NAME = 100


@dataclass(frozen=True)
class Checked:
    """An upload that passed: its cleaned name, its kind by content, its bytes."""

    name: str
    kind: str
    content: bytes


def check_upload(upload: UploadedFile, *, megabytes: int) -> Checked:
    """Return the upload checked; refuses what is empty, too large, oddly named or of no kind."""
    name = clean_name(upload.name or "")
    if not upload.size:
        raise Refusal(f"“{name}” is empty.")
    if upload.size > megabytes * 1024 * 1024:
        raise Refusal(
            f"“{name}” is {upload.size / 1024 / 1024:.1f} MB. The largest file allowed is "
            f"{megabytes} MB."
        )
    content = upload.read()
    return Checked(name=name, kind=kind_of(name, content), content=content)


def clean_name(raw: str) -> str:
    """Return a file name safe to show and to offer for download; the path is dropped."""
    name = unicodedata.normalize("NFC", PurePath(raw.replace("\\", "/")).name)
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    name = re.sub(r'[<>:"|?*]', "_", name).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem or not ending:
        raise Refusal("The file needs a name with an ending, such as notes.pdf.")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def kind_of(name: str, content: bytes) -> str:
    """Return the kind found in the bytes; refuses kinds not allowed and endings that lie."""
    ending = PurePath(name).suffix.lower()
    guess = filetype.guess(content)
    kind = guess.mime if guess else ""
    if kind in BY_CONTENT:
        if ending not in BY_CONTENT[kind]:
            raise Refusal(f"“{name}” is not what its ending says. Send it with its right ending.")
        return kind
    if not kind and ending in AS_TEXT and _is_text(content):
        return AS_TEXT[ending]
    raise Refusal(f"“{name}” is not a kind of file that can be attached. Allowed: {ALLOWED_WORDS}.")


def file_digest(file: FieldFile) -> str:
    """Return the SHA-256 of a stored file as it lies there now; "" when it is gone (SYS-06)."""
    try:
        with file.open("rb") as stored:
            return hashlib.file_digest(stored, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(ord(c) < 32 and c not in "\t\n\r" for c in text)

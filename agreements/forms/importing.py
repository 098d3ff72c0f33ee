"""Bring in a school's own texts: read the files, look them over, say what each is, keep them.

Between reading and keeping nothing is stored: the page itself carries what was read, signed, so
that it comes back unaltered and a refusal loses nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from agreements.actions.importing import FromFile
from agreements.document import AgreementDocument, from_json, to_json
from agreements.models import Agreement
from agreements.reading import read_docx, read_markdown
from agreements.vocabulary import Audience, Kind
from common.errors import Refusal, StaleRecord
from common.file_checks import clean_name
from common.forms import MultipleFileField

SALT = "agreements.importing"
MOST_FILES = 10
MEGABYTES = 2
_WORDS = (
    (Audience.PUPIL_KS1, ("ks1", "infant", "early", "reception")),
    (Audience.PUPIL_KS2, ("ks2", "junior", "pupil", "child")),
    (Audience.PUPIL_SECONDARY, ("ks3", "ks4", "secondary", "student", "learner")),
    (Audience.PARENT, ("parent", "carer", "family", "home")),
    (Audience.GOVERNOR, ("governor", "trustee")),
    (Audience.VOLUNTEER, ("volunteer", "contractor", "supply")),
    (Audience.VISITOR, ("visitor", "guest")),
    (Audience.EXTERNAL, ("external", "hirer", "group")),
    (Audience.STAFF, ("staff", "teacher", "employee")),
)


class FilesForm(forms.Form):
    """The files to be read."""

    unmarked = ("files",)

    files = MultipleFileField(  # type: ignore[assignment]
        most=MOST_FILES,
        label="Files with your texts",
        help_text=(
            f"Word (.docx) or Markdown (.md, .txt), up to {MOST_FILES} files of {MEGABYTES} MB. "
            "Make each clause a numbered point or give it a heading."
        ),
        required=False,
    )


@dataclass(frozen=True)
class Read:
    """A file that was read and understood."""

    file: str
    document: AgreementDocument


class FileForm(forms.Form):
    """What one file is: leave it out, or say its kind and audience."""

    keep = forms.BooleanField(label="Bring this in", required=False, initial=True)
    kind = forms.ChoiceField(label="Kind", choices=Kind.choices, initial=Kind.AGREEMENT)
    audience = forms.ChoiceField(
        label="Whom it is for",
        choices=[("", "Choose"), *Audience.choices],
        error_messages={"required": "Say whom it is for."},
    )

    def __init__(self, *args: Any, read: Read, in_use: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["audience"] = guessed_audience(f"{read.file} {read.document.title}")
        self.read, self.in_use = read, in_use

    def clean(self) -> dict[str, Any]:
        """Refuse a second acceptable-use agreement for an audience."""
        data = super().clean() or self.cleaned_data
        if not data.get("keep"):
            self.errors.clear()
        elif data.get("kind") == Kind.AGREEMENT and data.get("audience") in self.in_use:
            self.add_error(
                "audience",
                "This audience has an agreement. Choose another audience or kind, or write a new "
                "version of that one.",
            )
        return data

    def chosen(self) -> FromFile | None:
        """Return the file as it is to be kept, or None where it is left out."""
        data = self.cleaned_data
        if not data.get("keep"):
            return None
        return FromFile(self.read.file, self.read.document, data["kind"], data["audience"])


def forms_for(read: Iterable[Read], *, in_use: Iterable[Agreement], data: Any) -> list[FileForm]:
    """Return a form for each file; ``data`` fills in those that the page had already."""
    busy = frozenset(one.audience for one in in_use if one.active and one.kind == Kind.AGREEMENT)
    found = []
    for index, one in enumerate(read):
        prefix = f"f{index}"
        sent = data if data is not None and f"{prefix}-kind" in data else None
        found.append(FileForm(sent, prefix=prefix, read=one, in_use=busy))
    return found


def all_valid(found: list[FileForm]) -> bool:
    """Return whether every file may be kept; two for one audience are refused at the second."""
    answers = [form.is_valid() for form in found]
    good = all(answers)
    seen: set[str] = set()
    for form in found if good else ():
        chosen = form.chosen()
        if chosen is None or chosen.kind != Kind.AGREEMENT:
            continue
        if chosen.audience in seen:
            form.add_error("audience", "Another file here is for this audience.")
            good = False
        seen.add(chosen.audience)
    return good


def read_file(upload: UploadedFile) -> Read:
    """Return what a file holds; refuses, in words, what cannot be read as an agreement."""
    name = clean_name(upload.name or "")
    if (upload.size or 0) > MEGABYTES * 1024 * 1024:
        raise Refusal(f"“{name}” is larger than {MEGABYTES} MB. Take out large pictures.")
    content = upload.read()
    ending = name.rpartition(".")[2].lower()
    try:
        return Read(name, _document(ending, content))
    except Refusal as refusal:
        raise Refusal(f"“{name}” was not read. {refusal}") from None


def carried(read: Iterable[Read]) -> str:
    """Return what was read as one signed word that a page can carry."""
    rows = [
        [one.file, vars(one.document) | {"clauses": to_json(one.document.clauses)}] for one in read
    ]
    return signing.dumps(rows, salt=SALT, compress=True) if rows else ""


def brought_back(word: str) -> list[Read]:
    """Return what a page carried; refuses what was altered or is older than a day."""
    if not word:
        return []
    try:
        rows = signing.loads(word, salt=SALT, max_age=24 * 3600)
    except signing.BadSignature:
        raise StaleRecord("This page was open too long. Choose the files again.") from None
    return [
        Read(file, AgreementDocument(**values | {"clauses": from_json(values["clauses"])}))
        for file, values in rows
    ]


def guessed_audience(words: str) -> str:
    """Return the audience that a file's name or title hints at, "" for none."""
    said = words.lower()
    return next((who for who, hints in _WORDS if any(hint in said for hint in hints)), "")


def _document(ending: str, content: bytes) -> AgreementDocument:
    if ending == "docx":
        return read_docx(content)
    if ending not in {"md", "markdown", "txt"}:
        raise Refusal("Choose a Word file (.docx) or Markdown (.md, .txt).")
    try:
        return read_markdown(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise Refusal("Its letters cannot be read. Save it as UTF-8 and try again.") from None

"""Keep the file of a paper: checked by its content, under a random name, with its SHA-256."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from assets.models import CompanyPaper, DisposalPaper
from assets.models.files import KeptFile
from common.errors import Refusal
from common.file_checks import check_upload, file_digest

MEGABYTES = 20
Paper = CompanyPaper | DisposalPaper | KeptFile
FIELDS = ("file", "file_name", "file_kind", "sha256", "file_by", "file_at")  # of a KeptFile


@contextmanager
def file_kept(paper: Paper, upload: UploadedFile) -> Iterator[Paper]:
    """Put an upload into a paper that is about to be saved; the file goes again if that fails.

    Refuses what ``check_upload`` refuses (SYS-06).
    """
    checked = check_upload(upload, megabytes=MEGABYTES)
    paper.file_name, paper.file_kind = checked.name, checked.kind
    paper.sha256 = hashlib.sha256(checked.content).hexdigest()
    paper.file.save("", ContentFile(checked.content), save=False)
    try:
        yield paper
    except BaseException:
        paper.file.storage.delete(str(paper.file.name))
        raise


def upload_digest(upload: UploadedFile) -> str:
    """Return the SHA-256 of an upload, which may be read again afterwards."""
    digest = hashlib.file_digest(upload, "sha256").hexdigest()
    upload.seek(0)
    return digest


def check_file(paper: Paper) -> None:
    """Refuse a stored file that is gone or is not, byte for byte, the one taken in (SYS-06)."""
    if file_digest(paper.file) != paper.sha256:
        raise Refusal(
            f"“{paper.file_name}” is not in the store as it was taken in. Do not rely on it, and "
            "tell whoever looks after this system."
        )

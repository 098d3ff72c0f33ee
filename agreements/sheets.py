"""The sheet on which somebody signs on paper: the whole text, three lines, a QR code (AGR-09)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.safestring import SafeString

from agreements.models import Obligation
from agreements.shown import Shown, shown_to
from common.codes import growing_qr
from common.pages import page_url

LANGUAGE = "en"
CODE_LENGTH = 12


@dataclass(frozen=True)
class Sheet:
    """One person's sheet: what they are asked, the text as it is shown to them, and its code."""

    obligation: Obligation
    shown: Shown
    code: str
    address: str

    @property
    def qr(self) -> SafeString:
        """Return the QR code that leads to where the sheet is taken in."""
        return growing_qr(self.address)


def shown_on_paper(obligation: Obligation) -> Shown:
    """Return the text as it stands on the sheet of one person."""
    return shown_to(obligation.version, LANGUAGE, obligation.roles)


def sheet_code(obligation: Obligation) -> str:
    """Return the code that says which text a sheet carries: the beginning of its hash."""
    return shown_on_paper(obligation).sha256[:CODE_LENGTH]


def sheet_of(obligation: Obligation) -> Sheet:
    """Return the sheet for what one person is asked."""
    shown = shown_on_paper(obligation)
    code = shown.sha256[:CODE_LENGTH]
    path = page_url(obligation.school, "paper_take", obligation.pk)
    return Sheet(obligation, shown, code, f"{settings.SITE_URL}{path}?sheet={code}")


def sheets_of(obligations: Iterable[Obligation]) -> list[Sheet]:
    """Return the sheets of many, in their order."""
    return [sheet_of(one) for one in obligations]

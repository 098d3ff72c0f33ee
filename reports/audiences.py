"""Whom a report is for: the governors, the headteacher, or an outside body (REP-01, 02, 05)."""

from django.db.models import TextChoices


class Audience(TextChoices):
    """Whom a report is for. Each has a title, and those for outside name who gets it."""

    GOVERNORS = "governors", "The governors"
    HEAD = "head", "The headteacher"
    AUTHORITY = "authority", "The local authority or safeguarding board"


TITLES: dict[str, str] = {
    Audience.GOVERNORS: "Report to the governors",
    Audience.HEAD: "Monitoring report to the headteacher",
    Audience.AUTHORITY: "Report to the authority or board",
}

"""Declare one's own use of lent equipment, and pass it to payroll (AST-11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from assets.conditions.common import check_power, said
from assets.models import UseDeclaration
from assets.queries.declarations import must_declare, tax_year_asked, to_pass
from audit.actions import record
from common.dates import uk_date
from common.errors import Refusal, StepRefused
from people.models import Person, School


@dataclass(frozen=True)
class OwnUse:
    """Whether somebody used what was lent to them for themselves, from when to when, and how."""

    significant: bool
    used_from: date | None = None
    used_until: date | None = None
    words: str = ""


@transaction.atomic
def declare_use(*, use: OwnUse, submission: UUID, by: Person, at: datetime) -> UseDeclaration:
    """Declare one's own use of lent equipment in the tax year the school asks about (AST-11).

    The same ``submission`` sent twice gives the one declaration. Refuses whoever is not asked or
    has said so already, and significant use without days of that year and a word what it was.
    """
    check_power(by, "declare_use", at)
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    made = UseDeclaration.objects.filter(submission=submission).first()
    if made:
        return made
    year = tax_year_asked(by.school, localdate(at))
    if year is None or not must_declare(by, localdate(at)):
        raise StepRefused("You have declared it already, or nothing was on loan to you then.")
    days: dict[str, date | str | None] = {"used_from": None, "used_until": None, "words": ""}
    if use.significant:
        first, last = use.used_from, use.used_until
        if not (first and last and year.starts <= first <= last <= year.ends):
            raise Refusal(
                f"Say from when to when. Both days lie from {uk_date(year.starts)} to "
                f"{uk_date(year.ends)}."
            )
        words = said(use.words, "Say in a few words what you used it for.")
        days = {"used_from": first, "used_until": last, "words": words}
    made = UseDeclaration.objects.create(
        school=by.school,
        person=by,
        submission=submission,
        from_date=year.starts,
        until_date=year.ends,
        significant=use.significant,
        declared_at=at,
        **days,
    )
    record("declare_use", made, by=by, at=at, facts={"until": year.ends.isoformat()})
    return made


@transaction.atomic
def pass_declarations(
    *, school: School, declarations: Sequence[UseDeclaration], by: Person, at: datetime
) -> int:
    """Write down that payroll was told of declarations of significant use; return of how many.

    Refuses none at all. One's own is passed on by somebody else, and what was passed stays so.
    """
    check_power(by, "keep_declarations", at)
    wanted = [one.pk for one in declarations]
    rows = to_pass(school).filter(pk__in=wanted).exclude(person=by)
    locked = list(rows.select_for_update(of=("self",)))
    if not locked:
        raise Refusal("Choose at least one that payroll has not been told of. Not your own.")
    for one in locked:
        one.passed_at, one.passed_by = at, by
        one.save(update_fields=["passed_at", "passed_by"])
    facts = {"count": len(locked), "declarations": [one.pk for one in locked]}
    record("pass_declarations", school, by=by, at=at, facts=facts, school_id=school.pk)
    return len(locked)

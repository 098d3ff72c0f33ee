"""Change for what a school asks consent; nothing is ever deleted (CON-02, CON-06, CON-07)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from agreements.consent_forms import ready_made_purposes
from agreements.models import ConsentPurpose
from agreements.vocabulary import ConsentKind
from audit.actions import record
from common.errors import Refusal
from people.models import Person, School

WORDS = ("label", "question", "note")


@transaction.atomic
def set_up_purposes(*, school: School, by: Person | str, at: datetime) -> list[ConsentPurpose]:
    """Write the ready-made purposes a school does not have yet; may be repeated."""
    known = set(ConsentPurpose.objects.filter(school=school).values_list("code", flat=True))
    return [
        _create(school, order=order, by=by, at=at, **row)
        for order, row in enumerate(ready_made_purposes(), start=1)
        if row["code"] not in known
    ]


@transaction.atomic
def add_purpose(
    *,
    school: School,
    kind: str,
    label: str,
    question: str,
    note: str,
    individual: bool,
    by: Person,
    at: datetime,
) -> ConsentPurpose:
    """Ask for something more, such as a new online service (CON-06).

    Until somebody answers it counts as no. Refuses empty words and a kind nobody knows.
    """
    words = _clean(label, question, note)
    if kind not in ConsentKind.values:
        raise Refusal("Choose what the question is about.")
    rows = ConsentPurpose.objects.filter(school=school)
    last = rows.aggregate(last=Max("order"))["last"] or 0
    code = _free_code(words["label"], set(rows.values_list("code", flat=True)))
    return _create(
        school, code=code, kind=kind, individual=individual, order=last + 1, by=by, at=at, **words
    )


@transaction.atomic
def edit_purpose(
    *, purpose: ConsentPurpose, label: str, question: str, note: str, by: Person, at: datetime
) -> ConsentPurpose:
    """Put the words of a question right; the trail keeps the words before.

    Earlier answers go on counting, so a question that comes to mean something else is a new one.
    Whoever has the questions open has to look again.
    """
    purpose = ConsentPurpose.objects.select_for_update().get(pk=purpose.pk)
    before, after = _words_of(purpose), _clean(label, question, note)
    if before == after:
        return purpose
    for name, value in after.items():
        setattr(purpose, name, value)
    return _save(purpose, "edit_purpose", by, at, {"before": before, "after": after})


@transaction.atomic
def close_purpose(*, purpose: ConsentPurpose, by: Person, at: datetime) -> ConsentPurpose:
    """Ask for this no more: from now on it counts as no for everybody. Answers are kept."""
    purpose = ConsentPurpose.objects.select_for_update().get(pk=purpose.pk)
    if not purpose.active:
        raise Refusal("The school does not ask this any more.")
    purpose.active = False
    return _save(purpose, "close_purpose", by, at, {"code": purpose.code})


@transaction.atomic
def reopen_purpose(*, purpose: ConsentPurpose, by: Person, at: datetime) -> ConsentPurpose:
    """Ask for this again; the answers given before count again."""
    purpose = ConsentPurpose.objects.select_for_update().get(pk=purpose.pk)
    if purpose.active:
        raise Refusal("The school asks this already.")
    purpose.active = True
    return _save(purpose, "reopen_purpose", by, at, {"code": purpose.code})


def _create(school: School, *, by: Person | str, at: datetime, **values: Any) -> ConsentPurpose:
    changed_by = by if isinstance(by, Person) else None
    purpose = ConsentPurpose.objects.create(
        school=school, changed_by=changed_by, changed_at=at, **values
    )
    facts = {"code": purpose.code, "after": _words_of(purpose)}
    record("add_purpose", purpose, by=by, at=at, facts=facts)
    return purpose


def _save(
    purpose: ConsentPurpose, verb: str, by: Person, at: datetime, facts: dict[str, Any]
) -> ConsentPurpose:
    purpose.changed_by, purpose.changed_at = by, at
    purpose.save(update_fields=[*WORDS, "active", "changed_by", "changed_at"])
    record(verb, purpose, by=by, at=at, facts=facts)
    return purpose


def _words_of(purpose: ConsentPurpose) -> dict[str, str]:
    return {name: getattr(purpose, name) for name in WORDS}


def _clean(label: str, question: str, note: str) -> dict[str, str]:
    label, question, note = (" ".join(text.split()) for text in (label, question, note))
    if not label or not question:
        raise Refusal("Write a short name and a question.")
    if not note:
        raise Refusal("Say what it means, where pictures or data are kept and for how long.")
    return {"label": label[:80], "question": question[:300], "note": note[:400]}


def _free_code(label: str, taken: set[str]) -> str:
    stem = slugify(label)[:34].strip("-") or "purpose"
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in range(1, 1000))
    return next(code for code in numbered if code not in taken)

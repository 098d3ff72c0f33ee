"""The list of agreements: who is asked, how often, what is live, what waits (AGR-01, AGR-24)."""

from collections.abc import Iterable
from dataclasses import dataclass

from agreements.audience import asked_of, renewed_yearly, signed_by_parents
from agreements.libraries import LibraryAgreement, library_names, read_library
from agreements.models import Agreement, AgreementVersion
from agreements.vocabulary import Asks, Audience, Kind
from people.models import School

ASKED = {
    Asks.SIGN: "They sign",
    Asks.ACKNOWLEDGE: "They say that they have read it",
    Asks.FAMILIARISE: "Their class is made familiar with it",
}


@dataclass(frozen=True)
class Row:
    """One agreement with the version people sign and the one that waits."""

    agreement: Agreement
    live: AgreementVersion | None
    waiting: AgreementVersion | None
    asked: str

    @property
    def newest(self) -> AgreementVersion:
        """Return the version its name leads to: the live one, or else the newest."""
        return self.live or self.waiting or self.agreement.versions.all()[0]


@dataclass(frozen=True)
class Group:
    """The agreements of one sort, in the order of their audiences."""

    label: str
    rows: list[Row]


def overview_rows(school: School, agreements: Iterable[Agreement]) -> list[Group]:
    """Return agreements read with their versions, in groups; closed ones come last."""
    order = {audience: place for place, audience in enumerate(Audience.values)}
    rows = [_row(school, one) for one in agreements]
    rows.sort(key=lambda row: (order[row.agreement.audience], row.agreement.title))
    used = [row for row in rows if row.agreement.active]
    own = [row for row in used if row.agreement.kind == Kind.AGREEMENT]
    groups = [
        Group("Acceptable-use agreements", own),
        Group("Other documents people sign", [row for row in used if row not in own]),
        Group("No longer used", [row for row in rows if not row.agreement.active]),
    ]
    return [group for group in groups if group.rows]


def not_started(agreements: Iterable[Agreement]) -> list[LibraryAgreement]:
    """Return the ready-made texts a school may still start from, by audience."""
    found = list(agreements)
    codes = {one.code for one in found}
    busy = {one.audience for one in found if one.active and one.kind == Kind.AGREEMENT}
    ready = [read_library(name) for name in library_names()]
    order = list(Audience.values)
    return sorted(
        (
            one
            for one in ready
            if one.name.replace("_", "-") not in codes
            and not (one.kind == Kind.AGREEMENT and one.audience in busy)
        ),
        key=lambda one: (one.kind != Kind.AGREEMENT, order.index(one.audience)),
    )


def asked_in_words(school: School, agreement: Agreement) -> str:
    """Return what its audience does with an agreement and how often, by the school's settings."""
    if agreement.audience == Audience.VISITOR:
        signed = agreement.kind == Kind.AGREEMENT
        return "They sign at reception, each visit" if signed else "To show; nobody is asked"
    asked = asked_of(school, agreement)
    if not asked:
        return "They are not asked"
    by_parent = agreement.audience != Audience.PARENT and signed_by_parents(school, agreement)
    often = "when they join and every September" if renewed_yearly(school, agreement) else "once"
    does = "A parent signs for them" if by_parent else ASKED[Asks(asked)]
    return f"{does}, {often}"


def _row(school: School, agreement: Agreement) -> Row:
    versions = list(agreement.versions.all())
    return Row(
        agreement,
        live=next((one for one in versions if one.live), None),
        waiting=next((one for one in versions if one.status != "published"), None),
        asked=asked_in_words(school, agreement),
    )

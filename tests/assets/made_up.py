"""Rows of equipment and devices by lot, written past the actions, for figures to be counted."""

import random
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from assets import models
from assets.vocabulary import AssetKind, LicenceKind, Method, Route, RuleBroken, SearchKind
from assets.workflow import BATCH_STATES
from tests.assets.made_up_phones import MINUTE, PHONE_KINDS, PhoneLots
from tests.cast import NOW, Cast

DAY = timedelta(days=1)


class Lots(PhoneLots):
    """Writes rows around the two months before now and the weeks after; the same for a seed."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast = cast
        self.dice = random.Random(seed)  # noqa: S311  nothing secret
        self.made = SimpleNamespace(**{kind: [] for kind in KINDS})

    def write(self, count: int) -> SimpleNamespace:
        """Write so many rows of every kind; return them by kind."""
        for number in range(count):
            for kind in KINDS:
                if writes := getattr(self, f"_{kind}", None):  # others bring the rest along
                    writes(number)
        return self.made

    def moment(self) -> datetime:
        """Return a moment, also near midnight."""
        return NOW + MINUTE * self.dice.randrange(-60 * 24 * 70, 60 * 24 * 12)

    def maybe(self, after: datetime) -> datetime | None:
        """Return a moment some days after another, or none."""
        return self.dice.choice((None, after + MINUTE * self.dice.randrange(60 * 24 * 20)))

    def uuid(self) -> UUID:
        """Return the next identity of a form."""
        return UUID(int=self.dice.getrandbits(128))

    def _add(self, lot: str, /, **values: Any) -> Any:
        row = KINDS[lot].objects.create(school=self.cast.school, **values)
        getattr(self.made, lot).append(row)
        return row

    def _asset(self, number: int) -> None:
        at, keeps = self.moment(), self.dice.random() < 0.7
        gone = self.maybe(at) if self.dice.random() < 0.4 else None
        some_end = NOW.date() + DAY * self.dice.randrange(-20, 20)
        self._add(
            "asset",
            tag=f"T-{number}",
            submission=self.uuid(),
            kind=self.dice.choice(AssetKind.values),
            state="disposed" if gone else "in_service",
            disposed_at=gone,
            keeps_data=keeps,
            encryption=self.dice.choice(("yes", "no", "unknown")) if keeps else "not_needed",
            support_until=self.dice.choice((None, NOW.date(), some_end)),
            added_by=self.cast.tina,
            added_at=at,
        )

    def _take(self, number: int) -> None:
        counts = {n: self.dice.randrange(9) for n in ("found", "moved", "missing", "unseen")}
        closed = self.moment() if number else None
        self._add(
            "take",
            name=f"Take {number}",
            started_by=self.cast.tina,
            started_at=NOW,
            closed_at=closed,
            closed_by=self.cast.tina if closed else None,
            counts={"expected": sum(counts.values()), **counts} if closed else {},
        )

    def _software(self, number: int) -> None:
        row = self._add(
            "software",
            title=f"Program {number}",
            submission=self.uuid(),
            licence_kind=self.dice.choice(LicenceKind.values),
            seats=self.dice.randrange(1, 4),
            expires_date=self.dice.choice((None, NOW.date() + DAY * self.dice.randrange(-9, 9))),
            approved=self.dice.random() < 0.6,
            ended_at=self.dice.choice((None, None, NOW)),
            added_by=self.cast.tina,
            added_at=NOW,
        )
        for asset in self.dice.sample(self.made.asset, min(number, self.dice.randrange(4))):
            removed = self.dice.choice((None, None, NOW.date()))
            days = {"installed_date": NOW.date(), "removed_date": removed}
            self._add("installation", software=row, asset=asset, **days)

    def _loan(self, number: int) -> None:
        at = self.moment()
        back = self.maybe(at)
        self._add(
            "loan",
            asset=self.made.asset[number],
            submission=self.uuid(),
            borrower=self.cast.tom,
            use="work",
            agreement="Signed",
            lent_at=at,
            lent_by=self.cast.tina,
            due_date=at.date() + DAY * self.dice.randrange(15),
            condition_out="good",
            returned_at=back,
            taken_back_by=self.cast.tina if back else None,
        )

    def _loss(self, number: int) -> None:
        at = self.moment()
        judged = self.dice.choice(("incident", "reason", ""))
        self._add(
            "loss",
            asset=self.made.asset[number],
            submission=self.uuid(),
            kind=self.dice.choice(("lost", "stolen")),
            **dict.fromkeys(("last_seen", "what"), "Gone"),
            reported_by=self.cast.tom,
            **dict.fromkeys(("noticed_at", "reported_at"), at),
            incident_reference="2026-0001" if judged == "incident" else "",
            no_incident_reason="Wiped from afar." if judged else "",
            found_at=self.maybe(at),
        )

    def _upkeep(self, number: int) -> None:
        kind = self.dice.choice(("repair", "electrical", "safety", "upgrade"))
        began = {"started_date": self.moment().date(), "started_by": self.cast.tina}
        told = {"submission": self.uuid(), "kind": kind, "reason": "Yearly", **began}
        self._add("upkeep", asset=self.made.asset[number], **told)

    def _quarantine(self, number: int) -> None:
        at = self.moment()
        self._add(
            "quarantine",
            asset=self.made.asset[number],
            incident_reference="2026-0001",
            before="in_service",
            reason="Evidence",
            place="Safe",
            kept_by=self.cast.dora,
            kept_at=at,
            released_at=self.maybe(at),
        )

    def _batch(self, number: int) -> None:
        """Write a disposal of one device with two disks; the device may be taken out again."""
        at, state = self.moment(), self.dice.choice((*BATCH_STATES, "disposed", "disposed"))
        closed = at + DAY * self.dice.randrange(20) if state == "disposed" else None
        left = state in {"collected", "disposed"}
        decided = left or state == "approved"
        batch = self._add(
            "batch",
            reference=f"D-{number}",
            submission=self.uuid(),
            state=state,
            route=self.dice.choice(Route.values),
            reason="Old",
            prepared_by=self.cast.tina,
            prepared_at=at,
            decided_by=self.cast.hana if decided else None,
            collected_at=at if left else None,
            papers_due_date=at.date() + 10 * DAY if left else None,
            finished_at=closed,
            seal=f"{number:064}" if closed else "",
        )
        asset = self.made.asset[number]
        told = {"batch": batch, "asset": asset, "added_by": self.cast.tina, "added_at": at}
        out = at if self.dice.random() < 0.2 else None
        self._add("item", **told, condition="broken", removed_at=out)
        for disk in range(2):
            values = {"asset": asset, "kind": "hdd", "serial": f"S-{disk}", "added_at": at}
            medium = models.Medium.objects.create(school=self.cast.school, **values)
            for result in self.dice.choice((("done",), ("failed", "done"), ("done", "done"))):
                self._wiped(batch=batch, medium=medium, result=result, at=at)

    def _wiped(self, *, batch: Any, medium: Any, result: str, at: datetime) -> None:
        self._add(
            "wipe",
            batch=batch,
            medium=medium,
            submission=self.uuid(),
            method=self.dice.choice(Method.values),
            technique="Erase",
            result=result,
            failure="Stuck" if result == "failed" else "",
            **dict.fromkeys(("done_by", "recorded_by"), self.cast.tina),
            **dict.fromkeys(("done_at", "recorded_at"), at),
            verified_by=self.cast.dora if result == "done" else None,
        )

    def _device(self, number: int) -> None:
        pupil, at = self.dice.random() < 0.6, self.moment()
        state = self.dice.choice(("asked", "kept", "refused", "ended") if pupil else ("kept",))
        self._add(
            "device",
            submission=self.uuid(),
            state=state,
            kind="phone",
            make=f"Make {number}",
            **dict.fromkeys(("owner", "asked_by"), self.cast.pia if pupil else self.cast.tom),
            asked_at=at,
            decided_at=at if pupil and state in {"kept", "refused"} else None,
        )

    def _recording(self, number: int) -> None:
        at = self.moment()
        state = self.dice.choice(("asked", "active", "refused", "withdrawn", "ended"))
        allowed = state in {"active", "ended"} or (state == "withdrawn" and number % 2)
        row = self._add(
            "recording",
            reference=f"R-{number}",
            submission=self.uuid(),
            state=state,
            holder=self.cast.tom,
            device=self.made.device[0],
            purpose="A trip",
            **dict.fromkeys(("from_date", "until_date"), at.date()),
            asked_at=at,
            decided_at=at if allowed or state == "refused" else None,
        )
        used = self.moment()
        off = self.dice.choice((None, used, used + DAY))
        self._add(
            "use",
            permission=row,
            submission=self.uuid(),
            used_date=used.date(),
            what="Pictures",
            noted_at=used,
            **dict.fromkeys(("deleted_at", "confirmed_at"), off),
        )

    def _confiscation(self, number: int) -> None:
        at = self.moment()
        back = self.maybe(at)
        given = {"returned_at": back, "returned_to": self.cast.paul, "signed_name": "Paul"}
        self._add(
            "confiscation",
            reference=f"C-{number}",
            submission=self.uuid(),
            pupil=self.cast.pia,
            kind="phone",
            item="Nokia",
            condition="good",
            rule=self.dice.choice(RuleBroken.values),
            **dict.fromkeys(("taken_by", "held_by"), self.cast.tom),
            **dict.fromkeys(("taken_at", "recorded_at"), at),
            stored_where="Office",
            due_date=at.date() + DAY * self.dice.randrange(9),
            **(given | {"state": "returned"} if back else {}),
        )

    def _search(self, number: int) -> None:
        at = self.moment()
        self._add(
            "search",
            reference=f"S-{number}",
            submission=self.uuid(),
            kind=self.dice.choice(SearchKind.values),
            pupil=self.cast.pia,
            searched_at=at,
            **dict.fromkeys(("place", "reason"), "Office"),
            **dict.fromkeys(("searched_by", "recorded_by"), self.cast.dora),
            authorised_by=self.cast.hana,
            witness=self.cast.tom,
            sought="weapon",
            found=self.dice.random() < 0.5,
            recorded_at=at,
            parents_told_at=self.dice.choice((None, at, at + DAY * self.dice.randrange(1, 20))),
        )


KINDS: dict[str, Any] = {
    "asset": models.Asset,
    "take": models.StockTake,
    "software": models.Software,
    "installation": models.Installation,
    "loan": models.Loan,
    "loss": models.Loss,
    "upkeep": models.Upkeep,
    "quarantine": models.Quarantine,
    "batch": models.DisposalBatch,
    "item": models.BatchItem,
    "wipe": models.Sanitisation,
    "device": models.PersonalDevice,
    "recording": models.RecordingPermission,
    "use": models.RecordingUse,
    **PHONE_KINDS,
    "confiscation": models.Confiscation,
    "search": models.SearchRecord,
}

"""The same step for many devices at once: in service, or to another room (AST-01, AST-17)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from assets.actions.inventory import put_in_service
from assets.actions.rooms import move_asset
from assets.conditions.common import check_power
from assets.models import Asset, Room
from assets.queries.inventory import assets_of
from assets.steps.rooms import room_called
from audit.actions import record
from common.errors import Refusal
from common.pages import page_url
from people.jobs import progress, start_job
from people.models import Job, Person, School

KIND = "asset_change"
# The trail of the school waits until all of them are done: about two seconds for so many.
MOST = 300
NOTHING = "Tick the devices first."
TOO_MANY = f"At most {MOST} devices are changed at once. Narrow the list first."


@dataclass(frozen=True)
class Service:
    """What is checked before devices are used; what is left out stands as the register has it."""

    encryption: str = ""
    antivirus: str = ""

    def written(self, _school: School) -> dict[str, Any]:
        """Return what the job is told."""
        return {"deed": "put_in_service", **vars(self)}


@dataclass(frozen=True)
class Move:
    """The room to which devices go; one of that name is made when there is none."""

    room_name: str

    def written(self, school: School) -> dict[str, Any]:
        """Return what the job is told; refuses no room."""
        room = room_called(school, self.room_name)
        if room is None:
            raise Refusal("Say which room they go to.")
        return {"deed": "move_asset", "room": room.pk}


@transaction.atomic
def change_assets(
    *,
    school: School,
    submission: UUID,
    keys: Sequence[int],
    change: Service | Move,
    by: Person,
    at: datetime,
) -> Job:
    """Queue one step for many devices and return the job, whose page says what was refused.

    The same ``submission`` sent twice gives the one job. Refuses none, too many, and whoever may
    not change the register.
    """
    from assets.tasks import change_many_assets

    check_power(by, "edit_assets", at)
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    sent_before = Job.objects.filter(school=school, kind=KIND, requested_by=by)
    if made := sent_before.filter(input__submission=str(submission)).first():
        return made
    if not keys:
        raise Refusal(NOTHING)
    if len(keys) > MOST:
        raise Refusal(TOO_MANY)
    told = change.written(school)
    facts = {"deed": told["deed"], "count": len(keys)}
    record("change_assets", school, by=by, at=at, facts=facts, school_id=school.pk)
    return start_job(
        school=school,
        kind=KIND,
        label="Put in service" if isinstance(change, Service) else "Move to another room",
        task=change_many_assets,
        input={"submission": str(submission), "assets": list(keys), **told},
        by=by,
        at=at,
        back=("asset_list",),
    )


def finish_change(*, job: Job, at: datetime) -> None:
    """Take the step for each device a job names; called by its job.

    One that is refused is left as it is, and the job says why; the others are done.
    """
    by, keys = job.requested_by, job.input["assets"]
    if by is None:
        raise Refusal("Nobody asked for this.")
    deed = DEEDS[job.input["deed"]](job.input)
    found = assets_of(job.school).in_bulk(keys)
    refused = []
    for number, asset in enumerate((found[key] for key in keys if key in found), 1):
        try:
            with transaction.atomic():
                deed(asset=asset, by=by, at=at)
        except Refusal as refusal:
            page = page_url(job.school, "asset_detail", asset.pk)
            refused.append({"label": asset.tag, "why": str(refusal), "url": page})
        progress(job.pk, number, len(keys))
    job.result = {"refused": refused}
    done = len(found) - len(refused)
    words = "1 device is done" if done == 1 else f"{done} devices are done"
    job.message = f"{words}, {len(refused)} refused." if refused else f"{words}."


def _service(told: dict[str, Any]) -> Callable[..., Asset]:
    def deed(*, asset: Asset, by: Person, at: datetime) -> Asset:
        said = {
            name: told[name] if asset.keeps_data else "" for name in ("encryption", "antivirus")
        }
        checked = {name: value or getattr(asset, name) for name, value in said.items()}
        return put_in_service(asset=asset, **checked, version=asset.version, by=by, at=at)

    return deed


def _move(told: dict[str, Any]) -> Callable[..., Asset]:
    room = Room.objects.get(pk=told["room"])
    return lambda **deed: move_asset(room=room, **deed)


DEEDS: dict[str, Callable[[dict[str, Any]], Callable[..., Asset]]] = {
    "put_in_service": _service,
    "move_asset": _move,
}

"""A disposal as its pages show it: who it is, what is missing, and what happens next."""

from typing import Any

from django.utils.timezone import localdate

from assets.disposal_needs import DisposalFile, Proof
from assets.models import DisposalBatch
from assets.workflow import BATCH
from common.dates import uk_date, uk_datetime
from common.pages import page_url
from common.requests import SchoolRequest
from common.workflow import Step

STATE_KINDS = {
    "proposed": ("", ""),
    "submitted": ("wait", "clock"),
    "approved": ("information", ""),
    "collected": ("wait", "clock"),
    "disposed": ("done", "check"),
    "refused": ("", ""),
    "withdrawn": ("", ""),
}
WAITS = {
    "proposed": "Put devices in, then ask for approval.",
    "submitted": "It waits for somebody who did not prepare it to decide.",
    "approved": "Storage media are wiped or destroyed, then the devices are handed over.",
    "collected": "It stays open until every paper is here and the counts agree.",
    "disposed": "It is closed. Its certificate can be printed at any time.",
    "refused": "It was refused. The devices are no longer wanted, as before.",
    "withdrawn": "It was withdrawn. The devices are no longer wanted, as before.",
}
READY = "Everything is here. It can be closed."
UNSAID = "not confirmed yet"
OWN = "You prepared this, so somebody else has to decide on it."


def identity_of(batch: DisposalBatch) -> dict[str, Any]:
    """Return what the identity bar of a disposal shows."""
    kind, icon = STATE_KINDS[batch.state]
    facts = [
        ("What becomes of it", batch.get_route_display()),
        ("Taken by", str(batch.company or batch.recipient)),
        ("Prepared by", f"{batch.prepared_by}, {uk_date(batch.prepared_at)}"),
    ]
    if batch.decided_by:
        facts.append(("Decided by", f"{batch.decided_by}, {uk_date(batch.decided_at)}"))
    if batch.collected_at:
        facts.append(("Collected", uk_datetime(batch.collected_at)))
        facts.append(("Handed over by", str(batch.handed_over_by)))
        confirmed = f"confirmed {uk_date(batch.witnessed_at)}" if batch.witnessed_at else UNSAID
        facts.append(("Seen by", f"{batch.witnessed_by}, {confirmed}"))
    if batch.tracking_reference:
        facts.append(("Waste tracking", batch.tracking_reference))
    if batch.state == "collected":
        facts.append(("Papers due", uk_date(batch.papers_due_date)))
    return {
        "reference": batch.reference,
        "state": batch.get_state_display(),
        "state_kind": kind,
        "state_icon": icon,
        "facts": [{"label": label, "value": value} for label, value in facts],
    }


def asked_rows(batch: DisposalBatch) -> list[dict[str, str]]:
    """Return what is asked for and what was said of it, as rows of a summary list."""
    note = {"proposed": "To be changed", "withdrawn": "Why withdrawn"}
    rows = [
        ("Why", batch.reason),
        (note.get(batch.state, "Decision"), batch.decision_note),
        ("What was done about late papers", batch.breach_note),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def device_rows(request: SchoolRequest, file: DisposalFile) -> list[dict[str, Any]]:
    """Return each device with what it needs, each need with the page that deals with it."""
    return [
        {
            "item": device.item,
            "asset": device.asset,
            "needs": shown_needs(request, file, device.proofs),
        }
        for device in file.devices
    ]


def shown_needs(
    request: SchoolRequest, file: DisposalFile, proofs: list[Proof]
) -> list[dict[str, Any]]:
    """Return needs as the checklist draws them; a page is named only to who may use it now."""
    return [
        {
            "label": one.label if one.met or not one.early else f"{one.label}, before it leaves",
            "done": one.met,
            "url": "" if one.met else _page_for(request, file.batch, one),
        }
        for one in proofs
    ]


def _page_for(request: SchoolRequest, batch: DisposalBatch, proof: Proof) -> str:
    """Return the page that deals with what is missing, or "" where the person cannot."""
    open_now = {step.name for step in BATCH.open_to(batch.state, request.powers)}
    if proof.paper and "add_disposal_paper" in open_now:
        return f"{page_url(batch.school, 'disposal_paper', batch.reference)}?kind={proof.paper}"
    if proof.medium and not proof.paper and "sanitise_medium" in open_now:
        page = ("sanitisation_create", batch.reference, proof.medium.pk)
        return page_url(batch.school, *page)
    if proof.asset and not proof.paper and request.may("edit_assets"):
        return page_url(batch.school, "asset_detail", proof.asset.pk)
    return ""


def next_deeds(request: SchoolRequest, file: DisposalFile) -> dict[str, Any]:
    """Return the panel “Next step” of a disposal: its one button, the others, what is missing."""
    batch = file.batch
    missing = file.missing()
    steps = [
        step for step in BATCH.open_to(batch.state, request.powers) if _fits(step, request, file)
    ]
    lead = READY if batch.state == "collected" and not missing else WAITS[batch.state]
    if batch.state == "submitted" and request.may("approve_disposal") and _own(request, file):
        lead = OWN
    likely = _likely(steps, file)
    deeds = [_link(batch, step, file) for step in steps if step is not likely]
    if batch.state == "proposed" and request.may("prepare_disposal"):
        url = page_url(batch.school, "disposal_change", batch.reference)
        deeds.append({"label": "Change route, company or reason", "url": url})
    return {
        "lead": lead,
        "deed": likely and _link(batch, likely, file),
        "deeds": deeds,
        "checklist": shown_needs(request, file, file.proofs) if _is_open(batch) else [],
    }


def _is_open(batch: DisposalBatch) -> bool:
    return batch.state in {"approved", "collected"}


def _own(request: SchoolRequest, file: DisposalFile) -> bool:
    own = {file.batch.prepared_by_id, *(device.item.added_by_id for device in file.devices)}
    return request.person.pk in own


def _fits(step: Step, request: SchoolRequest, file: DisposalFile) -> bool:
    """Return whether a step has a page and can lead anywhere now; the action refuses the rest."""
    if step.name == "approve_disposal":
        return not _own(request, file)
    if step.name == "submit_disposal":
        return bool(file.devices)
    if step.name == "sanitise_medium":
        return _to_wipe(file) is not None
    if step.name == "collect_disposal":
        return not file.missing(early=True)
    if step.name == "finish_disposal":
        return not file.missing()
    return bool(step.page)


def _likely(steps: list[Step], file: DisposalFile) -> Step | None:
    """Return the one button: closing or handing over once nothing stands against it."""
    named = {step.name: step for step in steps}
    for name in ("finish_disposal", "collect_disposal"):
        if name in named:
            return named[name]
    if file.batch.state == "proposed" and not file.devices:
        return named.get("edit_disposal")
    return next((step for step in steps if step.main), None)


def _to_wipe(file: DisposalFile) -> int | None:
    return next((one.medium.pk for one in file.media if one.proof is None), None)


def _link(batch: DisposalBatch, step: Step, file: DisposalFile) -> dict[str, str]:
    more = [_to_wipe(file)] if step.name == "sanitise_medium" else []
    label = "Put devices in or take them out" if step.name == "edit_disposal" else step.label
    return {"label": label, "url": page_url(batch.school, step.page, batch.reference, *more)}


def late_words(batch: DisposalBatch, *, on: Any) -> str:
    """Return a warning of papers that are late, and that data may be lost, or ""."""
    if batch.state != "collected" or batch.papers_due_date is None or batch.papers_due_date >= on:
        return ""
    days = (on - localdate(batch.collected_at)).days if batch.collected_at else 0
    if days >= batch.school.setting("papers_late_days"):
        return (
            f"The devices were collected {days} days ago and papers are still missing. This may be "
            "a data breach: nobody can show what became of the data. The headteacher and the "
            "senior information risk owner decide what is done."
        )
    return "Papers of this disposal are late. Ask the company for them."

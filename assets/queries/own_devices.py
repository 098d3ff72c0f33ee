"""Read people's own devices, exemptions, and who may record: who may see which (AST-13, MOB-05)."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from assets.models import Exemption, PersonalDevice, RecordingPermission, RecordingUse
from people.models import CarerLink, Person, School


def devices_of_school(school: School) -> QuerySet[PersonalDevice, PersonalDevice]:
    """Return every own device ever noted or asked for, ready for a list."""
    return PersonalDevice.objects.filter(school=school).select_related("owner", "asked_by")


def devices_mine(person: Person) -> QuerySet[PersonalDevice, PersonalDevice]:
    """Return a person's own devices, those they asked for, and those of their children."""
    mine = Q(owner=person) | Q(asked_by=person) | Q(owner__in=children_of(person).values("pk"))
    return devices_of_school(person.school).filter(mine)


def children_of(person: Person) -> QuerySet[Person, Person]:
    """Return the pupils a person cares for now."""
    links = CarerLink.objects.filter(carer=person, end_date=None, no_contact=False)
    return Person.objects.filter(pk__in=links.values("pupil"), left_date=None)


def device_or_404(person: Person, powers: Collection[str], pk: int) -> PersonalDevice:
    """Return one own device if the person may see it."""
    seen = "view_own_devices" in powers or "decide_own_device" in powers
    rows = devices_of_school(person.school) if seen else devices_mine(person)
    return get_object_or_404(
        rows.select_related("owner", "asked_by", "decided_by", "school"), pk=pk
    )


def devices_to_record_with(person: Person) -> QuerySet[PersonalDevice, PersonalDevice]:
    """Return the devices of one's own that are in the school's list (MOB-05)."""
    return PersonalDevice.objects.filter(owner=person, state=PersonalDevice.State.KEPT)


def exemptions_of(school: School) -> QuerySet[Exemption, Exemption]:
    """Return every exemption ever granted, ready for a list (R-SSC-4)."""
    return Exemption.objects.filter(school=school).select_related("pupil", "granted_by", "ended_by")


def exemption_or_404(school: School, pk: int) -> Exemption:
    """Return one exemption of a school."""
    return get_object_or_404(exemptions_of(school), pk=pk)


def recordings_visible_to(
    person: Person, powers: Collection[str]
) -> QuerySet[RecordingPermission, RecordingPermission]:
    """Return the permissions to record that a person may see: all who watch, others their own."""
    rows = RecordingPermission.objects.filter(school=person.school_id)
    if "view_recordings" not in powers:
        rows = rows.filter(holder=person)
    return rows.select_related("holder", "device")


def recording_rows(
    person: Person, powers: Collection[str]
) -> QuerySet[RecordingPermission, RecordingPermission]:
    """Return what a person may see for a list: each knows ``open_uses``, pictures still there."""
    rows = recordings_visible_to(person, powers)
    return rows.annotate(open_uses=Count("uses", filter=Q(uses__confirmed_at=None)))


def recording_or_404(
    person: Person, powers: Collection[str], reference: str
) -> RecordingPermission:
    """Return one permission to record with its people if the person may see it."""
    rows = recordings_visible_to(person, powers).select_related(
        "school", "holder", "device", "decided_by", "ended_by"
    )
    return get_object_or_404(rows, reference=reference)


def uses_of(permission: RecordingPermission) -> list[RecordingUse]:
    """Return each time somebody recorded under a permission, the latest first."""
    return list(permission.uses.order_by("-used_date", "-pk"))


def use_or_404(person: Person, pk: int) -> RecordingUse:
    """Return one's own use of a permission to record."""
    rows = RecordingUse.objects.filter(permission__holder=person, school=person.school_id)
    return get_object_or_404(rows.select_related("permission"), pk=pk)


def story_of_recording(permission: RecordingPermission) -> list[dict[str, Any]]:
    """Return what happened with a permission as the timeline draws it, oldest first."""
    lines = [_line("Asked for", permission.holder, permission.asked_at, permission.purpose)]
    if permission.decided_at:
        title = "Refused" if permission.state == "refused" else "Allowed by the headteacher"
        by = permission.decided_by
        lines.append(_line(title, by, permission.decided_at, permission.decision_note))
    notes = permission.notes.select_related("by")
    lines += [_line("Looked at", note.by, note.at, note.text) for note in notes]
    if permission.ended_at:
        title = permission.get_state_display()
        by = permission.ended_by
        lines.append(_line(title, by, permission.ended_at, permission.ended_why))
    return sorted(lines, key=lambda line: line["at"])


def _line(title: str, by: Person | None, at: Any, words: str) -> dict[str, Any]:
    return {"title": title, "by": by or "By the clock", "at": at, "words": words}

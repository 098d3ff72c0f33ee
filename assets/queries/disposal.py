"""Read disposals: the list, one of them, what may be put in, and what a seal belongs to."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from assets.disposal_needs import DisposalFile
from assets.disposal_seal import seal_holds
from assets.models import Asset, BatchItem, DisposalBatch, DisposalPaper, Medium
from assets.steps.disposal import ALONG
from common.seals import read_seal
from people.models import Person, School

MOST_TO_CHOOSE = 100
SEALED_OUT = "sealed"


def disposals_of(school: School) -> QuerySet[DisposalBatch, DisposalBatch]:
    """Return the disposals of a school, newest first; each knows how many devices were put in.

    A device counts once, and after a refusal or withdrawal still.
    """
    ended = Q(state__in=["refused", "withdrawn"])
    inside = Q(items__removed_at=None) | ended
    rows = DisposalBatch.objects.filter(school=school).defer(SEALED_OUT)
    return rows.select_related("company", "prepared_by").annotate(
        devices=Count("items__asset", filter=inside, distinct=True)
    )


def disposal_or_404(school: School, reference: str) -> DisposalBatch:
    """Return one disposal of a school by its number."""
    rows = DisposalBatch.objects.filter(school=school, reference=reference)
    found = rows.select_related(*ALONG, "finished_by").first()
    if found is None:
        raise Http404("no such disposal")
    return found


def device_in_or_404(batch: DisposalBatch, pk: int) -> BatchItem:
    """Return a device of a disposal by the number of its entry there."""
    found = batch.items.filter(pk=pk).select_related("asset", "batch").first()
    if found is None:
        raise Http404("no such device in this disposal")
    return found


def medium_in_or_404(file: DisposalFile, pk: int) -> Medium:
    """Return a storage medium of a disposal."""
    found = next((one.medium for one in file.media if one.medium.pk == pk), None)
    if found is None:
        raise Http404("no such medium in this disposal")
    return found


def disposal_paper_or_404(school: School, pk: int) -> DisposalPaper:
    """Return a paper of a disposal of a school."""
    found = DisposalPaper.objects.filter(school=school, pk=pk).select_related("batch").first()
    if found is None:
        raise Http404("no such paper")
    return found


def devices_to_choose(school: School) -> list[Asset]:
    """Return devices that are no longer wanted and in no disposal, at most a hundred, by tag."""
    rows = Asset.objects.filter(school=school, state="redundant")
    return list(rows.select_related("room").order_by("tag")[:MOST_TO_CHOOSE])


def disposal_with_seal(school: School, seal: str) -> DisposalBatch | None:
    """Return the closed disposal of a seal whose sealed words are still what they were."""
    known = read_seal(seal)
    found = DisposalBatch.objects.filter(school=school, seal=known).first() if known else None
    return found if found and seal_holds(found) else None


def disposal_by_number(number: int) -> DisposalBatch:
    """Return a disposal by its number, for work in the background."""
    return DisposalBatch.objects.select_related("school").get(pk=number)


def to_decide(person: Person) -> QuerySet[DisposalBatch, DisposalBatch]:
    """Return the disposals that wait for a decision which this person may take (AST-27)."""
    own = BatchItem.objects.filter(batch=OuterRef("pk"), added_by=person, removed_at=None)
    rows = DisposalBatch.objects.filter(school=person.school_id, state="submitted")
    return rows.exclude(prepared_by=person).exclude(Exists(own)).defer(SEALED_OUT)


def in_work_of(person: Person) -> QuerySet[DisposalBatch, DisposalBatch]:
    """Return the disposals a person prepared that are approved or wait for papers."""
    rows = DisposalBatch.objects.filter(school=person.school_id, prepared_by=person)
    return rows.filter(state__in=["approved", "collected"]).defer(SEALED_OUT)


def without_papers(school: School, on: date) -> QuerySet[DisposalBatch, DisposalBatch]:
    """Return the disposals whose papers should all be here by a day and are not (AST-04)."""
    rows = DisposalBatch.objects.filter(school=school, state="collected")
    return rows.filter(papers_due_date__lte=on).defer(SEALED_OUT)


def maybe_breached(school: School, on: date) -> QuerySet[DisposalBatch, DisposalBatch]:
    """Return the disposals whose papers are so late that data may be lost (AST-07, R-DISP-1).

    Those about which somebody has said what was done, or raised an incident, are left out.
    """
    late = on - timedelta(days=school.setting("papers_late_days"))
    rows = DisposalBatch.objects.filter(school=school, state="collected", breach_note="")
    rows = rows.filter(incident_reference="")
    return rows.filter(collected_at__date__lte=late).defer(SEALED_OUT)


def story_of_disposal(file: DisposalFile) -> list[dict[str, Any]]:
    """Return what happened with a disposal, oldest first, as the timeline draws it. One query."""
    batch = file.batch
    lines = [
        ("Prepared", batch.prepared_by, batch.prepared_at, batch.reason),
        ("Approval asked for", batch.prepared_by, batch.submitted_at, ""),
        (
            "Refused" if batch.state == "refused" else "Approved",
            batch.decided_by,
            batch.decided_at if batch.decided_by_id else None,
            "" if batch.state == "withdrawn" else batch.decision_note,
        ),
        (
            f"Handed over, seen by {batch.witnessed_by}",
            batch.handed_over_by,
            batch.collected_at,
            f"{batch.count_out} counted. Fetched by {batch.collected_by}.",
        ),
        *(
            (
                f"{one.medium}: {wipe.get_result_display().lower()}",
                wipe.done_by or wipe.done_by_name,
                wipe.done_at,
                f"{wipe.get_method_display()}. {wipe.technique}. {wipe.failure}".strip(),
            )
            for one in file.media
            for wipe in one.wipes
        ),
        *(
            (f"Paper: {paper.get_kind_display()}", paper.added_by, paper.added_at, paper.number)
            for paper in batch.papers.select_related("added_by")
        ),
        ("Hand-over confirmed", batch.witnessed_by, batch.witnessed_at, ""),
        ("Closed: papers complete", batch.finished_by, batch.finished_at, ""),
    ]
    told = [
        {"title": title, "by": str(by or ""), "at": at, "words": words}
        for title, by, at, words in lines
        if at
    ]
    return sorted(told, key=lambda line: line["at"])

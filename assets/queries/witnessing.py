"""Read what a person is the witness of, and has not confirmed."""

from django.db.models import QuerySet
from django.http import Http404

from assets.models import DisposalBatch, SearchRecord
from people.models import Person


def hand_overs_seen_by(person: Person) -> QuerySet[DisposalBatch, DisposalBatch]:
    """Return the disposals whose hand-over a person saw, by what somebody wrote."""
    rows = DisposalBatch.objects.filter(school=person.school_id, witnessed_by=person)
    return rows.select_related("school", "handed_over_by").defer("sealed")


def searches_seen_by(person: Person) -> QuerySet[SearchRecord, SearchRecord]:
    """Return the searches at which a person was the witness, by what somebody wrote."""
    rows = SearchRecord.objects.filter(school=person.school_id, witness=person)
    return rows.exclude(pupil=person).select_related("school", "searched_by")


def hand_over_or_404(person: Person, reference: str) -> DisposalBatch:
    """Return the disposal of a number whose hand-over the person saw."""
    found = hand_overs_seen_by(person).filter(reference=reference).first()
    if found is None:
        raise Http404("no such hand-over")
    return found


def search_seen_or_404(person: Person, reference: str) -> SearchRecord:
    """Return the search of a number at which the person was the witness."""
    found = searches_seen_by(person).filter(reference=reference).first()
    if found is None:
        raise Http404("no such search")
    return found

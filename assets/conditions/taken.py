"""May this be done to an item taken, or to a record of a search? No role overrides these."""

from datetime import datetime

from django.utils.timezone import localdate

from assets.models import Confiscation, Exemption
from assets.queries.taken import fetchers_of
from assets.vocabulary import Deletion, SearchKind
from common.dates import uk_date
from common.errors import Conflicted, Refusal
from people.models import Person, School
from roles.queries import person_may

ON_A_DEVICE = (SearchKind.DEVICE, SearchKind.BOTH)


class ExemptPupil(Refusal):
    """The pupil may keep a device by them; who still has to take it says so by sending again."""

    def __init__(self, pupil: Person, exemption: Exemption) -> None:
        kind = exemption.get_kind_display().lower()
        super().__init__(
            f"{pupil} may keep a device by them until {uk_date(exemption.until_date)} ({kind}): "
            f"{exemption.allowed}. Nothing is saved yet. If it still has to be taken, send this "
            "once more."
        )


def check_pupil(pupil: Person, school: School, at: datetime) -> None:
    """Refuse somebody who is no pupil of the school on the day."""
    left = pupil.left_date is not None and pupil.left_date < localdate(at)
    if pupil.school_id != school.pk or pupil.kind != Person.Kind.PUPIL or left:
        raise Refusal("Choose a pupil of your school.")


def check_past(moment: datetime, at: datetime) -> None:
    """Refuse a moment that has not come."""
    if moment > at:
        raise Refusal("The date and time cannot be in the future.")


def check_keeper(holder: Person, item: Confiscation, at: datetime) -> None:
    """Refuse as keeper whoever is not staff, or may not decide on what the lead has (R-SSC-3)."""
    if holder.school_id != item.school_id or holder.kind != Person.Kind.STAFF:
        raise Refusal("Choose a member of staff.")
    if item.state == "with_lead" and not person_may(holder, "decide_confiscated", on=localdate(at)):
        raise Refusal(
            "This item is with the safeguarding lead. Only the lead, the headteacher or the deputy "
            "can keep it."
        )


def gives_back(item: Confiscation, person: Person, *, keeps: bool) -> bool:
    """Return whether somebody gives an item back: who keeps items, or who took it for the day."""
    return keeps or (item.same_day and item.taken_by_id == person.pk)


def check_giver(item: Confiscation, by: Person, at: datetime) -> None:
    """Refuse whoever took an item that the office gives back (MOB-04, INC-20)."""
    keeps = person_may(by, "keep_confiscated", on=localdate(at))
    if not gives_back(item, by, keeps=keeps):
        raise Refusal("The office gives this item back. Bring it there if it is still with you.")


def check_fetcher(item: Confiscation, fetcher: Person, by: Person) -> None:
    """Refuse to give an item to anybody but those it may be given to, or to oneself (MOB-04)."""
    if fetcher.pk == by.pk:
        raise Conflicted("You cannot give an item to yourself. A colleague gives it to you.")
    if fetcher.pk not in {person.pk for person in fetchers_of(item)}:
        raise Refusal(
            "This person cannot be given the item. Choose a parent or carer of the pupil from the "
            "list."
        )


def check_adults(
    searched_by: Person, authorised_by: Person, witness: Person | None, when: datetime
) -> None:
    """Refuse a searcher or witness who is no adult of the school, and one who may not authorise.

    The power to authorise counts on the day of the search (MOB-10).
    """
    if searched_by.kind != Person.Kind.STAFF:
        raise Refusal("Whoever searches is a member of staff.")
    if not person_may(authorised_by, "authorise_search", on=localdate(when)):
        raise Refusal(f"{authorised_by} could not authorise a search on that day.")
    if witness and witness.pk == searched_by.pk:
        raise Refusal("The witness is somebody else than who searched.")
    if witness and witness.kind != Person.Kind.STAFF:
        raise Refusal("The witness is a member of staff.")


def check_witnessed(witness: Person | None, reason: str, *, by_police: bool) -> None:
    """Refuse a search without a witness unless it says why, or the police searched (R-SSC-1)."""
    if witness is None and not reason.strip() and not by_police:
        raise Refusal("Say who was the witness, or why nobody else was there.")


def check_deletion(kind: str, deletion: str, reason: str, *, suspected: bool) -> None:
    """Refuse to delete suspected images, to delete without a reason, and where none was searched.

    What may be an indecent image of a child is evidence: nobody looks, copies or deletes (R-SSC-3).
    """
    if deletion == Deletion.NOTHING:
        return
    if kind not in ON_A_DEVICE:
        raise Refusal("No device was searched, so nothing can have been deleted or kept from it.")
    if deletion == Deletion.DELETED and suspected:
        raise Refusal(
            "What may be an indecent image of a child is never deleted by the school. It goes to "
            "the safeguarding lead as it is."
        )
    if deletion == Deletion.DELETED and not reason.strip():
        raise Refusal("Say why it was deleted.")

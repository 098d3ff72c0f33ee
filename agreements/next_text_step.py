"""What can be done with a version of an agreement, and what is missing before its approval."""

from collections.abc import Collection
from dataclasses import dataclass, field

from agreements.document_check import MANDATORY, TOPICS, check_document, check_translation
from agreements.models import AgreementVersion
from agreements.translating import original_of
from agreements.vocabulary import LANGUAGES, Kind
from agreements.workflow import VERSION
from common.errors import Refusal
from common.pages import page_url
from common.workflow import Step
from people.models import Person

Link = dict[str, str]


@dataclass
class NextStep:
    """The panel beside a version: the likeliest deed, the others, a sentence for who has none."""

    lead: str = ""
    deed: Link | None = None
    deeds: list[Link] = field(default_factory=list)
    asks: bool = False


def next_step_of(
    version: AgreementVersion, person: Person, powers: Collection[str], *, draft: bool, whole: bool
) -> NextStep:
    """Return what a person can do with a version.

    ``draft`` says whether a newer one is begun, ``whole`` whether nothing is missing for approval.
    """
    found = NextStep(lead=_lead(version, person, powers, draft=draft))
    if not version.agreement.active:
        return found
    steps = [
        step
        for step in VERSION.open_to(version.status, powers)
        if not (step.page == "version_approve" and version.changed_by_id == person.pk)
        and not (step.name == "revise_agreement" and (draft or not version.live))
    ]
    names = {step.name for step in steps}
    found.asks = whole and "ask_for_approval" in names and "approve_agreement" not in names
    first: dict[str, Step] = {}
    for step in steps:
        first.setdefault(step.page, step)
    first.pop("version_ask", None)
    pages = sorted(first.values(), key=lambda step: not step.main)
    links = [_link(version, step) for step in pages]
    if pages and (pages[0].main or not found.asks):
        found.deed, found.deeds = links[0], links[1:]
    else:
        found.deeds = links
    return found


def what_is_missing(version: AgreementVersion) -> list[dict[str, object]]:
    """Return the mandatory topics and other conditions of approval, each met or not (AGR-22)."""
    agreement = version.agreement
    documents = [text.document for text in version.texts.all()]
    original = original_of(documents)
    if original is None:
        return [{"label": "There is no text yet.", "done": False}]
    items: list[dict[str, object]] = []
    if agreement.kind == Kind.AGREEMENT:
        covered = {clause.topic for clause in original.clauses if not clause.roles}
        wanted = MANDATORY.get(agreement.audience, ())
        items = [{"label": TOPICS[topic], "done": topic in covered} for topic in wanted]
    for document in documents:
        name = LANGUAGES[document.language]
        try:
            check_document(document, agreement.audience, kind=Kind.DOCUMENT)
            if document is not original:
                check_translation(document, original)
        except Refusal as refusal:
            items.append({"label": f"{name}: {refusal}", "done": False})
        else:
            items.append({"label": f"{name}: whole and in order", "done": True})
    return items


def _lead(
    version: AgreementVersion, person: Person, powers: Collection[str], *, draft: bool
) -> str:
    if not version.agreement.active:
        return "This agreement is no longer used. Nobody is asked for it."
    if version.status == "draft" and "approve_agreement" in powers:
        wrote = version.changed_by_id == person.pk
        return "You wrote this text, so somebody else has to approve it." if wrote else ""
    if version.status == "approved" and "publish_agreement" not in powers:
        return "It is approved. The headteacher or the online safety lead publishes it."
    if version.live and draft:
        return "A newer version is being written."
    if version.live:
        return "People sign this version."
    return "Kept as it was signed." if version.status == "published" else ""


def _link(version: AgreementVersion, step: Step) -> Link:
    url = page_url(version.school, step.page, version.agreement.code, version.number)
    label = "Approve or return this text" if step.name == "approve_agreement" else step.label
    return {"label": label, "url": url}

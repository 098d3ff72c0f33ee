"""Incidents and chronologies on paper: whole for whom may see them, silent about everybody else."""

import io
import zipfile
from datetime import timedelta
from hashlib import sha256

import pikepdf
import pytest
from pypdf import PdfReader

from audit.queries import trail, trail_of
from common.documents import Annexes
from common.scope import school_scope
from incidents.documents import chronology_pages
from incidents.models import Event, IncidentUserObjectPermission
from incidents.tasks import make_chronology_pdf, make_incident_pdf
from people.jobs import start_job
from people.models import Job
from roles.actions import end_role
from roles.queries import powers_of
from tests.cast import NOW
from tests.incidents import steps, walk
from tests.incidents.office import held

pytestmark = pytest.mark.usefixtures("today")

TODAY = NOW.date()
LOST = "You may no longer open this, so nothing was made."


def ask(cast, task, who="dora", **wanted) -> Job:
    """Ask for a document as the page does."""
    return start_job(
        school=cast.school,
        kind="test",
        label="A document",
        task=task,
        input=wanted,
        by=getattr(cast, who),
        at=NOW,
        power="print_incident",
    )


def made(job, task) -> Job:
    """Let the worker make a document."""
    task(job_id=job.pk, school_id=job.school_id)
    job.refresh_from_db()
    return job


def document(cast, incident, who="dora") -> Job:
    return made(ask(cast, make_incident_pdf, who, incident=incident.pk), make_incident_pdf)


def chronology(cast, pupil, who="dora") -> Job:
    return made(ask(cast, make_chronology_pdf, who, pupil=pupil.pk), make_chronology_pdf)


def words_of(pdf: bytes) -> str:
    """Return the words of a PDF in one line."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def end_of_trail(cast):
    return trail(cast.school.pk)[0]


def printed(subject):
    """Return what the trail says of the prints of a record, oldest first."""
    entries = [entry for entry in trail_of(subject) if entry.verb.startswith("print_")]
    return [(e.verb, e.actor_name, e.facts["medium"]) for e in reversed(entries)]


@pytest.fixture
def whole(cast, ladder):
    """Give a closed incident with something of everything."""
    incident = walk.opened(cast, "pia", harmed=("quin",), done_at_once="Chat closed.")
    steps.step(cast, "attach_evidence", incident)
    walk.classify(cast, incident, "PC1")
    steps.step(cast, "refer_incident", incident)
    steps.step(cast, "note_incident", incident)
    walk.decide(cast, incident)
    walk.act(walk.actions.confirm_decision, incident, by=cast.hana, note="Agreed.")
    walk.ready_to_close(cast, incident)
    walk.act(walk.actions.close_incident, incident, by=cast.dora, **walk.CLOSING)
    return walk.now(incident)


# An incident ------------------------------------------------------------------------------------


def test_document_holds_the_whole_incident(cast, whole):
    last = end_of_trail(cast)
    job = document(cast, whole)
    assert (job.state, job.result_name, job.done, job.total) == ("done", "2026-0001.pdf", 3, 3)
    content = job.result_file.read()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Incident 2026-0001"
        pages = len(pdf.pages)
    text = words_of(content)
    for words in (
        "Oak Hill Primary School · 2026-0001",
        "Printed by Dora Dale on Tue 15 Sep 2026 at 10:30. Confidential.",
        f"Page {pages} of {pages}",
        "Rude words in the class chat.",
        "Done at once Chat closed.",
        "Category C: Serious misuse",
        "Pia Pease Said to have done it 5T Year 5 Told Tue 15 Sep 2026 at 10:30",
        "Quin Pease Harmed or targeted 3S Year 3",
        "Access removed for a time until Tue 22 Sep 2026.",
        "Reason: It was the first time.",
        "Confirmed by Hana Headley",
        "Children's social care: Advice.",
        "notes.txt",
        "Dora Dale: Taken in.",
        "A note.",
        "Thank you. It was dealt with.",
        "Closed Tue 15 Sep 2026 at 10:30 by Dora Dale",
    ):
        assert words in text, words
    assert f"Trail at entry {last.sequence + 1}" in text


def test_print_is_on_the_trail_with_the_hash_of_the_file(cast, whole):
    job = document(cast, whole)
    assert printed(whole) == [("print_incident", "Dora Dale", "pdf")]
    (entry,) = [entry for entry in trail_of(whole) if entry.verb == "print_incident"]
    assert entry.facts["sha256"] == sha256(job.result_file.read()).hexdigest()


def test_trail_named_on_paper_is_the_end_of_the_trail_when_it_was_printed(cast, whole):
    job = ask(cast, make_incident_pdf, incident=whole.pk)
    last = end_of_trail(cast)
    text = words_of(made(job, make_incident_pdf).result_file.read()).replace(" ", "")
    assert f"Trailatentry{last.sequence}:{last.hash}" in text


def test_what_was_typed_is_printed_as_text(cast, ladder):
    typed = "<img src='file:///etc/passwd'> {{ incident }} & <b>more</b>"
    incident = walk.opened(cast, description=typed)
    text = words_of(document(cast, incident).result_file.read())
    assert typed in text


def test_long_story_is_cut_on_paper_and_whole_in_the_annex(cast, ladder):
    incident = walk.opened(cast)
    Event.objects.bulk_create(
        Event(
            school=cast.school,
            incident=incident,
            kind="note",
            text=f"=Note {number}",
            occurred_at=NOW,
            at=NOW + timedelta(minutes=number),
            by=cast.dora,
        )
        for number in range(120)
    )
    job = document(cast, incident)
    assert job.result_name == "2026-0001.zip"
    with zipfile.ZipFile(io.BytesIO(job.result_file.read())) as archive:
        pdf, sheet = archive.read("2026-0001.pdf"), archive.read("2026-0001 chronology.csv")
    text = words_of(pdf)
    assert "The other 23 lines are in the sheet “2026-0001 chronology.csv”" in text
    assert ("=Note 96" in text, "=Note 97" in text) == (True, False)
    assert sheet.count(b"'=Note ") == 120


def test_link_to_a_hidden_incident_is_not_named_on_paper(cast, ladder):
    seen, hidden = walk.opened(cast), walk.opened(cast, "tess", opener="hana")
    walk.act(walk.actions.link_incident, seen, by=cast.hana, to=hidden, reason="The same evening.")
    text = words_of(document(cast, seen).result_file.read())
    assert "An incident you may not see" in text
    assert hidden.reference not in text
    assert hidden.reference in words_of(document(cast, seen, "hana").result_file.read())


def lose_the_role(cast, incident):
    end_role(assignment=held(cast, "dsl"), end_date=NOW.date() - timedelta(days=1), by="t", at=NOW)


def leave_the_school(cast, incident):
    cast.dora.left_date = NOW.date() - timedelta(days=1)
    cast.dora.save()


def lose_the_sign_in(cast, incident):
    cast.dora.user.is_active = False
    cast.dora.user.save()


def become_the_subject(cast, incident):
    alleged = walk.Involved(part="alleged", person=cast.dora)
    walk.act(walk.actions.involve_person, incident, by=cast.hana, involved=alleged)


def see_it_restricted(cast, incident):
    alleged = walk.Involved(part="alleged", person=cast.tess)
    walk.act(walk.actions.involve_person, incident, by=cast.hana, involved=alleged)
    IncidentUserObjectPermission.objects.filter(user=cast.dora.user).delete()


@pytest.mark.parametrize(
    "meanwhile",
    [lose_the_role, leave_the_school, lose_the_sign_in, become_the_subject, see_it_restricted],
)
def test_whoever_lost_access_before_it_was_made_gets_nothing(cast, ladder, own_files, meanwhile):
    incident = walk.opened(cast)
    job = ask(cast, make_incident_pdf, incident=incident.pk)
    meanwhile(cast, incident)
    made(job, make_incident_pdf)
    assert (job.state, job.message, job.result_file.name) == ("failed", LOST, "")
    assert (printed(incident), [p for p in own_files.rglob("*") if p.is_file()]) == ([], [])


def test_document_of_another_school_s_incident_is_not_made(cast, other, ladder):
    incident = walk.opened(cast)
    with school_scope(other.school.pk):
        job = ask(other, make_incident_pdf, "oscar", incident=incident.pk)
        made(job, make_incident_pdf)
        assert (job.state, job.message) == ("failed", LOST)


def test_restricted_document_is_made_only_for_who_may_see_it(cast, ladder):
    incident = walk.opened(cast, "tess", opener="hana")
    assert [document(cast, incident, who).state for who in ("hana", "dora", "cara")] == [
        "done",
        "failed",
        "failed",
    ]


# Its pages --------------------------------------------------------------------------------------


def test_page_prints_and_has_a_document_made(cast, whole, django_capture_on_commit_callbacks):
    url = cast.url(f"incidents/{whole.reference}/print/")
    page = cast.client("dora").get(url)
    assert page.status_code == 200
    assert "Printed by Dora Dale on Tue 15 Sep 2026 at 10:30" in page.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = cast.client("dora").post(url)
    job = Job.objects.get(kind="incident_pdf")
    assert (answer.status_code, answer.url) == (302, cast.url(f"jobs/{job.pk}/"))
    assert (job.state, job.label) == ("done", "PDF of incident 2026-0001")
    assert printed(whole) == [
        ("print_incident", "Dora Dale", "page"),
        ("print_incident", "Dora Dale", "pdf"),
    ]
    result = cast.url(f"jobs/{job.pk}/result")
    download = cast.client("dora").get(result)
    assert b"".join(download.streaming_content).startswith(b"%PDF-1.7")
    assert cast.client("hana").get(result).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("hana", 200), ("dora", 404), ("cara", 404), ("tess", 403), ("tina", 403), ("tom", 403)],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_page_of_a_restricted_incident_opens_for_nobody_else(cast, who, status, method):
    incident = walk.opened(cast, "tess", opener="hana")
    answer = getattr(cast.client(who), method)(cast.url(f"incidents/{incident.reference}/print/"))
    assert answer.status_code == (302 if (status, method) == (200, "post") else status)


# A pupil's chronology ---------------------------------------------------------------------------


def test_chronology_names_nobody_else_and_repeats_no_words(cast, ladder):
    walk.report(cast, "pia", harmed=("quin",), witness=("tess",), description="Quin cried.")
    incident = walk.opened(cast, "quin", harmed=("pia",))
    walk.classify(cast, incident, "PC1")
    walk.decide(cast, incident, by="hana")
    walk.tell_parents(cast, incident, cast.pia)
    text = words_of(chronology(cast, cast.pia).result_file.read())
    for words in (
        "Chronology of Pia Pease",
        "Pia Pease, 5T Year 5.",
        "2026-0001 Said to have done it",
        "With another pupil, an adult of the school Not classified",
        "2026-0002 Harmed or targeted",
        "Told on Tue 15 Sep 2026",
    ):
        assert words in text, words
    for name in ("Quin", "Tess", "Thorn", "cried", "Access removed"):
        assert name not in text, name


def test_own_sanctions_and_warnings_are_in_the_chronology(cast, ladder):
    incident = walk.classify(cast, walk.opened(cast), "PC1")
    chosen = [
        *walk.chosen_as_suggested(cast, incident),
        walk.Chosen(walk.sanction(cast, "warning"), cast.pia, TODAY),
    ]
    walk.decide(cast, incident, by="hana", chosen=chosen)
    pages = chronology_pages(cast.pia, cast.dora, powers_of(cast.dora, on=TODAY), Annexes())
    (chapter,) = pages["chapters"].rows
    assert chapter.followed == (
        "Access removed for a time from Tue 15 Sep 2026 to Tue 22 Sep 2026; "
        "Recorded warning from Tue 15 Sep 2026; warned"
    )


def test_chronology_holds_only_what_its_reader_may_see(cast, ladder):
    ordinary = walk.report(cast, "pia")
    staff = walk.report(cast, "tess", harmed=("pia",))

    def numbers(who):
        person = getattr(cast, who)
        pages = chronology_pages(cast.pia, person, powers_of(person, on=TODAY), Annexes())
        return [chapter.reference for chapter in pages["chapters"].rows]

    assert numbers("dora") == [ordinary.reference]
    assert numbers("hana") == [ordinary.reference, staff.reference]


def test_chronology_of_a_pupil_without_incidents_says_so(cast):
    text = words_of(chronology(cast, cast.quin).result_file.read())
    assert "Nothing is recorded about this pupil that you may see." in text


def test_chronology_costs_the_same_whatever_its_length(cast, django_assert_num_queries):
    powers = powers_of(cast.dora, on=TODAY)
    walk.report(cast, "pia", harmed=("quin",))
    with django_assert_num_queries(6) as one:
        chronology_pages(cast.pia, cast.dora, powers, Annexes())
    for _ in range(4):
        walk.report(cast, "pia", harmed=("quin",))
    with django_assert_num_queries(len(one)):
        chronology_pages(cast.pia, cast.dora, powers, Annexes())


def test_chronology_is_printed_and_recorded(cast, ladder, django_capture_on_commit_callbacks):
    walk.report(cast, "pia")
    url = cast.url(f"chronology/{cast.pia.pk}/print/")
    assert "Chronology of Pia Pease" in cast.client("hana").get(url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = cast.client("hana").post(url)
    job = Job.objects.get(kind="chronology_pdf")
    assert answer.url == cast.url(f"jobs/{job.pk}/")
    assert (job.state, job.result_name) == ("done", "chronology-pia-pease.pdf")
    assert printed(cast.pia) == [
        ("print_chronology", "Hana Headley", "page"),
        ("print_chronology", "Hana Headley", "pdf"),
    ]


@pytest.mark.parametrize("who", ["cara", "tom", "tina", "olga", "paul", "pia"])
def test_chronology_needs_its_power(cast, who):
    url = cast.url(f"chronology/{cast.pia.pk}/print/")
    assert [cast.client(who).get(url).status_code, cast.client(who).post(url).status_code] == [
        403,
        403,
    ]
    assert Job.objects.count() == 0


def test_chronology_is_of_a_pupil_of_this_school(cast, other):
    for person in (cast.tess, other.zara):
        url = cast.url(f"chronology/{person.pk}/print/")
        assert cast.client("dora").get(url).status_code == 404


def test_chronology_of_whoever_lost_the_power_is_not_made(cast):
    job = ask(cast, make_chronology_pdf, pupil=cast.pia.pk)
    lose_the_role(cast, None)
    made(job, make_chronology_pdf)
    assert (job.state, job.message, printed(cast.pia)) == ("failed", LOST, [])

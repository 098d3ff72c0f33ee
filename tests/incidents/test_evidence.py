"""Files of an incident: taken in by content, kept as they are, given out only by permission."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from audit.queries import trail, trail_of
from common.errors import Refusal
from common.scope import school_scope
from incidents.actions import attach_evidence, hand_on_evidence
from incidents.models import CustodyLine, Evidence, Incident
from incidents.orphans import remove_orphans
from incidents.tasks import remove_orphan_files
from people.actions.settings import change_setting
from tests.cast import NOW
from tests.common.test_file_checks import EXE, HTML, PDF, SVG
from tests.incidents import walk

pytestmark = pytest.mark.usefixtures("today")


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def attach(cast, incident, name="notes.txt", content=b"What was said.", **more):
    return walk.act(
        attach_evidence, incident, by=cast.dora, upload=walk.upload(name, content), **more
    )


def post(cast, incident, upload, who="dora", **more):
    """Send a file through the page."""
    url = cast.url(f"incidents/{incident.reference}/files/attach/")
    version = walk.now(incident).version
    return cast.client(who).post(url, {"version": version, "upload": upload, **more})


def download(cast, evidence, who="dora"):
    url = cast.url(f"incidents/{evidence.incident.reference}/files/{evidence.pk}/")
    return cast.client(who).get(url)


# Taking in --------------------------------------------------------------------------------------


def test_file_is_kept_as_it_is_under_a_name_that_tells_nothing(cast, own_files):
    evidence = attach(cast, walk.opened(cast), "Pia's chat.txt", source="Her mother's phone")
    (stored,) = files_in(own_files)
    assert stored.relative_to(own_files).parts == (
        "evidence",
        str(cast.school.pk),
        evidence.key.hex,
    )
    assert stored.read_bytes() == b"What was said."
    assert (stored.stat().st_mode & 0o777, stored.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert (evidence.name, evidence.size, evidence.kind) == ("Pia's chat.txt", 14, "text/plain")
    assert evidence.sha256 == hashlib.sha256(b"What was said.").hexdigest()
    assert [(line.deed, line.by, line.at) for line in evidence.custody.all()] == [
        ("Taken in. Her mother's phone", cast.dora, NOW)
    ]


def test_stored_file_is_outside_everything_the_web_server_serves(settings):
    media, root = Path(settings.MEDIA_ROOT), Path(settings.STATIC_ROOT)
    assert root not in (media, *media.parents)
    assert settings.MEDIA_URL == "/-files-are-not-served-/"


def test_same_file_is_taken_in_once_for_an_incident(cast, own_files):
    first, second = walk.opened(cast), walk.opened(cast, "quin")
    attach(cast, first)
    with pytest.raises(Refusal, match="is attached already"):
        attach(cast, first, "other name.txt")
    attach(cast, second)
    assert (Evidence.objects.count(), len(files_in(own_files))) == (2, 2)


def test_one_file_too_many_is_refused(cast, own_files):
    change_setting(school=cast.school, name="evidence_files", value=12, by=cast.hana, at=NOW)
    incident = walk.opened(cast)
    for number in range(12):
        attach(cast, incident, content=b"%d" % number)
    with pytest.raises(Refusal, match="as many files as the school allows"):
        attach(cast, incident, content=b"the thirteenth")
    assert (Evidence.objects.count(), len(files_in(own_files))) == (12, 12)


def test_largest_size_is_the_school_s_own_setting(cast, own_files):
    change_setting(school=cast.school, name="evidence_megabytes", value=1, by=cast.hana, at=NOW)
    with pytest.raises(Refusal, match="largest file allowed is 1 MB"):
        attach(cast, walk.opened(cast), content=b"x" * (1024 * 1024 + 1))
    assert files_in(own_files) == []


@pytest.mark.parametrize("state", ["closed", "out_of_scope"])
def test_ended_incident_takes_no_file(cast, ladder, own_files, state):
    with pytest.raises(Refusal, match="cannot be done now"):
        attach(cast, walk.make(cast, state))
    assert files_in(own_files) == []


@pytest.mark.parametrize("imagery", ["yes", "unsure"])
def test_no_file_at_all_where_images_of_a_child_may_be_involved(cast, own_files, imagery):
    with pytest.raises(Refusal, match="Having, copying or sending such an image is an offence"):
        attach(cast, walk.opened(cast, imagery=imagery))
    assert (Evidence.objects.count(), files_in(own_files)) == (0, [])


def test_file_goes_when_its_row_cannot_be_written(cast, own_files, monkeypatch):
    incident = walk.opened(cast)

    def fail(*_args, **_kwargs):
        raise DatabaseError("The disk is full.")

    monkeypatch.setattr(Evidence, "save", fail)
    with pytest.raises(DatabaseError, match="The disk is full"):
        attach(cast, incident)
    assert files_in(own_files) == []


def test_evidence_cannot_be_changed_or_removed_in_the_database(cast):
    attach(cast, walk.opened(cast))
    for table in ("incidents_evidence", "incidents_custodyline"):
        for words in (f"UPDATE {table} SET school_id = school_id", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match="are evidence"), transaction.atomic():
                connection.cursor().execute(words)
    assert (Evidence.objects.count(), CustodyLine.objects.count()) == (1, 1)


# Left behind ------------------------------------------------------------------------------------


def leave_behind(cast, own_files, name, days):
    """Leave a file in the store that no row names, so many days old."""
    folder = own_files / "evidence" / str(cast.school.pk)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(b"left")
    old = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (old, old))
    return path


def test_sweep_removes_old_files_that_no_row_names_and_nothing_else(cast, own_files):
    evidence = attach(cast, walk.opened(cast))
    kept = Path(evidence.file.path)
    os.utime(kept, (0, 0))
    orphan = leave_behind(cast, own_files, "orphan", days=2)
    young = leave_behind(cast, own_files, "young", days=0)
    assert remove_orphans(school=cast.school, at=NOW) == 1
    assert [path.exists() for path in (kept, young, orphan)] == [True, True, False]
    entry = trail(cast.school.pk).first()
    assert (entry.verb, entry.actor_name, entry.facts) == (
        "remove_orphans",
        "remove_orphans",
        {"count": 1},
    )
    assert remove_orphans(school=cast.school, at=NOW) == 0


def test_sweep_of_one_school_leaves_the_files_of_another(cast, other, own_files):
    with school_scope(other.school.pk):
        theirs = attach_evidence(
            incident=(incident := walk.report(other, "zara", by="oscar")),
            version=incident.version,
            upload=walk.upload(),
            by=other.oscar,
            at=NOW,
        )
    os.utime(theirs.file.path, (0, 0))
    remove_orphan_files()
    assert Path(theirs.file.path).exists()


# Giving out -------------------------------------------------------------------------------------


def test_copy_leaves_as_a_download_and_never_as_a_page(cast):
    evidence = attach(cast, walk.opened(cast), "chat “1”.txt", HTML)
    response = download(cast, evidence)
    assert b"".join(response.streaming_content) == HTML
    assert {
        name: response[name]
        for name in (
            "Content-Type",
            "Content-Disposition",
            "Content-Length",
            "X-Content-Type-Options",
            "Content-Security-Policy",
            "Cache-Control",
        )
    } == {
        "Content-Type": "text/plain",
        "Content-Disposition": "attachment; filename*=utf-8''chat%20%E2%80%9C1%E2%80%9D.txt",
        "Content-Length": str(len(HTML)),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }


def test_each_copy_is_a_line_of_custody_and_of_the_trail(cast):
    evidence = attach(cast, walk.opened(cast))
    for who in ("dora", "hana"):
        b"".join(download(cast, evidence, who).streaming_content)
    assert [(line.deed, line.by) for line in evidence.custody.all()] == [
        ("Taken in.", cast.dora),
        ("Copy taken out.", cast.dora),
        ("Copy taken out.", cast.hana),
    ]
    assert [(entry.verb, entry.actor_name) for entry in trail_of(evidence)] == [
        ("hand_on_evidence", "Hana Headley"),
        ("hand_on_evidence", "Dora Dale"),
    ]


@pytest.mark.parametrize(
    ("who", "status"),
    [("dora", 404), ("tess", 404), ("tom", 404), ("tina", 403), ("olga", 403), ("paul", 403)],
)
def test_copy_of_a_restricted_incident_s_file_goes_to_nobody_else(cast, who, status):
    incident = walk.opened(cast, "tess", opener="hana")
    evidence = walk.act(attach_evidence, incident, by=cast.hana, upload=walk.upload())
    assert download(cast, evidence, who).status_code == status
    assert evidence.custody.count() == 1


def test_file_is_not_found_through_another_incident_or_school(cast, other):
    evidence = attach(cast, walk.opened(cast))
    elsewhere = walk.opened(cast, "quin")
    url = cast.url(f"incidents/{elsewhere.reference}/files/{evidence.pk}/")
    assert cast.client("dora").get(url).status_code == 404
    for slug in (cast.school.slug, other.school.slug):
        path = f"/{slug}/incidents/{evidence.incident.reference}/files/{evidence.pk}/"
        assert other.client("oscar").get(path).status_code == 404


@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(b"Other."), Path.unlink])
def test_file_that_is_no_longer_what_was_taken_in_is_not_given_out(cast, damage):
    evidence = attach(cast, walk.opened(cast))
    damage(Path(evidence.file.path))
    with pytest.raises(Refusal, match="not in the store as it was taken in"):
        hand_on_evidence(evidence=evidence, by=cast.dora, at=NOW)
    response = download(cast, evidence)
    assert (response.status_code, response.url) == (
        302,
        cast.url(f"incidents/{evidence.incident.reference}/"),
    )
    assert evidence.custody.count() == 1


def test_file_is_not_given_out_once_images_of_a_child_may_be_involved(cast):
    evidence = attach(cast, walk.opened(cast))
    Incident.objects.filter(pk=evidence.incident_id).update(imagery="unsure")
    assert download(cast, evidence).status_code == 302
    assert evidence.custody.count() == 1


# The page ---------------------------------------------------------------------------------------


def test_page_takes_a_file_in_and_shows_its_custody(cast):
    incident = walk.opened(cast)
    response = post(cast, incident, walk.upload("plan.pdf", PDF), source="The network")
    assert (response.status_code, response.url) == (
        302,
        cast.url(f"incidents/{incident.reference}/"),
    )
    page = cast.client("hana").get(cast.url(f"incidents/{incident.reference}/files/attach/"))
    text = page.content.decode()
    assert "plan.pdf" in text
    assert "Dora Dale: Taken in. The network" in text
    assert hashlib.sha256(PDF).hexdigest() in text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("nothing.pdf", b"", "is empty"),
        ("report.pdf", EXE, "is not a kind of file that can be attached"),
        ("drawing.svg", SVG, "is not a kind of file that can be attached"),
        ("page.html", PDF, "is not what its ending says"),
    ],
)
def test_page_refuses_a_file_in_words_and_keeps_nothing(cast, own_files, name, content, words):
    incident = walk.opened(cast)
    response = post(cast, incident, walk.upload(name, content), source="A phone")
    text = response.content.decode()
    assert (response.status_code, Evidence.objects.count(), files_in(own_files)) == (200, 0, [])
    assert words in text
    assert 'value="A phone"' in text


def test_page_without_a_file_asks_for_one(cast):
    response = post(cast, walk.opened(cast), "")
    assert "Choose a file." in response.content.decode()
    assert Evidence.objects.count() == 0


def test_page_has_no_field_where_images_of_a_child_may_be_involved(cast, own_files):
    incident = walk.opened(cast, imagery="unsure")
    url = cast.url(f"incidents/{incident.reference}/files/attach/")
    page, sent = cast.client("dora").get(url), post(cast, incident, walk.upload())
    assert (page.status_code, sent.status_code) == (200, 403)
    for response in (page, sent):
        text = response.content.decode()
        assert 'type="file"' not in text
        assert "Having, copying or sending such an image is an offence" in text
    assert (Evidence.objects.count(), files_in(own_files)) == (0, [])


def test_page_needs_the_power_and_the_incident(cast, other):
    incident = walk.opened(cast)
    restricted = walk.opened(cast, "tess", opener="hana")
    statuses = {
        who: cast.client(who).get(cast.url(f"incidents/{reference}/files/attach/")).status_code
        for who, reference in (
            ("dora", incident.reference),
            ("tina", incident.reference),
            ("tom", incident.reference),
            ("tess", restricted.reference),
        )
    }
    assert statuses == {"dora": 200, "tina": 403, "tom": 404, "tess": 404}

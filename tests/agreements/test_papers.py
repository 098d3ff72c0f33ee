"""Signed paper is taken in by one person and compared by another (AGR-09, AGR-12)."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.actions.papers import check_paper, hand_on_paper, take_paper
from agreements.actions.texts import (
    approve_agreement,
    publish_agreement,
    revise_agreement,
)
from agreements.models import PaperReturn, Signature
from agreements.queries.papers import papers_of, signable_on_paper
from agreements.queries.signatures import seal_holds
from agreements.queries.texts import hash_of
from agreements.shown import shown_to
from audit.models import Entry
from common.errors import Conflicted, Refusal, StaleRecord, StepRefused
from common.scope import school_scope
from tests.agreements.test_issuing import setting
from tests.agreements.walk import asked, obligation_of, signed
from tests.cast import NOW

TODAY = NOW.date()
LATER = NOW + timedelta(days=1)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000"
    "00000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Keep files in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def row(cast):
    """Give what Paul is asked to sign for Pia."""
    asked(cast, "parent", "staff", at=NOW)
    return obligation_of(cast.paul, "parent", cast.pia)


def scan(name="sheet.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def take(cast, obligation, by="dora", **more):
    given = {"upload": scan(), "typed_name": "Paul Pease", "signed_date": TODAY, "at": NOW}
    return take_paper(obligation=obligation, **given | more, by=getattr(cast, by))


def compare(cast, paper, by="hana", same=True, **more):
    return check_paper(paper=paper, same=same, **{"at": LATER} | more, by=getattr(cast, by))


def test_a_paper_counts_once_somebody_else_has_compared_it(cast, row):
    paper = take(cast, row)
    row.refresh_from_db()
    assert row.state == "due"
    signature = compare(cast, paper)

    assert (signature.method, signature.capacity, signature.witness) == (
        "paper",
        "parent",
        cast.hana,
    )
    assert signature.assurance == "paper compared by a second person"
    assert (signature.signer, signature.about, signature.typed_name) == (
        cast.paul,
        cast.pia,
        "Paul Pease",
    )
    assert signature.shown.sha256 == shown_to(row.version, "en", row.roles).sha256
    assert (signature.opened_at, signature.signed_at) == (NOW, LATER)
    assert seal_holds(signature)
    row.refresh_from_db()
    assert row.state == "active"
    assert Entry.objects.get(verb="check_paper").facts == {
        "same": True,
        "sha256": hashlib.sha256(PDF).hexdigest(),
        "signed_date": "2026-09-15",
        "signature": signature.reference,
    }


def test_the_file_is_stored_under_a_name_nobody_can_guess(cast, row):
    paper = take(cast, row, upload=scan("../../Pia Pease.pdf"))

    assert paper.name == "Pia Pease.pdf"
    assert "Pease" not in paper.file.name
    assert paper.sha256 == hashlib.sha256(PDF).hexdigest()
    assert Path(settings.MEDIA_ROOT, paper.file.name).read_bytes() == PDF


def test_who_took_it_in_does_not_compare_it(cast, row):
    paper = take(cast, row)
    with pytest.raises(Conflicted, match="somebody else"):
        compare(cast, paper, by="dora")
    assert not Signature.objects.exists()


def test_nobody_compares_their_own_agreement(cast, row):
    paper = take(cast, obligation_of(cast.hana, "staff"), typed_name="Hana Headley")
    with pytest.raises(Conflicted, match="your own"):
        compare(cast, paper, by="hana")


def test_a_paper_that_is_not_the_same_is_refused_and_may_come_again(cast, row):
    paper = take(cast, row)
    with pytest.raises(Refusal, match="what is wrong"):
        compare(cast, paper, same=False, reason=" ")
    assert compare(cast, paper, same=False, reason="The name is missing.") is None
    paper.refresh_from_db()
    assert (paper.refused_reason, paper.checked_by) == ("The name is missing.", cast.hana)
    with pytest.raises(Refusal, match="compared already"):
        compare(cast, paper)

    assert compare(cast, take(cast, row)).signer == cast.paul


def test_one_paper_waits_at_a_time(cast, row):
    take(cast, row)
    with pytest.raises(Refusal, match="waits to be compared already"):
        take(cast, row)
    assert PaperReturn.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("sheet.docx", b"PK\x03\x04", "not a kind of file"),
        ("sheet.txt", b"I have signed.", "scan or a photograph"),
        ("sheet.svg", b"<svg onload='x()'/>", "not a kind of file"),
        ("sheet.png", PDF, "not what its ending says"),
        ("sheet.pdf", b"", "is empty"),
        ("sheet", PDF, "needs a name with an ending"),
        ("sheet.exe", b"MZ" + bytes(60), "not a kind of file"),
    ],
)
def test_only_scans_and_photographs_are_taken_in(cast, row, name, content, words):
    with pytest.raises(Refusal, match=words):
        take(cast, row, upload=scan(name, content))
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.*"))


def test_a_photograph_is_taken_in(cast, row):
    assert take(cast, row, upload=scan("photo.png", PNG)).kind == "image/png"


def test_a_file_is_not_larger_than_the_school_allows(cast, row):
    setting(cast, "paper_megabytes", 1)
    row = obligation_of(cast.paul, "parent", cast.pia)
    with pytest.raises(Refusal, match="largest file allowed is 1 MB"):
        take(cast, row, upload=scan(content=PDF + bytes(1024 * 1024)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"typed_name": "Pia Peters"}, "as the school knows it"),
        ({"typed_name": " "}, "full name"),
        ({"signed_date": TODAY + timedelta(days=1)}, "after today"),
        ({"signed_date": TODAY - timedelta(days=1)}, "not yet published"),
    ],
)
def test_name_and_date_have_to_fit(cast, row, change, words):
    with pytest.raises(Refusal, match=words):
        take(cast, row, **change)


def test_what_is_signed_already_takes_no_paper(cast, row):
    signed(row, at=NOW)
    with pytest.raises(StepRefused):
        take(cast, row)


def test_what_was_signed_meanwhile_is_not_signed_twice(cast, row):
    paper = take(cast, row)
    signed(row, at=NOW)
    with pytest.raises(StepRefused):
        compare(cast, paper)
    compare(cast, paper, same=False, reason="Signed by e-mail link meanwhile.")
    assert Signature.objects.count() == 1


def test_a_newer_text_since_the_paper_is_not_signed(cast, row):
    paper = take(cast, row)
    draft = revise_agreement(
        version=row.version, change="material", note="One more rule.", by=cast.dora, at=LATER
    )
    approve_agreement(version=draft, seen=hash_of(draft), by=cast.hana, at=LATER)
    publish_agreement(version=draft, by=cast.hana, at=LATER)

    with pytest.raises(StaleRecord):
        compare(cast, paper)
    asked(cast, at=LATER)
    with pytest.raises(StaleRecord):
        compare(cast, paper)
    assert not Signature.objects.exists()


def test_a_file_that_was_changed_in_the_store_is_not_relied_on(cast, row):
    paper = take(cast, row)
    Path(settings.MEDIA_ROOT, paper.file.name).write_bytes(PDF + b"x")

    with pytest.raises(Refusal, match="not in the store as it was taken in"):
        compare(cast, paper)
    with pytest.raises(Refusal, match="not in the store"):
        hand_on_paper(paper=paper, by=cast.hana, at=LATER)


def test_a_copy_that_goes_out_is_on_the_trail(cast, row):
    hand_on_paper(paper=take(cast, row), by=cast.hana, at=LATER)

    assert Entry.objects.get(verb="hand_on_paper").actor_id == cast.hana.pk


def test_what_waits_on_paper(cast, row):
    rows = list(signable_on_paper(cast.school))
    found = next(one for one in rows if one == row)
    assert (found.class_name, found.paper_waits) == ("5T", None)
    paper = take(cast, row)
    assert signable_on_paper(cast.school).get(pk=row.pk).paper_waits == paper.pk
    compare(cast, paper)
    assert not signable_on_paper(cast.school).filter(pk=row.pk).exists()


def test_another_school_sees_no_paper(cast, other, row):
    take(cast, row)
    with school_scope(other.school.pk):
        assert not papers_of(other.school).exists()
        assert not signable_on_paper(cast.school).exists()

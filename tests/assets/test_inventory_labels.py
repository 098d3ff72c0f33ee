"""Labels with codes: printed for a list, and scanned (AST-01)."""

import io

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from assets.actions.labels import make_labels, print_labels
from assets.showing.labels import scan_address
from common.errors import Refusal
from people.models import Job
from tests.assets import things
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("today")


def test_labels_of_a_list_are_made_on_sheets(cast):
    for number in range(3):
        things.add(cast, f"L/{number}", "display")
    things.add(cast, "P-1", "phone")
    client = cast.client("tina")
    page = cast.url("equipment/labels/?kind=display")
    assert "3 by 8" in client.get(page).content.decode()
    done = client.post(page, {"first": "24"})
    job = Job.objects.get()
    assert done.url == cast.url(f"jobs/{job.pk}/")
    make_labels(job=job, at=NOW)
    assert job.message == "3 labels are ready."
    with pikepdf.open(io.BytesIO(job.result_file.read())) as document:
        assert len(document.pages) == 2
    job.result_file.delete(save=False)
    assert client.post(page, {"first": "25"}).status_code == 200
    with pytest.raises(Refusal, match="nothing to print"):
        print_labels(school=cast.school, keys=[], first=1, by=cast.tina, at=NOW)
    with pytest.raises(Refusal, match="At most 480"):
        print_labels(school=cast.school, keys=range(481), first=1, by=cast.tina, at=NOW)


def test_every_printed_code_is_read_by_a_camera_and_leads_to_its_device(cast):
    made = [things.add(cast, tag) for tag in ("L/1", "Ü 1/2", "LAP-0042")]
    client = cast.client("tina")
    client.post(cast.url("equipment/labels/"), {"first": "1"})
    job = Job.objects.get()
    make_labels(job=job, at=NOW)
    page = pypdfium2.PdfDocument(job.result_file.read())[0].render(scale=3).to_pil()
    job.result_file.delete(save=False)
    read = [one.text for one in zxingcpp.read_barcodes(page)]

    assert len(read) == len(made)
    opened = {client.get(f"/{one.split('/', 3)[3]}").url for one in read}
    assert opened == {cast.url(f"equipment/{asset.pk}/") for asset in made}


def test_the_code_on_a_label_opens_the_device(cast):
    asset = things.add(cast, "Ü 1/2")
    path = scan_address(cast.school, asset).partition("//")[2].partition("/")[2]
    opened = cast.client("hana").get(f"/{path}")
    assert opened.url == cast.url(f"equipment/{asset.pk}/")
    assert cast.client("tom").get(f"/{path}").status_code == 403

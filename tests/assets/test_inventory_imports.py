"""Bringing equipment in from a file, CSV or workbook, with a dry run (AST-01)."""

import io
import zipfile
from datetime import date, timedelta

import pytest

from assets.actions import inventory_imports as actions
from assets.imports.workbook import as_csv
from assets.models import Asset, AssetEvent, AssetImport, Room
from assets.queries.inventory_imports import columns_of, plan_of, table_of
from audit.models import Entry
from common.errors import Refusal, StaleRecord
from people.models import Job
from tests.assets import things
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("today")

HEAD = "Asset tag,Type,Manufacturer,Model,Location,Email,Price,Encrypted,AV,End of support"
CSV = f"""{HEAD}
N-1,Notebook,Dell,3420,Hall,tom@oak-hill.example,£499.90,yes,Defender,14/10/2031
N-2,laptop,Dell,3420,hall,,,,,
l-1,,,L14,,,,,,
L-2,,,,,,,,,
N-3,spaceship,Dell,1,,,,,,
N-4,screen,LG,55,,nobody@x.example,,,,
N-5,,,,,,,,,
""".encode()


def sheet(body, shared=(), styles="", more=None):
    """Return a small workbook."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets>'
        '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="x">'
        '<Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData>'
        "</worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">'
        + "".join(f"<si><r><t>{one}</t></r></si>" for one in shared)
        + "</sst>",
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
        **(more or {}),
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as book:
        for name, text in parts.items():
            book.writestr(name, text)
    return held.getvalue()


def opened(cast, content=CSV, name="list.csv"):
    upload = actions.open_asset_import(
        school=cast.school, name=name, content=content, by=cast.tina, at=NOW
    )
    columns = columns_of(upload, table_of(upload))
    actions.choose_asset_columns(upload=upload, columns=columns, by=cast.tina, at=NOW)
    upload.refresh_from_db()
    return upload


def apply(cast, upload, digest, *, leave_out_bad=True):
    job = actions.apply_asset_import(
        upload=upload, digest=digest, leave_out_bad=leave_out_bad, by=cast.tina, at=NOW
    )
    actions.finish_asset_import(job=job, at=NOW)
    return Job.objects.get(pk=job.pk)


def test_a_file_is_looked_at_and_brought_in_with_each_bad_row_left_out(cast):
    things.in_service(cast, "L-1", room_name="Office")
    things.in_service(cast, "L-2")
    upload = opened(cast)
    _, plan = plan_of(upload, on=NOW.date())
    assert [(one.name, one.note) for one in plan.added] == [
        ("N-1", ""),
        ("N-2", "It waits to be put in service: encryption or antivirus is not said."),
    ]
    assert [(one.name, one.changes[0].after) for one in plan.changed] == [("l-1", "L14")]
    assert plan.unchanged == 1
    assert [(one.number, one.name, one.reasons) for one in plan.bad] == [
        (6, "N-3", ("Kind “spaceship” is not a kind of equipment the register knows.",)),
        (
            7,
            "N-4",
            ("Nobody at the school has the e-mail address “nobody@x.example”.",),
        ),
        (8, "N-5", ("A new device needs: Kind, Make, Model.",)),
    ]
    with pytest.raises(Refusal, match="Some rows cannot"):
        apply(cast, upload, plan.digest, leave_out_bad=False)
    with pytest.raises(StaleRecord):
        apply(cast, upload, "another")
    apply(cast, upload, plan.digest)
    upload.refresh_from_db()
    assert (upload.state, upload.file.name) == ("applied", "")
    assert upload.counts == {"added": 2, "changed": 1, "unchanged": 1, "bad": 3}
    new = {one.tag: one for one in Asset.objects.filter(tag__startswith="N").order_by("tag")}
    assert [(one.tag, one.state, str(one.room), one.keeps_data) for one in new.values()] == [
        ("N-1", "in_service", "Hall", True),
        ("N-2", "registered", "Hall", True),
    ]
    assert (new["N-1"].holder, new["N-1"].support_until) == (cast.tom, date(2031, 10, 14))
    changed = Asset.objects.get(tag="L-1")
    assert (changed.model, changed.room.name, changed.encryption) == ("L14", "Office", "yes")
    assert sorted(Room.objects.values_list("name", flat=True)) == ["Hall", "Office"]
    lines = AssetEvent.objects.filter(text__startswith="From a file")
    assert [line.text for line in lines] == ["From a file. Model: ThinkPad L13 → L14"]
    assert Entry.objects.get(verb="apply_asset_import").facts == upload.counts
    with pytest.raises(Refusal, match="finished already"):
        actions.cancel_asset_import(upload=upload, by=cast.tina, at=NOW)


def test_a_register_that_changed_meanwhile_is_looked_at_again(cast):
    upload = opened(cast)
    _, plan = plan_of(upload, on=NOW.date())
    things.add(cast, "N-2")
    with pytest.raises(StaleRecord):
        apply(cast, upload, plan.digest)
    assert actions.cancel_abandoned(school=cast.school, at=NOW + timedelta(days=2)) == 1
    assert AssetImport.objects.get().state == "cancelled"


def test_a_tag_twice_refuses_the_file(cast):
    with pytest.raises(Refusal, match="in the file twice: A1"):
        plan_of(opened(cast, b"Tag,Kind\na1,laptop\nA1,laptop\n"), on=NOW.date())


def test_what_is_lent_or_keeps_protected_data_is_not_changed_by_a_file(cast):
    lent = things.in_service(cast, "L-1", holder=cast.tom)
    Asset.objects.filter(pk=lent.pk).update(state="on_loan", protected_data=True)
    file = b"Tag,Holder e-mail,Keeps data\nL-1,tess@oak-hill.example,no\n"
    _, plan = plan_of(opened(cast, file), on=NOW.date())
    assert plan.bad[0].reasons == (
        "This device is lent. Take it back before somebody else holds it.",
        "Protected data or disks are in it, so it counts as keeping data.",
    )


def test_a_workbook_is_read_as_its_first_sheet(cast):
    body = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c>'
        '<c r="B1" t="inlineStr"><is><t>Kind</t></is></c></row>'
    )
    with pytest.raises(Refusal, match="cannot be read"):
        as_csv(sheet(body, ["Tag", "Bought"]))
    body = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Kind</t></is></c>'
        '<c r="C1" t="s"><v>1</v></c><c r="D1" t="s"><v>2</v></c></row>'
        '<row r="3"><c r="A3"><v>1001</v></c><c r="B3" t="str"><v>laptop</v></c>'
        '<c r="C3" s="1"><v>46000</v></c><c r="D3" t="b"><v>1</v></c></row>'
    )
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="dd\\/mm"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
    )
    book = sheet(body, ["Tag", "Bought", "Hazardous"], styles)
    assert as_csv(book).decode().splitlines() == [
        "Tag,Kind,Bought,Hazardous",
        "",
        "1001,laptop,2025-12-09,yes",
    ]
    upload = opened(cast, book, "list.xlsx")
    assert (upload.rows, table_of(upload).rows[0][0]) == (1, 3)


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 nothing",
        sheet("<row", ()),
        sheet('<row><c r="A1"><v>many</v></c></row>'),
        sheet('<row><c t="s"><v>9</v></c></row>'),
        sheet("", more={"xl/sharedStrings.xml": '<!DOCTYPE x [<!ENTITY a "b">]><sst/>'}),
        sheet("", more={"xl/workbook.xml": "<workbook/>"}),
    ],
)
def test_a_broken_or_hostile_workbook_is_refused(content):
    with pytest.raises(Refusal, match="cannot be read"):
        as_csv(content)


def test_the_pages_lead_from_the_file_to_the_job(cast):
    client = cast.client("tina")
    file = io.BytesIO(CSV)
    file.name = "list.csv"
    page = client.post(cast.url("equipment/imports/new/"), {"file": file}, follow=True)
    upload = AssetImport.objects.get()
    chosen = page.context["form"].initial
    assert (chosen["tag"], chosen["room_name"]) == ("Asset tag", "Location")
    page = client.post(cast.url(f"equipment/imports/{upload.pk}/columns/"), chosen, follow=True)
    assert "spaceship" in page.content.decode()
    added = client.get(cast.url(f"equipment/imports/{upload.pk}/look/?show=added"))
    assert "It waits to be put in service" in added.content.decode()
    apply_url = cast.url(f"equipment/imports/{upload.pk}/apply/")
    digest = page.context["form"].initial["digest"]
    assert "Some rows cannot" in client.post(apply_url, {"digest": digest}).content.decode()
    done = client.post(apply_url, {"digest": digest, "leave_out_bad": "on"})
    assert done.url == cast.url(f"jobs/{Job.objects.get().pk}/")
    assert cast.client("hana").get(cast.url("equipment/imports/")).status_code == 403

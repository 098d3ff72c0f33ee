"""Exports of monitoring products are read by their mapping, once, with bad rows said (FIL-14)."""

from datetime import datetime, timedelta
from time import process_time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.errors import Refusal, StaleRecord
from filtering.actions.alert_imports import drop_unread_exports, upload_export
from filtering.actions.alert_sources import add_source, close_source, edit_source
from filtering.intake.products import EXAMPLES, example_of
from filtering.models import Alert, AlertImport, AlertSource
from filtering.queries.alert_sources import register_of_sources, version_of
from filtering.tasks import take_in_alerts
from filtering.vocabulary import Product
from people.calendar import LONDON
from people.jobs import show_progress
from people.models import Job, Notice
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("today")
HEAD = "Number of the alert,Date and time,Priority,What was searched for or written,User name\n"


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Keep files in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def source(cast):
    """Give a source with our own column names."""
    return add_source(school=cast.school, name="Watcher", product="generic", by=cast.tina, at=NOW)


def sent(cast, source, content, name="export.csv"):
    data = content if isinstance(content, bytes) else content.encode()
    upload = SimpleUploadedFile(name, data)
    return upload_export(source=source, upload=upload, by=cast.dora, at=NOW)


def read(cast, source, content):
    made = sent(cast, source, content)
    take_in_alerts(job_id=made.job_id, school_id=cast.school.pk)
    return AlertImport.objects.select_related("job").get(pk=made.pk)


def remarks(made):
    return [(one["row"], one["reason"], one["kept"]) for one in made.bad_rows]


def lines(number, **more):
    cells = {"id": "", "at": "15/09/2026 09:00", "severity": "high", "term": "x", "user": ""}
    return "".join(
        ",".join(str(value) for value in (cells | {"id": place + 1} | more).values()) + "\n"
        for place in range(number)
    )


@pytest.mark.parametrize("product", Product.values)
def test_the_example_of_each_product_is_read_whole_by_its_ready_mapping(cast, product):
    source = add_source(school=cast.school, name="P", product=product, by=cast.tina, at=NOW)
    made = read(cast, source, example_of(product).read_bytes())

    assert (made.taken_in, made.known_already, made.bad_rows) == (3, 0, [])
    alerts = Alert.objects.filter(source=source).order_by("happened_at")
    assert [alert.severity for alert in alerts] == [1, 2, 3]
    assert all(alert.term and alert.device and alert.device_ip and alert.rule for alert in alerts)
    assert {alert.happened_at.astimezone(LONDON).date() for alert in alerts} == {NOW.date()}
    assert {path.stem for path in EXAMPLES.iterdir()} == set(Product.values)


def test_a_row_is_read_into_its_fields_and_columns_nobody_named_are_not_kept(cast):
    source = add_source(school=cast.school, name="S", product="senso", by=cast.tina, at=NOW)
    read(cast, source, example_of("senso").read_bytes())
    alert = Alert.objects.get(source=source, external_id="SV-48201")

    assert alert.happened_at == datetime(2026, 9, 15, 9, 12, 44, tzinfo=LONDON)
    assert (alert.rule, alert.term, alert.address, alert.device, alert.device_ip) == (
        "Self-harm",
        "i do not want to be here any more",
        "Microsoft Word",
        "LIB-PC-04",
        "10.20.4.14",
    )
    assert (alert.user_name, alert.graphic, alert.owner) == ("a.merriweather", True, cast.dora)
    assert list(alert.events.values_list("kind", "text")) == [
        ("received", "From S, by a file."),
        ("routed", "Designated safeguarding lead was told: Dora Dale."),
    ]
    assert Alert.objects.filter(search="9.1").count() == 0


def test_the_same_export_again_adds_nothing_and_the_file_is_gone(
    cast, source, own_files, django_capture_on_commit_callbacks
):
    rows = HEAD + lines(3)
    with django_capture_on_commit_callbacks(execute=True):
        made = read(cast, source, rows)
    again = read(cast, source, rows + ",15/09/2026 09:00,high,y,\n" * 2)

    assert (made.taken_in, made.known_already, made.file.name) == (3, 0, "")
    assert (again.taken_in, again.known_already) == (1, 4)
    assert len(list(own_files.rglob("alerts/*"))) == 1  # the second is not committed yet
    assert made.job.message == "3 taken in, 0 known already."


def test_bad_rows_are_said_by_number_and_reason_and_the_rest_is_taken_in(cast, source):
    rows = HEAD + (
        "1,15/09/2026 09:00,high,fine,\n"
        "2,,high,no date,\n"
        "3,yesterday,high,no date,\n"
        "4,15/09/2027 09:00,high,to come,\n"
        "5,15/09/1926 09:00,high,long ago,\n"
        "6,15/09/2026 09:00,high,a,b,c\n"
        "\n"
        "8,15/09/2026 09:00,purple,odd,\n"
        f"9,15/09/2026 09:00,high,{'w' * 301},\n"
        "10,15/09/2026 09:00,high,data:image/png;base64 AAAA,\n"
    )
    made = read(cast, source, rows)

    assert remarks(made) == [
        (3, "There is no date and time.", False),
        (4, "“yesterday” is not a date and time that can be read.", False),
        (
            5,
            "“15/09/2027 09:00” has not come yet. Does the day or the month come first?",
            False,
        ),
        (6, "“15/09/1926 09:00” is too long ago to be right.", False),
        (7, "It has more cells than there are headings.", False),
        (9, "The priority “purple” is not explained. It was taken as high.", True),
        (10, "“What was searched for or written” was cut to 300 characters.", True),
        (
            11,
            "“What was searched for or written” held what looks like a picture. It is not kept.",
            True,
        ),
    ]
    assert made.job.message == "4 taken in, 0 known already. 5 rows were left out."
    picture = Alert.objects.get(source=source, external_id="10")
    assert (picture.term, picture.graphic) == ("", True)
    assert len(Alert.objects.get(source=source, external_id="9").term) == 300
    assert Alert.objects.get(source=source, external_id="8").severity == 2


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8-sig", ","), ("cp1252", ";"), ("utf-16", "\t"), ("utf-8", "\t")],
)
def test_encodings_and_delimiters(cast, source, encoding, delimiter):
    rows = f"{HEAD}1,15/09/2026 09:00,urgent,café – naïve,zoë\n".replace(",", delimiter)
    made = read(cast, source, rows.encode(encoding))

    assert (made.taken_in, made.bad_rows) == (1, [])
    assert Alert.objects.get(source=source).term == "café – naïve"


@pytest.mark.parametrize(
    ("text", "day_first"),
    [
        ("2026-09-04 08:05:00", True),
        ("2026-09-04T07:05:00Z", True),
        ("2026-09-04T08:05:00+01:00", False),
        ("04/09/2026 08:05", True),
        ("09/04/2026 08:05", False),
        ("4 Sep 2026 8:05 AM", True),
        ("04.09.2026  08:05:00", True),
    ],
)
def test_dates_are_read_as_the_product_writes_them(cast, source, text, day_first):
    source.day_first = day_first
    source.save(update_fields=["day_first"])
    read(cast, source, HEAD + f'1,"{text}",high,x,\n')

    assert Alert.objects.get(source=source).happened_at == datetime(2026, 9, 4, 8, 5, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "is empty"),
        ("a.png", b"\x89PNG\r\n\x1a\n0000", "is not a CSV file"),
        ("a.csv", b"\x89PNG\r\n\x1a\n0000", "is not a CSV file"),
        ("a.xlsx", b"PK\x03\x04", "is not a CSV file"),
        ("a.csv", b"a\x00b", "is not a file of text"),
        ("a.csv", b"Name,When\nx,y\n", "The first row has “Name”, “When”"),
        ("a.csv", b"x" * (1024 * 1024 + 1), "is larger than 1 MB"),
    ],
)
def test_what_is_no_export_is_refused_and_not_kept(cast, source, own_files, name, content, words):
    source.school._settings["alert_megabytes"] = 1
    with pytest.raises(Refusal, match=words):
        sent(cast, source, content, name)

    assert AlertImport.objects.count() == 0
    assert [path for path in own_files.rglob("*") if path.is_file()] == []


def test_user_names_are_matched_to_people_by_address_account_or_number(cast, source):
    cast.quin.external_id = "P-77"
    cast.quin.save(update_fields=["external_id"])
    names = {
        "pia@oak-hill.example": cast.pia,
        "OAKHILL\\Pia": cast.pia,
        "TOM": cast.tom,
        "p-77": cast.quin,
        "hana": cast.hana,
        "nobody": None,
    }
    rows = "".join(
        f"{number},15/09/2026 09:00,high,x,{name}\n" for number, name in enumerate(names)
    )
    read(cast, source, HEAD + rows)

    found = {alert.user_name: alert for alert in Alert.objects.filter(source=source)}
    assert {name: found[name].person for name in names} == names
    assert [found[name].about for name in ("OAKHILL\\Pia", "TOM", "hana", "nobody")] == [
        "pupil",
        "staff",
        "head",
        "pupil",
    ]
    assert found["hana"].owner == cast.dora


def test_a_name_that_means_two_people_means_nobody(cast, source):
    twins = type(cast.pia).objects.filter(pk__in=[cast.pia.pk, cast.quin.pk])
    twins.update(email="pease@x.example")
    read(cast, source, HEAD + lines(1, user="pease"))

    assert Alert.objects.get(source=source).person is None


def test_a_file_of_alerts_sends_its_owner_one_mail_for_urgent_ones_and_one_for_the_rest(
    cast, source
):
    read(cast, source, HEAD + lines(5) + lines(9, severity="urgent").replace("\n", "9\n"))
    rows = Notice.objects.order_by("pk").values_list("person", "reason", "path")

    assert [row for row in rows if row[0] == cast.dora.pk] == [
        (cast.dora.pk, "urgent_alert", cast.url("filtering/alerts/?severity=1")),
        (cast.dora.pk, "alerts", cast.url("filtering/alerts/")),
    ]


def test_two_thousand_alerts_come_in_with_progress_and_few_queries_in_their_share_of_time(
    cast, source
):
    """10,000 in 20 seconds is 2,000 in 4, of which the database needs a third.

    10,000 took 16 seconds while ten busy processes shared two cores. Only this process's own time
    is held to a limit here, since that of a busy machine says nothing about the code.
    """
    made = sent(cast, source, HEAD + lines(2_000, user="pia"))
    begun = process_time()
    with CaptureQueriesContext(connection) as seen:
        take_in_alerts(job_id=made.job_id, school_id=cast.school.pk)
    seconds = process_time() - begun

    assert Alert.objects.filter(source=source, person=cast.pia).count() == 2_000
    assert seconds < 2.5
    assert len(seen) < 80
    job = show_progress(Job.objects.get(pk=made.job_id))
    assert (job.state, job.done, job.total) == ("done", 2_000, 2_000)


def test_an_export_that_could_not_be_read_is_removed_and_nothing_of_it_is_kept(
    cast, source, own_files, django_capture_on_commit_callbacks
):
    made = sent(cast, source, HEAD + lines(1))
    stored = own_files / made.file.name
    stored.write_bytes(b"When\nx\n")
    take_in_alerts(job_id=made.job_id, school_id=cast.school.pk)
    assert Job.objects.get(pk=made.job_id).state == "failed"
    with django_capture_on_commit_callbacks(execute=True):
        assert drop_unread_exports(school=cast.school, at=NOW) == 1

    assert not stored.exists()
    assert drop_unread_exports(school=cast.school, at=NOW) == 0


def test_an_export_that_waits_is_left_alone_for_a_day(cast, source):
    sent(cast, source, HEAD + lines(1))

    assert drop_unread_exports(school=cast.school, at=NOW + timedelta(hours=23)) == 0
    assert drop_unread_exports(school=cast.school, at=NOW + timedelta(hours=25)) == 1


def edited(cast, source, **more):
    given = {
        "seen": version_of(source),
        "name": source.name,
        "service": None,
        "day_first": True,
        "columns": source.columns,
        "severities": source.severities,
        "at": NOW + timedelta(minutes=1),
    }
    return edit_source(source=source, **given | more, by=cast.tina)


def test_a_mapping_is_saved_and_read_by(cast, source):
    columns = {"happened_at": "Wann", "term": "Wort", "severity": "Stufe"}
    edited(cast, source, columns=columns, severities={"ROT": 1})
    source = AlertSource.objects.select_related("school").get(pk=source.pk)
    read(cast, source, "WANN,Wort,Stufe\n15/09/2026 09:00,etwas,rot\n")

    alert = Alert.objects.get(source=source)
    assert (alert.term, alert.severity, alert.rule) == ("etwas", 1, "")
    assert alert.external_id.startswith("row-")


def test_a_source_is_refused_a_taken_name_a_stale_page_and_no_date_column(cast, source):
    with pytest.raises(Refusal, match="There is a source of this name already"):
        add_source(school=cast.school, name="Watcher", product="senso", by=cast.tina, at=NOW)
    with pytest.raises(Refusal, match="Say in which column the date and time stand"):
        edited(cast, source, columns={"term": "x"})
    with pytest.raises(StaleRecord):
        edited(cast, source, seen="2020-01-01")


def test_a_closed_source_takes_nothing_more_and_its_name_is_free(cast, source):
    close_source(source=source, by=cast.tina, at=NOW)
    closed = AlertSource.objects.select_related("school").get(pk=source.pk)
    with pytest.raises(Refusal, match="This source is closed"):
        sent(cast, closed, HEAD + lines(1))
    add_source(school=cast.school, name="Watcher", product="senso", by=cast.tina, at=NOW)

    assert [one.closed_at for one in register_of_sources(cast.school)] == [None, NOW]

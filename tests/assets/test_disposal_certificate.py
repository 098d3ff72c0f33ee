"""The certificate of a disposal: made once by its job, true to its seal, and found out if false."""

import hashlib
import io

import pytest
from celery.exceptions import Ignore
from django.db import connection
from pypdf import PdfReader

from assets.disposal_certificate import make_certificate
from assets.models import DisposalBatch
from assets.tasks import make_disposal_certificate
from audit.models import Entry
from common.errors import Refusal
from people.models import Job
from tests.assets import walk_disposal as walk
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("company", "today")


def asked(cast, batch, who="hana") -> Job:
    answer = cast.client(who).post(cast.url(f"equipment/disposals/{batch}/certificate/"))
    assert answer.status_code == 302
    return Job.objects.latest("pk")


def verified(cast, client, seal) -> int:
    return client.get(cast.url(f"equipment/disposals/verify/{seal}/")).status_code


def test_job_makes_the_certificate_once_and_its_page_tells_true_from_false(cast, client):
    batch = walk.make(cast, "disposed")
    job = asked(cast, batch)
    work = {"job_id": job.pk, "school_id": cast.school.pk}
    make_disposal_certificate(**work)
    with pytest.raises(Ignore):
        make_disposal_certificate(**work)
    job.refresh_from_db()
    content = job.result_file.read()
    job.result_file.delete(save=False)

    assert (job.state, job.message) == ("done", "The certificate is ready.")
    assert Entry.objects.get(verb="print_disposal").facts == {
        "seal": batch.seal,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    words = "".join(
        "".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages
    )
    assert batch.seal in words
    assert all(one in words for one in ("WALK-1", "S-WALK-1", batch.papers.first().sha256))
    assert verified(cast, client, batch.seal) == 200
    assert verified(cast, client, batch.seal[::-1]) == 404

    # Whoever gets past the database's own refusal still cannot make a false one true.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE assets_disposalbatch DISABLE TRIGGER only_changes")
        DisposalBatch.objects.filter(pk=batch.pk).update(sealed=batch.sealed | {"count_out": 7})
        cursor.execute("ALTER TABLE assets_disposalbatch ENABLE TRIGGER only_changes")
    assert verified(cast, client, batch.seal) == 404
    with pytest.raises(Refusal, match="not what its seal covers"):
        make_certificate(job=asked(cast, batch), at=NOW)
    job.requested_by = cast.tom
    with pytest.raises(Refusal, match="You may no longer see this"):
        make_certificate(job=job, at=NOW)

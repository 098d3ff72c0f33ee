"""Open the pages of a report and read what stands there."""

import re

from people.models import Job
from reports.queries.reports import file_of
from reports.tasks import make_report_pdf

EXACT = {
    "Conduct": "30",
    "Contact": "3",
    "Content": "12",
    "All": "45",
    "Until opened": "7.2 hours",
    "Late": "7",
}
SHOWN = EXACT | {"Contact": "fewer than 5", "Content": "withheld"}


def path(cast, report, page: str = "", query: str = "") -> str:
    return cast.url(f"governors/reports/{report.pk}/{page}{query}")


def read(cast, report, who: str, query: str = "") -> str:
    response = cast.client(who).get(path(cast, report, query=query))
    assert response.status_code == 200
    return response.content.decode()


def cells(page: str) -> dict[str, str]:
    """Return what stands in the first column of figures, by the words of the row."""
    rows = re.findall(
        r'<th scope="row">(.*?)</th>\s*<td class="number">(.*?)</td>', page, re.DOTALL
    )
    return {re.sub(r"<[^>]+>", "", label).strip(): value for label, value in rows}


def made(cast, report, who: str = "hana"):
    """Let the worker make the PDF that somebody asks for on the page; returns the file kept."""
    cast.client(who).post(path(cast, report, "print/"))
    job = Job.objects.latest("pk")
    make_report_pdf(job_id=job.pk, school_id=job.school_id)
    return file_of(report)

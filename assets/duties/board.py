"""The figures of equipment on the dashboards: what is late, over, or waits (REP-12, REP-14).

Each is what the home page has asked already; nothing is counted in a second way.
"""

from datetime import datetime

from assets.duties import disposal, inventory, lifecycle, taken
from common.asking import answers
from common.duties import Figure
from common.pages import page_url
from common.requests import SchoolRequest

# What was asked of which part, which count of it, its words with a gap for the plural's ending,
# and the list that shows it.
LINES = (
    (lifecycle, "loans", "late", "loan{} overdue", "loan_list", "open=late"),
    (
        *(inventory, "devices", "unsupported", "device{} without security updates"),
        *("asset_list", "support=ended"),
    ),
    (
        *(inventory, "programs", "ending", "licence{} at or near the end"),
        *("software_list", "sort=expires_date"),
    ),
    (disposal, "to_decide", "count", "disposal{} to approve", "disposal_list", "state=submitted"),
    (disposal, "counts", "late", "disposal{} with missing papers", "disposal_list", "open=late"),
    (
        disposal,
        "breaches",
        "count",
        "disposal{} that may be a breach",
        "disposal_list",
        "open=late",
    ),
    (taken, "counts", "here", "item{} taken and kept here", "confiscation_list", "due=here"),
)


def board_figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return the figures the person may see, with the list behind each; 0 is told too."""
    return [
        Figure(
            counts[name],
            words.format("s"),
            f"{page_url(request.school, page)}?{query}",
            one=words.format(""),
        )
        for part, asked, name, words, page, query in LINES
        if (counts := answers(request, part.asks, at=at).get(asked))
    ]

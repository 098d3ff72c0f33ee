"""The figures of equipment on the dashboards: what is late, over, or waits (REP-12, REP-14).

Each is what the home page has asked already; nothing is counted in a second way.
"""

from datetime import datetime

from assets.duties import disposal, inventory, lifecycle, taken
from common.asking import answers
from common.duties import Figure
from common.pages import page_url
from common.requests import SchoolRequest

# What was asked of which part, which count of it, its words, and the list that shows it.
LINES = (
    (lifecycle, "loans", "late", "loans overdue", "loan_list", "open=late"),
    (
        *(inventory, "devices", "unsupported", "devices without security updates"),
        *("asset_list", "support=ended"),
    ),
    (
        *(inventory, "programs", "ending", "licences at or near the end"),
        *("software_list", "sort=expires_date"),
    ),
    (disposal, "to_decide", "count", "disposals to approve", "disposal_list", "state=submitted"),
    (disposal, "counts", "late", "disposals with missing papers", "disposal_list", "open=late"),
    (disposal, "breaches", "count", "possible breaches of data", "disposal_list", "open=late"),
    (taken, "counts", "here", "items taken that wait here", "confiscation_list", "due=here"),
)


def board_figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return the figures the person may see, with the list behind each; 0 is told too."""
    return [
        Figure(counts[name], label, f"{page_url(request.school, page)}?{query}")
        for part, asked, name, label, page, query in LINES
        if (counts := answers(request, part.asks, at=at).get(asked))
    ]

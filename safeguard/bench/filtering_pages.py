"""The pages of filtering and monitoring that the bench asks for."""

from collections.abc import Callable
from typing import Any

from safeguard.bench.watching import RARE_TERM

Page = Callable[..., Callable[[], Any]]


def filtering_pages(role: str, page: Page) -> dict[str, Callable[[], Any]]:
    """Return the pages of a role by name; a class teacher sees neither alerts nor the log."""
    if role != "dsl":
        return {}
    return {
        "filter_log": page("log_list"),
        "filter_log_search": page("log_list", q=RARE_TERM),
        "alert_list": page("alert_list"),
        "alert_list_all": page("alert_list", state="false_alarm"),
        "alert_search": page("alert_list", q=RARE_TERM),
    }

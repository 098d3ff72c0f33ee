"""What a page says about who may open it. The middleware in ``roles`` enforces it."""

from collections.abc import Callable
from typing import Any

View = Callable[..., Any]


def requires(*powers: str) -> Callable[[View], View]:
    """Declare that a page needs any one of these powers at the school in its path (ROL-30)."""

    def mark(view: View) -> View:
        view.powers = powers  # type: ignore[attr-defined]
        return view

    return mark


def open_to_signed_in(view: View) -> View:
    """Declare that a page is open to every signed-in member of the school in its path."""
    view.openness = "signed-in"  # type: ignore[attr-defined]
    return view


def open_to_everyone(view: View) -> View:
    """Declare that a page needs no sign-in."""
    view.openness = "everyone"  # type: ignore[attr-defined]
    return view

"""The cast."""

from tests.cast import cast, other

__all__ = ["cast", "other"]

"""Building blocks without models, used by every app."""

"""Input to reports and reviews."""

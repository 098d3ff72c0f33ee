"""Input to the pages over people, to clean values."""

"""Lists as rows of a file."""

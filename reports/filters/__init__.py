"""Filters of the lists, the same for a page and its export."""

"""Filters of the lists of equipment and devices."""

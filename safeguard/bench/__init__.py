"""Measure the pages against a large database of their own: ``make bench``."""
